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
        double[][] values = [.. runs.Select(run => run.Seen(places))];
        var (low, high) = (new double[places.Length], new double[places.Length]);
        var count = new int[places.Length];
        var sample = new double[runs.Count];
        var widths = new Dictionary<int, double>();
        var mean = MeanOf(values, places.Length);
        var squares = kind is BandKind.Confidence or BandKind.Deviation ? SquaresAround(mean, values) : null;
        for (var i = 0; i < places.Length; i++)
        {
            // A mean is finite only where every run counts; there, all is known but the extremes.
            var summary = kind != BandKind.Range && double.IsFinite(mean[i])
                ? new SampleSummary(values.Length, mean[i], squares is null ? double.NaN : Math.Sqrt(squares[i] / (values.Length - 1)), double.NaN, double.NaN)
                : SummaryAt(i, values, sample);
            (count[i], mean[i]) = (summary.Count, summary.Mean);
            (low[i], high[i]) = Edges(summary, kind, widths);
        }

        return new(grid, mean, low, high, count);
    }

    // Run by run, which goes through memory in order: several times as quick as place by place.
    private static double[] MeanOf(double[][] values, int length)
    {
        var mean = new double[length];
        foreach (var own in values)
        {
            for (var i = 0; i < mean.Length && i < own.Length; i++)
            {
                mean[i] += own[i];
            }
        }

        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] /= values.Length;
        }

        return mean;
    }

    private static double[] SquaresAround(double[] mean, double[][] values)
    {
        var squares = new double[mean.Length];
        foreach (var own in values)
        {
            for (var i = 0; i < squares.Length && i < own.Length && i < mean.Length; i++)
            {
                var away = own[i] - mean[i];
                squares[i] += away * away;
            }
        }

        return squares;
    }

    private static SampleSummary SummaryAt(int place, double[][] values, double[] sample)
    {
        for (var run = 0; run < values.Length; run++)
        {
            sample[run] = values[run][place];
        }

        return SampleSummary.Of(sample);
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
