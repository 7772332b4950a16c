using Ntl.Domain.Comparison;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Live;

namespace Ntl.Web.Comparison;

/// <summary>Puts runs' points on a comparison's axis and smooths them over all of their points.</summary>
/// <param name="view">The axis and the smoothing.</param>
/// <param name="placing">Points that the axis needs: elapsed times, or the metric that x is; empty for the other axes.</param>
internal sealed class RunPlacing(ComparisonView view, IReadOnlyDictionary<RunId, RunPoints> placing)
{
    /// <summary>The metric that must be read to place points; null for none.</summary>
    public static string? NeededFor(ComparisonView view) =>
        view.XMetric ?? (view.Axis == SeriesAxis.Elapsed ? MetricKeys.ElapsedSeconds.Value : null);

    public PlacedRun Place(ComparedRun run, string key, bool isSmoothed, RunPoints points)
    {
        if (points.Steps.Length == 0)
        {
            return PlacedRun.Empty;
        }

        if (view.XMetric is not null)
        {
            return PlaceOn(OnMetric(points.Steps, placing.GetValueOrDefault(run.Id, RunPoints.Empty)), points, SmoothedOf(run, isSmoothed, points));
        }

        var clock = view.Axis == SeriesAxis.Elapsed ? placing.GetValueOrDefault(run.Id) : null;
        var smoothing = isSmoothed ? view.Smoothing : 0;
        if (PlacedPoints.Find(points, view.Axis, smoothing, clock) is { } known)
        {
            return known;
        }

        var x = OnAxis(run, key, points);
        var smoothed = SmoothedOf(run, isSmoothed, points);
        if (!Array.TrueForAll(x, double.IsFinite))
        {
            return PlaceOn(x, points, smoothed);
        }

        // The usual case: every point has its place, in order. Nothing is copied, which is what KeptPoints reckons with.
        Spread(x);
        var curve = new ComparedCurve(x, points.Values);
        PlacedRun placed = new(points.Steps, curve, ReferenceEquals(smoothed, points.Values) ? curve : new(x, smoothed));
        PlacedPoints.Keep(points, view.Axis, smoothing, clock, placed);
        return placed;
    }

    private double[] SmoothedOf(ComparedRun run, bool isSmoothed, RunPoints points) => isSmoothed && view.Smoothing > 0 ? Smooth(run, points) : points.Values;

    // A rate of 0 does not move D, and a metric may repeat: such points stand beside each other, none is lost.
    private static void Spread(double[] places)
    {
        for (var i = 1; i < places.Length; i++)
        {
            places[i] = Math.Max(places[i], Math.BitIncrement(places[i - 1]));
        }
    }

    private PlacedRun PlaceOn(double[] x, RunPoints points, double[] smooth)
    {
        int[] order = [.. Enumerable.Range(0, x.Length).Where(i => double.IsFinite(x[i]))];
        if (view.XMetric is not null)
        {
            Array.Sort([.. order.Select(i => x[i])], order);
        }

        double[] places = [.. order.Select(i => x[i])];
        Spread(places);
        var raw = new ComparedCurve(places, [.. order.Select(i => points.Values[i])]);
        return new([.. order.Select(i => points.Steps[i])], raw, ReferenceEquals(smooth, points.Values) ? raw : new(places, [.. order.Select(i => smooth[i])]));
    }

    private double[] OnAxis(ComparedRun run, string key, RunPoints points)
    {
        var map = new AxisMap(run.Spec, view.Axis);
        if (view.Axis == SeriesAxis.Elapsed && placing.TryGetValue(run.Id, out var elapsed))
        {
            foreach (var attempt in elapsed.Attempts.Index().GroupBy(own => own.Item, own => own.Index))
            {
                int[] own = [.. attempt];
                map.AddElapsed(attempt.Key, new([.. own.Select(i => elapsed.Steps[i])], [.. own.Select(i => elapsed.Values[i])]));
            }
        }

        var x = new double[points.Steps.Length];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = map.Place(key, points.Attempts[i], points.Steps[i]);
        }

        return x;
    }

    // Only steps at which both were measured: nothing is made up between them.
    private static double[] OnMetric(long[] steps, RunPoints metric)
    {
        var x = new double[steps.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var at = Array.BinarySearch(metric.Steps, steps[i]);
            x[i] = at >= 0 ? metric.Values[at] : double.NaN;
        }

        return x;
    }

    private double[] Smooth(ComparedRun run, RunPoints points)
    {
        var timescale = TimeWeightedSmoothing.TimescaleOf(view.Smoothing, run.Spec.TotalSteps);
        var average = new TimeWeightedSmoothing(timescale);
        var smoothed = new double[points.Steps.Length];
        var seam = 0;
        for (var i = 0; i < smoothed.Length; i++)
        {
            if (seam < points.Seams.Count && points.Seams[seam] == i)
            {
                average = new(timescale);
                seam++;
            }

            smoothed[i] = average.Next(points.Steps[i], points.Values[i]);
        }

        return smoothed;
    }
}
