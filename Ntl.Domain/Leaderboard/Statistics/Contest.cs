namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Two entries at a look of a sequential rule.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="Look">Which look it is, from 1; 0 before the first batch of either is complete, and then there is no test.</param>
/// <param name="Test">Welch's test of the draws that the look sees; null before the first look.</param>
/// <param name="P">Its p times the look's factor and the number of comparisons, at most 1: to be held against the level. 1 before the first look.</param>
/// <param name="SeedsNeeded">Seeds that either entry needs, in all, to be significantly different with the rule's power if the difference and spreads are those seen; null when the last look does not reach that, or nothing is left to tell.</param>
public sealed record Contest(ContestVerdict Verdict, int Look, WelchTest? Test, double P, int? SeedsNeeded)
{
    /// <summary>Whether the first one's mean is told to be the lower.</summary>
    public bool IsFirstLower => Verdict == ContestVerdict.Separated && Test!.Difference < 0;

    /// <summary>Whether the second one's mean is told to be the lower.</summary>
    public bool IsSecondLower => Verdict == ContestVerdict.Separated && Test!.Difference > 0;
}
