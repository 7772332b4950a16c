using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;

namespace Ntl.Web.Live;

/// <summary>Where a step lies on an axis.</summary>
public sealed class AxisMap(RunSpec spec, SeriesAxis axis)
{
    private const string ValidationSection = "val/";

    private readonly Dictionary<int, MetricSeries> _elapsed = [];

    /// <summary>Tells the training time at more steps of an attempt; needed for the elapsed axis only. Between two known steps the time is taken to pass evenly.</summary>
    public void AddElapsed(int attempt, MetricSeries points)
    {
        if (axis != SeriesAxis.Elapsed || points.Count == 0)
        {
            return;
        }

        var known = _elapsed.GetValueOrDefault(attempt, MetricSeries.Empty);
        var later = known.Count == 0 ? points : points.Window(known.Steps[^1] + 1, long.MaxValue);
        _elapsed[attempt] = known.Append(later);
    }

    /// <summary>The place of a measurement: where the updates that it saw had brought the run.</summary>
    /// <param name="key">The metric. A validation is measured before its step's update, all else after it.</param>
    /// <param name="attempt">Who measured.</param>
    /// <param name="step">The step.</param>
    /// <returns>NaN on the elapsed axis when nothing is known of the attempt's time.</returns>
    public double Place(string key, int attempt, long step)
    {
        var updates = key.StartsWith(ValidationSection, StringComparison.Ordinal) ? step : step + 1;
        return axis switch
        {
            SeriesAxis.Step => step,
            SeriesAxis.Tokens => (double)updates * spec.TokensPerStep,
            SeriesAxis.LearningRateSum => spec.Schedule.CumulativeRate(Math.Min(updates, spec.TotalSteps)),
            SeriesAxis.Elapsed => ElapsedAt(_elapsed.GetValueOrDefault(attempt, MetricSeries.Empty), updates - 1),
            _ => throw new ArgumentOutOfRangeException(nameof(key), axis, "There is no such axis."),
        };
    }

    /// <summary>The first step whose place is not left of x; the run's length when there is none.</summary>
    public long FirstStepFrom(double x)
    {
        // A validation may follow the last step: its step is the run's length.
        var (low, high) = (0L, spec.TotalSteps + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (PlaceInAny(middle) >= x)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    // The time at a step is that of the newest attempt that reached it.
    private double PlaceInAny(long step)
    {
        if (axis != SeriesAxis.Elapsed)
        {
            return Place(string.Empty, 0, step);
        }

        var attempt = _elapsed.Where(pair => pair.Value.Steps[0] <= step).Select(pair => pair.Key).DefaultIfEmpty(_elapsed.Keys.DefaultIfEmpty().Min()).Max();
        var known = _elapsed.GetValueOrDefault(attempt, MetricSeries.Empty);
        return known.Count == 0 || step > known.Steps[^1] ? double.PositiveInfinity : ElapsedAt(known, step);
    }

    private static double ElapsedAt(MetricSeries known, long step)
    {
        if (known.Count == 0)
        {
            return double.NaN;
        }

        var at = known.IndexOf(step);
        if (at == known.Count)
        {
            return known.Values[^1];
        }

        if (at == 0 || known.Steps[at] == step)
        {
            return known.Values[at];
        }

        var share = (double)(step - known.Steps[at - 1]) / (known.Steps[at] - known.Steps[at - 1]);
        return double.Lerp(known.Values[at - 1], known.Values[at], share);
    }
}
