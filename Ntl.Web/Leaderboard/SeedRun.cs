using Ntl.Domain.Runs;

namespace Ntl.Web.Leaderboard;

/// <summary>A run of an entry, as the board reads it.</summary>
public sealed record SeedRun
{
    public required RunId Id { get; init; }

    public required string EntryId { get; init; }

    public required int Batch { get; init; }

    public required long Seed { get; init; }

    /// <summary>What the schedule's rates were multiplied by; null for the schedule as submitted.</summary>
    public double? RateFactor { get; init; }

    public required RunStatus Status { get; init; }

    public RunFailureKind? Failure { get; init; }

    /// <summary>Loss of the public slice after the last step, nats per token.</summary>
    public double? FinalLoss { get; init; }

    /// <summary>Loss of the held-out slice after the last step, nats per token.</summary>
    public double? HeldOutLoss { get; init; }

    /// <summary>Tokens trained on when a validation first reached the track's target; null while none did.</summary>
    public long? TokensToTarget { get; init; }

    public required long StepsDone { get; init; }

    /// <summary>Seconds of training, pauses left out.</summary>
    public double? ElapsedSeconds { get; init; }

    /// <summary>Whether the run ended by its own numbers: the loss or a gradient was no finite number, in training or at the end.</summary>
    public bool HasDiverged => Failure == RunFailureKind.NonFiniteLoss || (Status == RunStatus.Finished && FinalLoss is null);
}
