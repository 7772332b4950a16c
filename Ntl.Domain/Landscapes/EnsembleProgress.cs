namespace Ntl.Domain.Landscapes;

/// <summary>Adds up the shares that tiles have done.</summary>
internal sealed class EnsembleProgress(IProgress<double>? progress, int tiles)
{
    // Added and told under one lock: otherwise a thread that is held up between the two tells an older share after a newer one.
    private readonly Lock _telling = new();
    private double _done;

    /// <summary>Tells that a tile has gone on by a share of its steps.</summary>
    public void Add(double share)
    {
        if (progress is null)
        {
            return;
        }

        lock (_telling)
        {
            _done += share;
            progress.Report(Math.Min(1, _done / tiles));
        }
    }
}
