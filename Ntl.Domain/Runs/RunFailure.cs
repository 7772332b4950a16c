namespace Ntl.Domain.Runs;

/// <summary>A typed reason why a run failed.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Step">The step it went wrong at, zero-based; null when no step had begun.</param>
/// <param name="Message">One sentence for the reader, with the offending values.</param>
public sealed record RunFailure(RunFailureKind Kind, long? Step, string Message)
{
    /// <summary>Whether the same attempt may succeed when it is simply tried again.</summary>
    public bool IsTransient => Kind is RunFailureKind.TrainerLost or RunFailureKind.StorageFull or RunFailureKind.DeviceUnavailable;
}
