using System.Text.Json.Serialization;
using Ntl.Domain.Experiments;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Runs;

/// <summary>Everything needed to repeat a run. Written once as <c>spec.json</c>; never changed afterwards.</summary>
public sealed record RunSpec
{
    /// <summary>Version of the stored form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The stored form's version, <see cref="CurrentVersion"/>.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>What people call the run; 1 to 120 characters, need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>The model's shape.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The data, by identity.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>The learning rate at every step; its length is the run's.</summary>
    public required ScheduleSpec Schedule { get; init; }

    /// <summary>The update rule.</summary>
    public OptimizerSpec Optimizer { get; init; } = new();

    /// <summary>Sequences in a micro-batch, B; 1 to 4,096.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Micro-batches a step, whose mean gradient is applied; 1 to 4,096.</summary>
    public int GradientAccumulationSteps { get; init; } = 1;

    /// <summary>Seeds the initial weights, the batches and dropout; ≥ 0.</summary>
    public long Seed { get; init; }

    /// <summary>The number format that a step computes in.</summary>
    public Precision Precision { get; init; } = Precision.BFloat16;

    /// <summary><c>cpu</c>, or <c>cuda:0</c> and so on.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Steps between two validations, ≥ 1; one more follows the last step.</summary>
    public long ValidationIntervalSteps { get; init; } = 100;

    /// <summary>Batches of the fixed validation set, evenly spaced over the validation share; 1 to 1,024.</summary>
    public int ValidationBatches { get; init; } = 8;

    /// <summary>Batches of a held-out slice, measured once, after the last step; 1 to 1,024. With it, validation reads the first half of the validation share, and the held-out slice the second. Null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? HeldOutBatches { get; init; }

    /// <summary>Steps between two checkpoints, ≥ 1; one more follows the last step.</summary>
    public long CheckpointIntervalSteps { get; init; } = 200;

    /// <summary>Checkpoints whose step is a multiple of this are kept for branches, ≥ 1; null keeps the newest only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? KeptCheckpointIntervalSteps { get; init; }

    /// <summary>What the run measures of itself besides its losses; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProbeSpec? Probes { get; init; }

    /// <summary>Where the run branches off another; null for a run of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BranchSpec? Branch { get; init; }

    /// <summary>The experiment that the run is part of; null for none. Changes nothing of what is computed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExperimentMembership? Experiment { get; init; }

    /// <summary>What the run is on a track's board; null for a run of its own. Written by the server alone; changes nothing of what is computed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntryMembership? Entry { get; init; }

    /// <summary>Optimizer updates of the whole run, a branch's trunk included.</summary>
    public long TotalSteps => Schedule.TotalSteps;

    /// <summary>Updates that the run starts with: a branch's first step, else 0.</summary>
    public long FirstStep => Branch?.Step ?? 0;

    /// <summary>Whether the run keeps a checkpoint after so many updates, so that a branch may count on it.</summary>
    /// <param name="step">Updates done.</param>
    public bool KeepsCheckpoint(long step) => step > FirstStep && (step == TotalSteps || (step < TotalSteps && step % KeptCheckpointIntervalSteps == 0));

    /// <summary>Tokens that one step trains on: batch × context × accumulation.</summary>
    public long TokensPerStep => (long)BatchSize * Model.ContextLength * GradientAccumulationSteps;
}
