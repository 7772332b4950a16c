using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>Tells how long a warm-up was that logs show in part or not at all.</summary>
public static class UnseenWarmup
{
    // With more rows than this in its warm-up a log shows what it was, straight or not.
    private const int FewRows = 2;

    /// <summary>The path of a log whose trainings share their warm-up with others.</summary>
    /// <param name="points">The log's samples.</param>
    /// <param name="warmupSteps">Length of the shared warm-up, as <see cref="StepsOf"/> says.</param>
    /// <remarks>A log with one or two rows in a straight warm-up is given that warm-up whole: a line between its rows would cut
    /// the corner at the peak. One with more rows, or none that fit, is taken as it is.</remarks>
    public static RatePath PathOf(IReadOnlyList<RatePoint> points, long warmupSteps)
    {
        ArgumentNullException.ThrowIfNull(points);
        var before = points.Count == 0 ? 0 : FirstAtPeak(points);
        if (before == 0)
        {
            return RatePath.OfPoints(points, points.Count > 0 ? Math.Min(warmupSteps, points[0].Step) : null);
        }

        return before <= FewRows && RampOf(points) is not null && warmupSteps > points[0].Step && warmupSteps <= points[before].Step
            ? Warmed(points, warmupSteps)
            : RatePath.OfPoints(points);
    }

    /// <summary>The path of a log whose warm-up is known to be a straight line: rows within it are replaced by that line.</summary>
    /// <param name="points">The log's samples.</param>
    /// <param name="warmupSteps">≥ 0.</param>
    public static RatePath Warmed(IReadOnlyList<RatePoint> points, long warmupSteps)
    {
        ArgumentNullException.ThrowIfNull(points);
        List<RatePoint> after = [.. points.Where(point => point.Step >= warmupSteps)];
        return after.Count == 0
            ? RatePath.OfPoints(points)
            : RatePath.OfPoints(after, warmupSteps, isFirstStepWarm: after.Count < points.Count);
    }

    /// <summary>The shared length: where logs begin within a straight warm-up, what most of them show; else the shortest time in
    /// which any is at its peak, for logs of one family begin when the warm-up is over, some a little later.</summary>
    /// <param name="logs">Samples of trainings with the same warm-up; at least one, none empty.</param>
    public static long StepsOf(IReadOnlyList<IReadOnlyList<RatePoint>> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        List<long> ramps = [.. logs.Select(RampOf).OfType<long>().Order()];
        return ramps.Count > 0 ? ramps[ramps.Count / 2] : logs.Min(log => log[FirstAtPeak(log)].Step);
    }

    // Where the line from zero through the last row before the peak comes to the peak; null where the rows do not fit that.
    private static long? RampOf(IReadOnlyList<RatePoint> log)
    {
        var first = FirstAtPeak(log);
        if (first == 0 || !(log[first - 1].Rate > 0))
        {
            return null;
        }

        var steps = (log[first - 1].Step + 1) * log[first].Rate / log[first - 1].Rate;
        return steps <= log[first].Step + 1 ? (long)Math.Round(steps) : null;
    }

    private static int FirstAtPeak(IReadOnlyList<RatePoint> log)
    {
        var peak = log.Max(point => point.Rate);
        return Enumerable.Range(0, log.Count).First(i => log[i].Rate >= 0.99 * peak);
    }
}
