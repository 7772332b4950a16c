using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>Welch's t and degrees of freedom of every pair of ranked entries: pair (0, 1), (0, 2), …, (1, 2), ….</summary>
/// <remarks>Arrays of numbers, not of objects: two thousand entries are two million pairs, and are gone through several times.</remarks>
internal sealed class PairStatistics
{
    private readonly double[] _t;
    private readonly double[] _degrees;
    private readonly byte[] _looks;

    /// <summary>Works them out.</summary>
    /// <param name="rule">Of the board.</param>
    /// <param name="ranked">Ascending in their means.</param>
    public PairStatistics(SequentialRule rule, List<EntryEvidence> ranked)
    {
        Count = checked(ranked.Count * (ranked.Count - 1) / 2);
        (_t, _degrees, _looks) = (new double[Count], new double[Count], new byte[Count]);
        int[] looks = [.. ranked.Select(entry => entry.Looks)];
        var most = looks.DefaultIfEmpty().Max();
        double[][] means = [.. Enumerable.Range(1, most).Select(look => Figures(ranked, look, sample => sample.Mean))];
        double[][] errors = [.. Enumerable.Range(1, most).Select(look => Figures(ranked, look, sample => sample.StandardError * sample.StandardError))];
        var place = 0;
        for (var i = 0; i < looks.Length; i++)
        {
            for (var j = i + 1; j < looks.Length; j++, place++)
            {
                var look = Math.Min(looks[i], looks[j]);
                Fill(place, look, (look * rule.BatchSize) - 1, means[look - 1][j] - means[look - 1][i], errors[look - 1][i], errors[look - 1][j]);
            }
        }
    }

    /// <summary>Pairs.</summary>
    public int Count { get; }

    /// <summary>Whether a pair's p is at most the level of its look's critical values.</summary>
    /// <param name="place">Of the pair.</param>
    /// <param name="critical">One for each look.</param>
    public bool IsReached(int place, CriticalValues[] critical) => _t[place] > 0 && critical[_looks[place] - 1].IsReached(_t[place], _degrees[place]);

    /// <summary>A pair's p times its look's factor.</summary>
    public double P(SequentialRule rule, int place) => _t[place] > 0 ? StudentT.TwoSided(_t[place], _degrees[place]) * rule.Factor(_looks[place]) : 1;

    private static double[] Figures(List<EntryEvidence> ranked, int look, Func<SampleMean, double> figure) =>
        [.. ranked.Select(entry => entry.Looks >= look ? figure(entry.At(look)) : double.NaN)];

    // t stays 0, and p so 1, of pairs without any spread, and of those whose common batches contradict the order of all their batches.
    private void Fill(int place, int look, int seedsLessOne, double difference, double first, double second)
    {
        _looks[place] = (byte)look;
        var variance = first + second;
        if (difference > 0 && variance > 0)
        {
            var share = first / variance;
            _t[place] = difference / Math.Sqrt(variance);
            _degrees[place] = seedsLessOne / ((share * share) + ((1 - share) * (1 - share)));
        }
    }
}
