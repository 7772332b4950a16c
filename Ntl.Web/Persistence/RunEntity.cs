using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Persistence;

/// <summary>Table <c>runs</c>. Instants are UTC ticks, which every database orders alike. Summary columns are kept by the ingest.</summary>
public sealed class RunEntity
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public RunStatus Status { get; set; }

    public required string StatusReason { get; set; }

    public RunAction? PendingAction { get; set; }

    public long? PendingSinceTicks { get; set; }

    public required string SpecJson { get; set; }

    public required string SpecHash { get; set; }

    public required string ScheduleName { get; set; }

    public required string ScheduleHash { get; set; }

    public required string ModelName { get; set; }

    public required string DatasetName { get; set; }

    public required string OptimizerName { get; set; }

    public required string Device { get; set; }

    public long Seed { get; set; }

    public long TotalSteps { get; set; }

    public long TokensPerStep { get; set; }

    /// <summary>Order in the queue; lowest first, ties by creation; null when the run does not wait.</summary>
    public long? QueueOrder { get; set; }

    /// <summary>A retry waits until then.</summary>
    public long? NotBeforeTicks { get; set; }

    /// <summary>Lost trainers in a row without a newer checkpoint.</summary>
    public int RetryCount { get; set; }

    public int AttemptCount { get; set; }

    public long StepsDone { get; set; }

    public double? TrainLoss { get; set; }

    public double? BestTrainLoss { get; set; }

    public double? ValidationLoss { get; set; }

    public double? BestValidationLoss { get; set; }

    public double? TokensPerSecond { get; set; }

    public double? LearningRateSum { get; set; }

    public double? ElapsedSeconds { get; set; }

    public RunFailureKind? FailureKind { get; set; }

    public long? FailureStep { get; set; }

    public string? FailureMessage { get; set; }

    public long CreatedTicks { get; set; }

    public long? StartedTicks { get; set; }

    public long? EndedTicks { get; set; }

    /// <summary>The trunk of a branch; null for a run of its own.</summary>
    public string? ParentRunId { get; set; }

    /// <summary>A branch's first step.</summary>
    public long? BranchStep { get; set; }

    /// <summary>When the trunk's checkpoint was laid into a branch's directory; until then the branch waits.</summary>
    public long? OriginTicks { get; set; }

    public string? ExperimentId { get; set; }

    public ExperimentKind? ExperimentKind { get; set; }

    /// <summary>The track on whose board the run counts; null for a run of its own.</summary>
    public string? TrackId { get; set; }

    public string? EntryId { get; set; }

    public int? SeedBatch { get; set; }

    /// <summary>What the schedule's rates were multiplied by for a robustness batch; null for the schedule as submitted.</summary>
    public double? RateFactor { get; set; }

    /// <summary>The loss of the public slice after the last step, nats per token: the score. Null until then, and where it is not finite.</summary>
    public double? FinalLoss { get; set; }

    /// <summary>ln V: what a uniform guess over the run's vocabulary loses, nats per token; null for runs whose spec could not be read.</summary>
    public double? UniformLoss { get; set; }

    /// <summary>The loss of the held-out slice after the last step, nats per token.</summary>
    public double? HeldOutLoss { get; set; }

    /// <summary>Updates done when a validation first was at or below the track's target; null while none was.</summary>
    public long? TargetStep { get; set; }
}
