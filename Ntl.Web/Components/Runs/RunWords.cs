using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>What the pages say about runs.</summary>
internal static class RunWords
{
    /// <summary>Seconds of training left at the present speed; null when it cannot be told.</summary>
    public static double? SecondsLeft(RunRow run) => run is { Status: RunStatus.Running, TokensPerSecond: > 0 and var speed }
        ? (run.TotalSteps - run.StepsDone) * run.TokensPerStep / speed
        : null;

    public static string Title(RunFailureKind kind) => kind switch
    {
        RunFailureKind.NonFiniteLoss => "The loss became NaN or infinite",
        RunFailureKind.OutOfMemory => "Out of memory",
        RunFailureKind.DataInvalid => "The data cannot be used",
        RunFailureKind.SpecInvalid => "The spec cannot be trained",
        RunFailureKind.CheckpointInvalid => "No checkpoint is whole",
        RunFailureKind.OriginInvalid => "The trunk's checkpoint cannot be used",
        RunFailureKind.StorageFull => "The disk is full",
        RunFailureKind.DeviceUnavailable => "The device cannot be used",
        RunFailureKind.TrainerLost => "The trainer was lost",
        _ => "Something unforeseen happened",
    };

    public static string Advice(RunFailureKind kind) => kind switch
    {
        RunFailureKind.NonFiniteLoss => "Look at the gradient norm just before. A lower peak rate, a longer warm-up or gradient clipping usually helps: clone the run and change one of them.",
        RunFailureKind.OutOfMemory => "Clone the run with half the batch and twice the accumulation: the same tokens per step, and the same curve.",
        RunFailureKind.DataInvalid => "Put the file back as it was, or add it again under Data and clone the run.",
        RunFailureKind.SpecInvalid => "Clone the run and mend the field that the message names.",
        RunFailureKind.CheckpointInvalid => "Clone the run to train it from the start; its points so far stay here.",
        RunFailureKind.OriginInvalid => "Branch again from a checkpoint that the trunk still has; its page lists them. If the trunk only ended early, requeue it, and then this run.",
        RunFailureKind.StorageFull => "Free some space on the server, then requeue: the run goes on from its last checkpoint.",
        RunFailureKind.DeviceUnavailable => "Check the device on the server, then requeue: the run goes on from its last checkpoint.",
        RunFailureKind.TrainerLost => "The log's end may say why. Requeue to go on from the last checkpoint.",
        _ => "The log's end says more. Requeue to go on from the last checkpoint.",
    };

    /// <summary>A phase of a schedule, as a mark at its beginning.</summary>
    public static string Title(SchedulePhase phase) => phase switch
    {
        ConstantRate => "hold",
        LinearRamp => "ramp",
        RateDecay decay => $"{decay.ShapeName} decay",
        StepDecay => "staircase",
        FirstSteps cut => Title(cut.Of),
        ExpressionPhase => "formula",
        _ => "points",
    };

    public static string Title(RunEventKind kind) => kind switch
    {
        RunEventKind.CheckpointSaved => "Checkpoint",
        RunEventKind.CheckpointSkipped => "Checkpoint skipped",
        RunEventKind.Resumed => "Resumed",
        RunEventKind.Branched => "Branched",
        RunEventKind.PhaseStarted => "Phase",
        RunEventKind.Warning => "Warning",
        RunEventKind.StoppedByRule => "Stopped by rule",
        _ => kind.ToString(),
    };
}
