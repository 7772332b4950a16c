using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>One entry's row on a board of tokens to target.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Rank">One more than the ranked entries with a lower median; null for an entry that is provisional or incomplete.</param>
/// <param name="Seeds">Counted seeds.</param>
/// <param name="Misses">Of them, how many never met the target, diverged ones included.</param>
/// <param name="Median">Tokens until the target was met, a miss as +∞; NaN without a counted seed.</param>
/// <param name="Interval">Of the median, from one seed's value to another's: it holds whatever the distribution. Everything without two counted seeds.</param>
/// <param name="Coverage">How often such an interval holds the median at least; in [0, 1]. Five seeds do not reach more than 0.9375.</param>
public sealed record TokensRow(string Id, int? Rank, int Seeds, int Misses, double Median, Interval Interval, double Coverage);
