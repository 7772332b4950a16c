using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>One entry's row.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="State">How it stands.</param>
/// <param name="Rank">Number of its group of tied entries, from 1; of diverged entries one more than the last group. Null for an entry without a rank.</param>
/// <param name="Batches">Complete batches, counted from the first to the last without a gap.</param>
/// <param name="Seeds">Seeds that the figures of this row are of: those in complete batches; of an entry that has none, all that have ended.</param>
/// <param name="Mean">Of their losses, nats/token; +∞ if one diverged, NaN if there is none.</param>
/// <param name="StandardDeviation">Of one seed's loss, nats/token; NaN below two seeds or if one diverged.</param>
/// <param name="Interval">Student's, of the mean, at the rules' confidence; null for an entry that is not <see cref="EntryState.Ranked"/>.</param>
/// <param name="Diverged">Of those seeds, how many diverged.</param>
/// <param name="Stopped">Of all seeds of the entry, how many were stopped.</param>
/// <param name="Waiting">Of all seeds of the entry, how many are queued or running.</param>
/// <param name="HeldOut">On the held-out slice; null for an entry that is not ranked, or whose counted seeds were not all measured there.</param>
/// <param name="MedianTokensToTarget">Over those seeds, a miss as +∞, so that the median may be +∞; null where no seed met a target.</param>
public sealed record BoardRow(
    string Id,
    EntryState State,
    int? Rank,
    int Batches,
    int Seeds,
    double Mean,
    double StandardDeviation,
    Interval? Interval,
    int Diverged,
    int Stopped,
    int Waiting,
    HeldOutResult? HeldOut,
    double? MedianTokensToTarget);
