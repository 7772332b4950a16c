using Ntl.Domain.Landscapes;

namespace Ntl.Domain.Laboratory;

/// <summary>The ensembles of one run of a card, with their common progress and outcome.</summary>
/// <param name="parts">How many ensembles there will be, of about equal work.</param>
/// <param name="progress">Told the share of all of them.</param>
/// <param name="cancellationToken">Stops the ensemble that runs.</param>
internal sealed class Experiment(int parts, IProgress<double>? progress, CancellationToken cancellationToken)
{
    // 2⁶⁴ over the golden ratio: the seeds that a person tries, times this, are far apart.
    private const ulong SeedStride = 0x9E3779B97F4A7C15;

    private readonly List<EnsembleResult> _results = [];

    public LabOutcome Outcome => LabOutcome.Of(_results);

    /// <summary>Runs the next ensemble; its noise is its own, whatever the others' with the same seed.</summary>
    public EnsembleResult Run(EnsembleSpec spec)
    {
        var done = _results.Count;
        var mine = progress is null ? null : new Share(progress, done, parts);
        _results.Add(Ensemble.Run(spec with { Seed = (spec.Seed * SeedStride) + (ulong)done }, progress: mine, cancellationToken: cancellationToken));
        return _results[^1];
    }

    // Not System.Progress, which would answer later, on another thread, out of order.
    private sealed class Share(IProgress<double> whole, int done, int parts) : IProgress<double>
    {
        public void Report(double value) => whole.Report(Math.Min(1, (done + value) / parts));
    }
}
