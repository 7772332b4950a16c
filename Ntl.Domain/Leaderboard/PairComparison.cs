using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>Two entries of a board, compared.</summary>
/// <param name="First">Id of the one asked for first.</param>
/// <param name="Second">Id of the other.</param>
/// <param name="Verdict">What the board says.</param>
/// <param name="Lower">Id of the one with the lower mean; null unless they are separated.</param>
/// <param name="Why">In one sentence.</param>
public sealed record PairComparison(string First, string Second, PairVerdict Verdict, string? Lower, string Why)
{
    /// <summary>Which look of the rules it is, from 1; 0 where nothing is tested.</summary>
    public int Look { get; init; }

    /// <summary>Seeds of either entry that the look sees.</summary>
    public int Seeds { get; init; }

    /// <summary>Welch's test of first less second on those seeds, nats/token; null where nothing is tested. Its P and interval are those of a single test.</summary>
    public WelchTest? Test { get; init; }

    /// <summary>Its interval at the rules' confidence; everything where nothing is tested.</summary>
    public Interval Interval { get; init; } = Interval.Everything;

    /// <summary>P times the look's factor, then by Holm over all pairs of the board: to be held against the level. 1 where nothing is tested.</summary>
    public double AdjustedP { get; init; } = 1;

    /// <summary>How likely a difference as large as the one seen, between spreads as seen, is told at this look on this board; NaN where nothing is tested. It says no more than p does.</summary>
    public double Power { get; init; } = double.NaN;

    /// <summary>Further seeds of either entry, beyond those seen, that tell them apart with the rules' power if the difference and spreads are those seen; whole batches. Null when they are separated, or when the last look does not reach it.</summary>
    public int? FurtherSeeds { get; init; }

    /// <summary>The most further seeds that a look to come sees; a null <see cref="FurtherSeeds"/> of a tied pair means "not within so many".</summary>
    public int FurtherSeedsMaximum { get; init; }

    /// <summary>First less second on the held-out slice, same seeds; null where either was not measured there.</summary>
    public WelchTest? HeldOut { get; init; }
}
