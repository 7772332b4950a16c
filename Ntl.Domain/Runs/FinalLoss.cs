namespace Ntl.Domain.Runs;

/// <summary>What a run ended at: its validation loss after its last step, or why there is none. The one definition; lists, comparisons, boards, sweeps and exports all ask here.</summary>
/// <param name="State">Whether there is one.</param>
/// <param name="Value">nats/token, finite; null unless <see cref="FinalLossState.Measured"/>.</param>
/// <param name="Reason">Why there is none, one sentence; empty for one that was measured.</param>
/// <remarks>A run's latest validation is not its final loss until the run has finished, and never is if the run diverged. docs/glossary.md has the word.</remarks>
public sealed record FinalLoss(FinalLossState State, double? Value, string Reason)
{
    /// <summary>Whether it counts as +∞: the run diverged, or exploded.</summary>
    public bool HasDiverged => State is FinalLossState.Diverged or FinalLossState.Exploded;

    /// <summary>What it counts as where runs are ordered: its value, +∞ for a run that diverged or exploded, NaN where nothing is known yet.</summary>
    public double Counted => Value ?? (HasDiverged ? double.PositiveInfinity : double.NaN);

    /// <summary>The final loss of a run.</summary>
    /// <param name="status">Of the run.</param>
    /// <param name="failure">Why it failed; null unless it did.</param>
    /// <param name="afterLastStep">Its validation loss after the last step, nats/token; null or not finite for one that was no finite number.</param>
    /// <param name="lowest">Its lowest validation loss, nats/token; null where it is not known.</param>
    /// <param name="uniform">ln V, nats/token; null where it is not known.</param>
    /// <param name="rule">What counts as exploded; null for rules under which nothing does.</param>
    public static FinalLoss Of(RunStatus status, RunFailureKind? failure, double? afterLastStep, double? lowest, double? uniform, ExplosionRule? rule) => status switch
    {
        RunStatus.Failed when failure == RunFailureKind.NonFiniteLoss => new(FinalLossState.Diverged, null, "Diverged: the loss or the gradient became NaN or infinite."),
        RunStatus.Failed => new(FinalLossState.Stopped, null, "The run failed before its last step."),
        RunStatus.Cancelled => new(FinalLossState.Stopped, null, "The run was cancelled before its last step."),
        RunStatus.Finished when afterLastStep is not { } loss || !double.IsFinite(loss) =>
            new(FinalLossState.Diverged, null, "Diverged: the loss after the last step is not a finite number."),
        RunStatus.Finished => Judge(afterLastStep!.Value, lowest, uniform, rule),
        _ => new(FinalLossState.Pending, null, "The run has not finished."),
    };

    /// <summary>The final loss of a run of which nothing may be stored: a finished one without any validation was not measured, and did not diverge.</summary>
    /// <param name="status">Of the run.</param>
    /// <param name="failure">Why it failed; null unless it did.</param>
    /// <param name="afterLastStep">As stored, nats/token; null for none or one that was no finite number.</param>
    /// <param name="lowest">Its lowest validation loss, nats/token; null where none is stored.</param>
    /// <param name="uniform">ln V, nats/token; null where it is not known.</param>
    /// <param name="rule">What counts as exploded; null for rules under which nothing does.</param>
    public static FinalLoss OfStored(RunStatus status, RunFailureKind? failure, double? afterLastStep, double? lowest, double? uniform, ExplosionRule? rule) =>
        status == RunStatus.Finished && afterLastStep is null && lowest is null
            ? new(FinalLossState.Unmeasured, null, "No validation after the last step is stored.")
            : Of(status, failure, afterLastStep, lowest, uniform, rule);

    private static FinalLoss Judge(double loss, double? lowest, double? uniform, ExplosionRule? rule) =>
        rule?.Why(loss, uniform, lowest) is { } why ? new(FinalLossState.Exploded, null, why) : new(FinalLossState.Measured, loss, "");
}
