namespace Ntl.Domain.Comparison;

/// <summary>Several runs as one line with a band.</summary>
/// <remarks>
/// At each place count those runs that were measured there, or, where the grids differ, lie between two of their own points: see
/// <see cref="ComparedCurve.At"/>. A run that ended early, or whose value is not finite there, is no part of that place's n.
/// </remarks>
public sealed class GroupCurve
{
    private GroupCurve(CurveGrid grid, double[] mean, double[] low, double[] high, int[] count) =>
        (Grid, Mean, Low, High, Count) = (grid, mean, low, high, count);

    /// <summary>The places.</summary>
    public CurveGrid Grid { get; }

    /// <summary>Arithmetic mean at each place; NaN where no run counts.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>Lower edge of the band; NaN where it is not known, as an interval of a single run.</summary>
    public IReadOnlyList<double> Low { get; }

    /// <summary>Upper edge of the band.</summary>
    public IReadOnlyList<double> High { get; }

    /// <summary>n at each place: the runs that count there.</summary>
    public IReadOnlyList<int> Count { get; }

    /// <summary>The fewest runs at any place where there is one; 0 without any.</summary>
    public int FewestRuns => Count.Where(count => count > 0).DefaultIfEmpty(0).Min();

    /// <summary>The most runs at any place.</summary>
    public int MostRuns => Count.DefaultIfEmpty(0).Max();

    /// <summary>Puts runs together.</summary>
    /// <param name="runs">One curve a run.</param>
    /// <param name="kind">What the band shows.</param>
    public static GroupCurve Of(IReadOnlyList<ComparedCurve> runs, BandKind kind)
    {
        var grid = CurveGrid.Of(runs);
        double[] places = [.. grid.X];
        var values = runs.Select(run => run.Seen(places)).ToList();
        var (mean, low, high) = (new double[places.Length], new double[places.Length], new double[places.Length]);
        var count = new int[places.Length];
        var sample = new double[runs.Count];
        var widths = new Dictionary<int, double>();
        for (var i = 0; i < places.Length; i++)
        {
            var n = 0;
            foreach (var value in values)
            {
                if (double.IsFinite(value[i]))
                {
                    sample[n++] = value[i];
                }
            }

            count[i] = n;
            var summary = SampleSummary.Of(sample.AsSpan(0, n));
            mean[i] = summary.Mean;
            (low[i], high[i]) = Edges(summary, kind, widths);
        }

        return new(grid, mean, low, high, count);
    }

    private static (double Low, double High) Edges(SampleSummary summary, BandKind kind, Dictionary<int, double> widths)
    {
        switch (kind)
        {
            case BandKind.None:
                return (double.NaN, double.NaN);
            case BandKind.Range:
                return (summary.Minimum, summary.Maximum);
            case BandKind.Deviation:
                return (summary.Mean - summary.Deviation, summary.Mean + summary.Deviation);
            case BandKind.Confidence:
                if (summary.Count < 2)
                {
                    return (double.NaN, double.NaN);
                }

                // The quantile depends on n alone, and n hardly ever changes along a curve.
                if (!widths.TryGetValue(summary.Count, out var width))
                {
                    width = SampleSummary.ErrorsOfConfidence(summary.Count);
                    widths.Add(summary.Count, width);
                }

                var half = width * summary.StandardError;
                return (summary.Mean - half, summary.Mean + half);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such band.");
        }
    }
}
