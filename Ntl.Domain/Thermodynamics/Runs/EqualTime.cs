using Ntl.Domain.Metrics;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>Losses of runs off one trunk at the same intrinsic time D, the only time at which their rivers have come as far.</summary>
internal static class EqualTime
{
    // A line through so many neighbours: their thermal motion averages out, the river's bend does not show yet.
    private const int Neighbours = 6;

    /// <summary>The validation losses that are finite, with the D at which each was measured.</summary>
    public static List<(long Step, double Time, double Loss)> Losses(RunRecord record)
    {
        var series = record[MetricKeys.ValidationLoss];
        return [.. Enumerable.Range(0, series.Count).Select(i => (Step: series.Steps[i], Time: record.IntrinsicTime(series.Steps[i]), Loss: series.Values[i])).Where(point => double.IsFinite(point.Loss))];
    }

    /// <summary>A run's validation loss at a D, by a line through the neighbours; null where it has fewer than three, or D is beyond them by more than their distance.</summary>
    public static Estimate? LossAt(IReadOnlyList<(long Step, double Time, double Loss)> losses, double time)
    {
        var near = losses.OrderBy(point => Math.Abs(point.Time - time)).Take(Neighbours).Select(point => (point.Time, point.Loss)).ToList();
        if (near.Count < 3)
        {
            return null;
        }

        var (first, last) = (near.Min(point => point.Time), near.Max(point => point.Time));
        var spacing = (last - first) / (near.Count - 1);
        return time < first - spacing || time > last + spacing ? null : LineFit.Of(near).At(time);
    }
}
