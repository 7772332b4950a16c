using System.Text.Json.Serialization;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>A run as a list shows it. Every figure was stored when it changed; none is computed from points when read.</summary>
public sealed record RunRow
{
    public required RunId Id { get; init; }

    public required string Name { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>Why the status is what it is, one sentence.</summary>
    public required string StatusReason { get; init; }

    /// <summary>What a person asked for and the trainer has not done yet: pause or cancel.</summary>
    public RunAction? PendingAction { get; init; }

    /// <summary>The schedule in a few words, such as <c>WSD</c>.</summary>
    public required string ScheduleName { get; init; }

    public required string ScheduleHash { get; init; }

    public required string ModelName { get; init; }

    public required string DatasetName { get; init; }

    public required string OptimizerName { get; init; }

    public required long Seed { get; init; }

    public required long TotalSteps { get; init; }

    public required long TokensPerStep { get; init; }

    /// <summary>The run that this one branches off; null for a run of its own.</summary>
    public RunId? Trunk { get; init; }

    /// <summary>Updates that the run starts with: a branch's first step, else 0.</summary>
    public long FirstStep { get; init; }

    /// <summary>The experiment that the run is part of; null for none.</summary>
    public string? ExperimentId { get; init; }

    /// <summary>Which experiment; null for none.</summary>
    public ExperimentKind? ExperimentKind { get; init; }

    /// <summary>The track on whose board the run counts; null for none.</summary>
    public string? TrackId { get; init; }

    /// <summary>The entry of that track.</summary>
    public string? EntryId { get; init; }

    /// <summary>Steps whose result counts: the last stored step + 1; a branch's trunk included.</summary>
    public long StepsDone { get; init; }

    /// <summary>Last training loss, nats per token; null once the run has diverged or exploded.</summary>
    public double? TrainLoss { get; init; }

    /// <summary>Lowest training loss, nats per token.</summary>
    public double? BestTrainLoss { get; init; }

    /// <summary>Latest validation loss, nats per token; null once the run has diverged or exploded. It is the final loss only if the run has finished.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Lowest validation loss, nats per token; of a run that diverged, before it did.</summary>
    public double? BestValidationLoss { get; init; }

    /// <summary>What is stored of a finished run's loss after its last step, nats per token, whatever the rules make of it.</summary>
    [JsonIgnore]
    public double? LossAfterLastStep { get; init; }

    /// <summary>ln V of the run's vocabulary, nats per token; null where it is not known.</summary>
    [JsonIgnore]
    public double? UniformLoss { get; init; }

    /// <summary>What the run ended at, by the rule in use outside tracks.</summary>
    [JsonIgnore]
    public Domain.Runs.FinalLoss Final => Domain.Runs.FinalLoss.OfStored(Status, Failure?.Kind, LossAfterLastStep ?? ValidationLoss, BestValidationLoss, UniformLoss, ExplosionRule.Current);

    /// <summary>Validation loss after the last step, nats per token; null unless the run has finished, and for one that diverged or exploded.</summary>
    public double? FinalLoss => Final.Value;

    /// <summary>Whether the run diverged or exploded: it counts as +∞ wherever runs are ordered.</summary>
    public bool Diverged => Final.HasDiverged;

    /// <summary>Why there is no final loss, one sentence; null where there is one.</summary>
    public string? FinalLossReason => Final is { Reason: { Length: > 0 } reason } ? reason : null;

    public double? TokensPerSecond { get; init; }

    /// <summary>Σ η over the steps done: the intrinsic time D.</summary>
    public double? LearningRateSum { get; init; }

    /// <summary>Seconds of training over all attempts, pauses left out.</summary>
    public double? ElapsedSeconds { get; init; }

    /// <summary>1 for the run that starts next; null when the run does not wait.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>How many attempts were started.</summary>
    public int AttemptCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why the run failed; null unless it did.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>Steps that the run itself trains: a trunk's are the trunk's.</summary>
    public long OwnSteps => TotalSteps - FirstStep;

    /// <summary>Share of its own steps done, in [0, 1].</summary>
    public double Progress => OwnSteps <= 0 ? 0 : Math.Clamp((double)(StepsDone - FirstStep) / OwnSteps, 0, 1);
}
