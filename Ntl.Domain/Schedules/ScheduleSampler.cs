namespace Ntl.Domain.Schedules;

/// <summary>Chooses the points that draw a schedule; its cost depends on the number of points, not of steps.</summary>
internal static class ScheduleSampler
{
    public static IReadOnlyList<RatePoint> Sample(ScheduleSpec schedule, int maximumPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, 2);
        if (schedule.TotalSteps <= maximumPoints)
        {
            return [.. Even(0, schedule.TotalSteps - 1, (int)schedule.TotalSteps).Select(At)];
        }

        var chosen = new SortedSet<long>(schedule.Phases.SelectMany(Corners));
        if (chosen.Count > maximumPoints)
        {
            return Thin([.. chosen.Select(At)], maximumPoints);
        }

        foreach (var step in Filling(schedule, maximumPoints - chosen.Count))
        {
            chosen.Add(step);
        }

        return [.. chosen.Select(At)];

        RatePoint At(long step) => new(step, schedule.LearningRate(step));
    }

    private static IEnumerable<long> Corners(PhaseSpan span) =>
        span.Phase.CornerSteps().Select(step => span.FirstStep + step)
            .Concat([span.FirstStep, Math.Min(span.FirstStep + 1, span.LastStep), span.LastStep]);

    // A third evenly over the schedule, so that a pointer finds a point near it; the rest shared by the curved phases, where
    // even steps draw what is flat and even rates what is steep; a curve that may rise has its strongest bends instead.
    private static IEnumerable<long> Filling(ScheduleSpec schedule, int count)
    {
        var curved = schedule.Phases.Where(span => !span.Phase.IsStraight).ToList();
        var each = curved.Count == 0 ? 0 : count / 3 / curved.Count;
        return Even(0, schedule.TotalSteps - 1, count - 2 * each * curved.Count)
            .Concat(curved.SelectMany(span => Even(span.FirstStep, span.LastStep, each)))
            .Concat(curved.SelectMany(span => span.Phase.NeverRises ? EvenRates(span, each) : Bends(span, each)));
    }

    private static IEnumerable<long> Even(long first, long last, int count) =>
        Enumerable.Range(0, count).Select(i => first + (last - first) * i / Math.Max(1, count - 1));

    private static IEnumerable<long> Bends(PhaseSpan span, int count) => span.Phase.BendSteps().Take(count).Select(step => span.FirstStep + step);

    // The curve falls, so the step at which a rate is passed is found by halving.
    private static IEnumerable<long> EvenRates(PhaseSpan span, int count)
    {
        var (start, end) = (span.Phase.RateAt(0), span.Phase.RateAt(span.Phase.Steps - 1));
        for (var i = 1; i <= count; i++)
        {
            var rate = start + (end - start) * i / (count + 1);
            var (low, high) = (0L, span.Phase.Steps - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = span.Phase.RateAt(middle) <= rate ? (low, middle) : (middle + 1, high);
            }

            yield return span.FirstStep + low;
        }
    }

    // Too many corners: the ends, and the lowest and highest of equal groups of corners.
    private static List<RatePoint> Thin(RatePoint[] corners, int maximumPoints)
    {
        var inner = corners[1..^1];
        var groups = (maximumPoints - 2) / 2;
        var thinned = new List<RatePoint> { corners[0] };
        for (var group = 0; group < groups; group++)
        {
            var members = inner[(int)((long)inner.Length * group / groups)..(int)((long)inner.Length * (group + 1) / groups)];
            thinned.AddRange(new[] { members.MinBy(point => point.Rate), members.MaxBy(point => point.Rate) }.Distinct().OrderBy(point => point.Step));
        }

        thinned.Add(corners[^1]);
        return thinned;
    }
}
