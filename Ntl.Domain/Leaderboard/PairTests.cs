using System.Collections;
using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>Every pair of ranked entries by Welch, the look's factor, and Holm.</summary>
/// <remarks>
/// p itself is worked out for few pairs: whether it is below a threshold is read off |t| and two critical values, at the grid's degrees of freedom to either side. Holm's threshold is α/(m − R) with R the pairs
/// it separates, a fixed point that is closed in upon from below and above; only pairs between the two are sorted.
/// </remarks>
internal sealed class PairTests
{
    private readonly SequentialRule _rule;
    private readonly int _entries;
    private readonly int _looks;
    private readonly BitArray _separated;
    private readonly Lazy<double[]> _adjusted;

    private PairTests(SequentialRule rule, List<EntryEvidence> ranked)
    {
        (_rule, _entries, _looks) = (rule, ranked.Count, ranked.Select(entry => entry.Looks).DefaultIfEmpty().Max());
        PairStatistics pairs = new(rule, ranked);
        Count = pairs.Count;
        _separated = new(Count);
        _adjusted = new(() => Adjust(ranked));
        if (Count > 0)
        {
            Separate(pairs);
        }
    }

    /// <summary>Pairs, m.</summary>
    public int Count { get; }

    /// <summary>Pairs that are separated, R.</summary>
    public int Separated { get; private set; }

    /// <summary>What a pair that is not separated is held against: α/(m − R).</summary>
    public double Threshold => ThresholdAfter(Separated);

    /// <summary>Tests the pairs.</summary>
    /// <param name="rules">Which level and looks.</param>
    /// <param name="ranked">Ascending in their means.</param>
    public static PairTests Of(RuleBook rules, List<EntryEvidence> ranked) => new(rules.Sequential, ranked);

    /// <summary>Whether two entries are separated, in either order; an entry is not separated from itself.</summary>
    public bool IsSeparated(int i, int j) => i != j && _separated[Place(Math.Min(i, j), Math.Max(i, j))];

    /// <summary>A pair's p after all corrections.</summary>
    public double AdjustedP(int i, int j) => _adjusted.Value[Place(Math.Min(i, j), Math.Max(i, j))];

    private void Separate(PairStatistics pairs)
    {
        var low = CountBelow(pairs, ThresholdAfter(0));
        var next = CountBelow(pairs, ThresholdAfter(low));
        Separated = next == low ? low : Close(pairs, next);
        var critical = Critical(Threshold);
        for (var place = 0; Separated > 0 && place < Count; place++)
        {
            _separated[place] = pairs.IsReached(place, critical);
        }
    }

    // R is between what the first thresholds separated and what a threshold too generous would; Holm steps through the pairs between.
    private int Close(PairStatistics pairs, int separated)
    {
        var most = CountBelow(pairs, ThresholdAfter(CountBelow(pairs, _rule.Level)));
        var (low, high) = (Critical(ThresholdAfter(separated)), Critical(ThresholdAfter(most)));
        List<double> between = [];
        separated = 0;
        for (var place = 0; place < Count; place++)
        {
            if (pairs.IsReached(place, low))
            {
                separated++;
            }
            else if (pairs.IsReached(place, high))
            {
                between.Add(pairs.P(_rule, place));
            }
        }

        between.Sort();
        foreach (var p in between)
        {
            if (p > ThresholdAfter(separated))
            {
                break;
            }

            separated++;
        }

        return separated;
    }

    private double ThresholdAfter(int separated) => _rule.Level / Math.Max(1, Count - separated);

    private int CountBelow(PairStatistics pairs, double threshold)
    {
        var (count, critical) = (0, Critical(threshold));
        for (var place = 0; place < Count; place++)
        {
            count += pairs.IsReached(place, critical) ? 1 : 0;
        }

        return count;
    }

    private CriticalValues[] Critical(double threshold) => [.. Enumerable.Range(1, _looks).Select(look => new CriticalValues(threshold / _rule.Factor(look), _rule.BatchSize - 1))];

    // Worked out when a pair is first asked for, from the entries anew: the pairs' numbers are not worth their memory until then.
    private double[] Adjust(List<EntryEvidence> ranked)
    {
        PairStatistics pairs = new(_rule, ranked);
        var atMostOne = Critical(1 - 1e-12);
        var p = new double[Count];
        for (var place = 0; place < p.Length; place++)
        {
            p[place] = pairs.IsReached(place, atMostOne) ? pairs.P(_rule, place) : 1;
        }

        return HolmCorrection.Adjust(p);
    }

    private int Place(int i, int j) => (i * ((2 * _entries) - i - 1) / 2) + j - i - 1;
}
