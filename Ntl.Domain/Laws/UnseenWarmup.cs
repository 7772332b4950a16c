using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>Tells how long a warm-up was that logs do not show.</summary>
public static class UnseenWarmup
{
    /// <summary>The path of a log whose trainings share their warm-up with others.</summary>
    /// <param name="points">The log's samples.</param>
    /// <param name="warmupSteps">Length of the shared warm-up, as <see cref="StepsOf"/> says.</param>
    /// <remarks>A log that begins within its warm-up shows how it goes on, and needs no length.</remarks>
    public static RatePath PathOf(IReadOnlyList<RatePoint> points, long warmupSteps)
    {
        ArgumentNullException.ThrowIfNull(points);
        return RatePath.OfPoints(points, points.Count > 0 && IsAtPeak(points, 0) ? Math.Min(warmupSteps, points[0].Step) : null);
    }

    /// <summary>The shortest time in which any of the logs is at its peak: logs of one family begin when the warm-up is over, some a little later.</summary>
    /// <param name="logs">Samples of trainings with the same warm-up; at least one, none empty.</param>
    public static long StepsOf(IReadOnlyList<IReadOnlyList<RatePoint>> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        return logs.Min(log => log[Enumerable.Range(0, log.Count).First(i => IsAtPeak(log, i))].Step);
    }

    private static bool IsAtPeak(IReadOnlyList<RatePoint> log, int i) => log[i].Rate >= 0.99 * log.Max(point => point.Rate);
}
