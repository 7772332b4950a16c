using System.Collections;
using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>Every pair of ranked entries by Welch, the look's factor, and Holm.</summary>
/// <remarks>
/// Thousands of entries are millions of pairs, so p itself is worked out for few of them: whether it is below a threshold is read off |t| and two critical values, at the grid's degrees of freedom to either side.
/// Holm's threshold is α/(m − R) with R the pairs it separates, a fixed point that is closed in upon from below and above; only pairs between the two are sorted.
/// </remarks>
internal sealed class PairTests
{
    private readonly SequentialRule _rule;
    private readonly int[] _looks;
    private readonly double[][] _means;
    private readonly double[][] _squaredErrors;
    private readonly BitArray _separated;
    private readonly Lazy<double[]> _adjusted;

    private PairTests(RuleBook rules, List<EntryEvidence> ranked)
    {
        _rule = rules.Sequential;
        _looks = [.. ranked.Select(entry => entry.Looks)];
        _means = ByLook(ranked, sample => sample.Mean);
        _squaredErrors = ByLook(ranked, sample => sample.StandardError * sample.StandardError);
        Count = checked(ranked.Count * (ranked.Count - 1) / 2);
        _separated = new(Count);
        _adjusted = new(Adjust);
    }

    /// <summary>Pairs, m.</summary>
    public int Count { get; }

    /// <summary>Pairs that are separated, R.</summary>
    public int Separated { get; private set; }

    /// <summary>What a pair that is not separated is held against: α/(m − R).</summary>
    public double Threshold => _rule.Level / Math.Max(1, Count - Separated);

    /// <param name="rules">Which level and looks.</param>
    /// <param name="ranked">Ascending in their means.</param>
    /// <summary>Tests the pairs.</summary>
    public static PairTests Of(RuleBook rules, List<EntryEvidence> ranked)
    {
        PairTests tests = new(rules, ranked);
        if (tests.Count > 0)
        {
            tests.Separate();
        }

        return tests;
    }

    /// <summary>Whether two entries are separated, in either order; an entry is not separated from itself.</summary>
    public bool IsSeparated(int i, int j) => i != j && _separated[Place(Math.Min(i, j), Math.Max(i, j))];

    /// <summary>A pair's p after all corrections.</summary>
    public double AdjustedP(int i, int j) => _adjusted.Value[Place(Math.Min(i, j), Math.Max(i, j))];

    private static double[][] ByLook(List<EntryEvidence> ranked, Func<SampleMean, double> figure)
    {
        var looks = ranked.Count == 0 ? 0 : ranked.Max(entry => entry.Looks);
        return [.. Enumerable.Range(1, looks).Select(look => (double[])[.. ranked.Select(entry => entry.Looks >= look ? figure(entry.At(look)) : double.NaN)])];
    }

    private void Separate()
    {
        var low = CountBelow(_rule.Level / Count, null);
        var next = low == Count ? low : CountBelow(_rule.Level / (Count - low), null);
        Separated = next == low ? low : Close(next);
        if (Separated > 0)
        {
            CountBelow(Threshold, _separated);
        }
    }

    // R is between what the first thresholds separated and what a threshold too generous would; Holm steps through the pairs between.
    private int Close(int separated)
    {
        var most = CountBelow(_rule.Level, null);
        most = CountBelow(_rule.Level / Math.Max(1, Count - most), null);
        var (below, above) = (_rule.Level / Math.Max(1, Count - separated), _rule.Level / Math.Max(1, Count - most));
        List<double> between = [];
        separated = CountBelow(below, null);
        CriticalValues[] low = [.. Critical(below)], high = [.. Critical(above)];
        ForEachPair((place, look, t, degrees) =>
        {
            if (high[look].IsReached(t, degrees) && !low[look].IsReached(t, degrees))
            {
                between.Add(StudentT.TwoSided(t, degrees) * _rule.Factor(look + 1));
            }
        });
        between.Sort();
        foreach (var p in between)
        {
            if (separated == Count || p > _rule.Level / (Count - separated))
            {
                break;
            }

            separated++;
        }

        return separated;
    }

    private int CountBelow(double threshold, BitArray? marks)
    {
        var count = 0;
        CriticalValues[] critical = [.. Critical(threshold)];
        ForEachPair((place, look, t, degrees) =>
        {
            if (critical[look].IsReached(t, degrees))
            {
                count++;
                marks?.Set(place, true);
            }
        });
        return count;
    }

    private IEnumerable<CriticalValues> Critical(double threshold) =>
        Enumerable.Range(1, _means.Length).Select(look => new CriticalValues(threshold / _rule.Factor(look)));

    private double[] Adjust()
    {
        var p = new double[Count];
        Array.Fill(p, 1);
        ForEachPair((place, look, t, degrees) => p[place] = Math.Min(1, StudentT.TwoSided(t, degrees) * _rule.Factor(look + 1)));
        return HolmCorrection.Adjust(p);
    }

    // Look from 0. Left out, and so with p = 1: pairs without any spread, and those whose common batches contradict the order of all their batches.
    private void ForEachPair(Action<int, int, double, double> visit)
    {
        var place = 0;
        for (var i = 0; i < _looks.Length; i++)
        {
            for (var j = i + 1; j < _looks.Length; j++, place++)
            {
                var look = Math.Min(_looks[i], _looks[j]) - 1;
                var (means, errors) = (_means[look], _squaredErrors[look]);
                var (difference, variance) = (means[j] - means[i], errors[i] + errors[j]);
                if (difference > 0 && variance > 0)
                {
                    var share = errors[i] / variance;
                    var seeds = ((look + 1) * _rule.BatchSize) - 1;
                    visit(place, look, difference / Math.Sqrt(variance), seeds / ((share * share) + ((1 - share) * (1 - share))));
                }
            }
        }
    }

    private int Place(int i, int j) => (i * ((2 * _looks.Length) - i - 1) / 2) + j - i - 1;
}
