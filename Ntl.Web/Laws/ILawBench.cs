namespace Ntl.Web.Laws;

/// <summary>Fits laws in the server's process, a few at a time: trainers need the cores.</summary>
public interface ILawBench
{
    /// <summary>Fits every law and judges it.</summary>
    /// <param name="request">The curves and the laws.</param>
    /// <param name="progress">Told the share done, in [0, 1], from any thread; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work within a moment.</param>
    Task<BakeOffOutcome> RunAsync(BakeOffRequest request, IProgress<double>? progress, CancellationToken cancellationToken);
}
