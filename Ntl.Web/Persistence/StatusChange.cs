using Ntl.Domain.Runs;

namespace Ntl.Web.Persistence;

/// <summary>A wished change of a run's status.</summary>
/// <param name="Run">The run.</param>
/// <param name="Expected">The status it must still have.</param>
/// <param name="Trigger">What happened.</param>
/// <param name="Reason">One sentence for the reader.</param>
public sealed record StatusChange(RunId Run, RunStatus Expected, RunTrigger Trigger, string Reason)
{
    /// <summary>Why the run failed, or what it may fail of when retries do not help.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>Whether a run that is queued again goes before the others: it had its turn already.</summary>
    public bool AtFront { get; init; }

    /// <summary>A queued run is not started before.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
