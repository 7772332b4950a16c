using Ntl.Domain.Comparison;
using Ntl.Web.Live;

namespace Ntl.Web.Comparison;

/// <summary>From the points of a line's runs to what is drawn of it.</summary>
/// <param name="view">What is shown.</param>
/// <param name="baseline">Taken off every run; null for none.</param>
/// <param name="isSmoothed">Whether a smoothed line is drawn over the measured one.</param>
/// <param name="mostPoints">Points that the line may have.</param>
internal sealed class LineAssembly(ComparisonView view, PlacedRun? baseline, bool isSmoothed, int mostPoints)
{
    public (DrawnCurve Curve, CurveGrid? Grid) Assemble(ComparisonLine line, IReadOnlyList<PlacedRun> runs)
    {
        var differences = baseline is null ? runs : [.. runs.Select(Less)];
        return view.IsGrouped ? Group(line, differences) : (Single(line, differences[0]), null);
    }

    private PlacedRun Less(PlacedRun run) => new(
        run.Steps,
        CurveDifference.Of(run.Raw, baseline!.Raw),
        isSmoothed ? CurveDifference.Of(run.Smoothed, baseline.Smoothed) : CurveDifference.Of(run.Raw, baseline.Raw));

    private DrawnCurve Single(ComparisonLine line, PlacedRun run)
    {
        var (first, count) = Known(run.Raw.Y, Within(run.Raw.X));
        int[] kept = [.. CurveReduction.Keep(run.Raw.Y.Slice(first, count), mostPoints).Select(i => first + i)];
        return new(
            line,
            // Over a metric the steps are in no order that a chart could go by.
            view.XMetric is null ? [.. kept.Select(i => run.Steps[i])] : [.. kept.Select((_, i) => (long)i)],
            Pick(run.Raw.X, kept),
            Pick(run.Raw.Y, kept),
            isSmoothed ? Pick(run.Smoothed.Y, kept) : null,
            null,
            null,
            count,
            Math.Min(1, count),
            Math.Min(1, count));
    }

    private (DrawnCurve Curve, CurveGrid Grid) Group(ComparisonLine line, IReadOnlyList<PlacedRun> runs)
    {
        var kind = BandNames.KindOf(view.Drawn);
        var band = GroupCurve.Of([.. runs.Select(run => run.Smoothed)], kind);
        var raw = isSmoothed ? GroupCurve.Of([.. runs.Select(run => run.Raw)], BandKind.None).Mean : band.Mean;
        double[] x = [.. band.Grid.X];
        double[] y = [.. raw];
        var (first, count) = Within(x);
        int[] kept = [.. CurveReduction.Keep(y.AsSpan(first, count), mostPoints).Select(i => first + i)];
        var (fewest, most) = RunsWithin(band.Count, first, count);
        var curve = new DrawnCurve(
            line,
            // Of steps the place says as much as its number, and need not be sent beside it.
            [.. kept.Select(i => view is { XMetric: null, Axis: SeriesAxis.Step } ? (long)x[i] : i)],
            Pick(x, kept),
            Pick(y, kept),
            isSmoothed ? [.. kept.Select(i => band.Mean[i])] : null,
            kind == BandKind.None ? null : [.. kept.Select(i => band.Low[i])],
            kind == BandKind.None ? null : [.. kept.Select(i => band.High[i])],
            runs.Sum(run => (long)Within(run.Raw.X).Count),
            fewest,
            most);
        return (curve, band.Grid);
    }

    // Places without any run are no part of it.
    private static (int Fewest, int Most) RunsWithin(IReadOnlyList<int> counts, int first, int count)
    {
        var (fewest, most) = (0, 0);
        for (var i = first; i < first + count; i++)
        {
            var n = counts[i];
            most = Math.Max(most, n);
            fewest = n > 0 && (fewest == 0 || n < fewest) ? n : fewest;
        }

        return (fewest, most);
    }

    // The part in the reader's window.
    private (int First, int Count) Within(ReadOnlySpan<double> x)
    {
        if (view.Window is not { } window)
        {
            return (0, x.Length);
        }

        var first = PositionOf(x, window.From);
        var end = PositionOf(x, Math.BitIncrement(window.To));
        return (first, Math.Max(0, end - first));
    }

    // A difference begins and ends where the baseline does.
    private (int First, int Count) Known(ReadOnlySpan<double> y, (int First, int Count) part)
    {
        var (first, end) = (part.First, part.First + part.Count);
        while (baseline is not null && first < end && double.IsNaN(y[first]))
        {
            first++;
        }

        while (baseline is not null && end > first && double.IsNaN(y[end - 1]))
        {
            end--;
        }

        return (first, end - first);
    }

    private static int PositionOf(ReadOnlySpan<double> x, double place)
    {
        var at = x.BinarySearch(place);
        return at >= 0 ? at : ~at;
    }

    private static double[] Pick(ReadOnlySpan<double> values, int[] kept)
    {
        var picked = new double[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            picked[i] = values[kept[i]];
        }

        return picked;
    }
}
