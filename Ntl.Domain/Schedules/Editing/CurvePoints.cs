using System.Collections.Immutable;

namespace Ntl.Domain.Schedules.Editing;

/// <summary>Few points in place of a curve: those that straight lines between them miss it least by.</summary>
/// <remarks>The point that is missed by most is added, until none is missed by more than the tolerance (Ramer 1972; Douglas &amp; Peucker 1973).</remarks>
public static class CurvePoints
{
    private const int Samples = 1_000;

    /// <summary>Chooses points of a polyline.</summary>
    /// <param name="points">In order of steps, which rise strictly; at least two.</param>
    /// <param name="tolerance">The rate by which a left-out point may be missed; ≥ 0.</param>
    /// <param name="maximumPoints">≥ 2.</param>
    /// <returns>The first, the last, and some between.</returns>
    public static ImmutableArray<RatePoint> Simplify(IReadOnlyList<RatePoint> points, double tolerance, int maximumPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, 2, nameof(points));
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, 2);
        var chosen = new SortedSet<int> { 0, points.Count - 1 };
        var open = new PriorityQueue<(int From, int To, int Worst), double>();
        Look(0, points.Count - 1);
        while (chosen.Count < maximumPoints && open.TryDequeue(out var span, out _))
        {
            chosen.Add(span.Worst);
            Look(span.From, span.Worst);
            Look(span.Worst, span.To);
        }

        return [.. chosen.Select(i => points[i])];

        void Look(int from, int to)
        {
            var (worst, miss) = (-1, tolerance);
            for (var i = from + 1; i < to; i++)
            {
                var share = (double)(points[i].Step - points[from].Step) / (points[to].Step - points[from].Step);
                var off = Math.Abs(points[i].Rate - points[from].Rate - share * (points[to].Rate - points[from].Rate));
                (worst, miss) = off > miss ? (i, off) : (worst, miss);
            }

            if (worst >= 0)
            {
                open.Enqueue((from, to, worst), -miss);
            }
        }
    }

    /// <summary>A phase as points: at its ends the same rates, between them within a thousandth of its peak where so few points can.</summary>
    internal static PiecewisePoints Of(SchedulePhase phase, int maximumPoints) => new(Of(phase, 0, phase.Steps, maximumPoints));

    /// <summary>The steps of a phase from one on, counted from there; the last point is at the phase's end.</summary>
    internal static ImmutableArray<RatePoint> Of(SchedulePhase phase, long from, long to, int maximumPoints)
    {
        var last = to - 1;
        var count = (int)Math.Min(Samples, last - from + 1);
        var steps = Enumerable.Range(0, count).Select(i => from + (count == 1 ? 0 : (last - from) * i / (count - 1)))
            .Concat(phase.CornerSteps().Where(step => step > from && step < last))
            .Distinct().Order();
        List<RatePoint> all = [.. steps.Select(step => new RatePoint(step - from, phase.RateAt(step))), new(to - from, to == phase.Steps ? phase.ExitRate : phase.RateAt(to))];
        return Simplify(all, phase.Peak * 1e-3, maximumPoints);
    }
}
