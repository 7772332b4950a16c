namespace Ntl.Domain.Leaderboard;

/// <summary>One run of an entry, as evidence.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Seed">Drawn by the server; no two of an entry are equal.</param>
/// <param name="Batch">The batch of seeds that it was drawn in, from 1, without gaps.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Loss">Validation loss at the run's last step, and at no other, on the public slice; nats/token. Read of a finished seed only; a finished seed whose loss is not finite counts as diverged.</param>
/// <param name="HeldOutLoss">The same on the held-out slice; nats/token. Null where none was measured.</param>
/// <param name="TokensToTarget">Tokens seen when the track's target loss was first met; null or +∞ where it was missed or there is no target.</param>
public sealed record SeedResult(string Run, long Seed, int Batch, SeedOutcome Outcome, double Loss, double? HeldOutLoss = null, double? TokensToTarget = null)
{
    /// <summary>Whether it diverged or exploded, by its word or by its loss.</summary>
    public bool HasDiverged => Outcome is SeedOutcome.Diverged or SeedOutcome.Exploded || (Outcome == SeedOutcome.Finished && !double.IsFinite(Loss));

    /// <summary>Whether it came to an end that counts.</summary>
    public bool HasEnded => Outcome is SeedOutcome.Finished or SeedOutcome.Diverged or SeedOutcome.Exploded;

    /// <summary>What it counts as: its loss, or +∞ if it diverged; nats/token.</summary>
    internal double CountedLoss => HasDiverged ? double.PositiveInfinity : Loss;

    /// <summary>What it counts as on a board of tokens to target: +∞ for a miss.</summary>
    internal double CountedTokens => HasDiverged || TokensToTarget is null ? double.PositiveInfinity : TokensToTarget.Value;
}
