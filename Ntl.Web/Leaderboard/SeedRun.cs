using Ntl.Domain.Leaderboard;
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

    /// <summary>Loss of the public slice after the last step as stored, nats per token, whatever the rules make of it; null until then, and where it is not finite.</summary>
    public double? LossAfterLastStep { get; init; }

    /// <summary>Lowest validation loss, nats per token.</summary>
    public double? LowestLoss { get; init; }

    /// <summary>ln V of the track's vocabulary, nats per token.</summary>
    public double? UniformLoss { get; init; }

    /// <summary>Loss of the held-out slice after the last step, nats per token.</summary>
    public double? HeldOutLoss { get; init; }

    /// <summary>Tokens trained on when a validation first reached the track's target; null while none did.</summary>
    public long? TokensToTarget { get; init; }

    public required long StepsDone { get; init; }

    /// <summary>Seconds of training, pauses left out.</summary>
    public double? ElapsedSeconds { get; init; }

    /// <summary>What the run ended at by itself, under a version of the rules; they may still hold it against its entry's other seeds.</summary>
    public FinalLoss FinalUnder(RuleBook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return FinalLoss.Of(Status, Failure, LossAfterLastStep, LowestLoss, UniformLoss, rules.Explosion);
    }
}
