namespace Ntl.Domain.Schedules;

/// <summary>Where, and by how much, the rates of two schedules differ; its cost depends on the number of phases, not of steps.</summary>
internal static class RateComparison
{
    // Rates that differ by less are one rate, reached by other roundings: a phase split in two, a sum in another order.
    private const double Rounding = 1e-12;

    // Rates read in all, and at least in each stretch where one phase meets another.
    private const int RatesRead = 1 << 16;
    private const int FewestRatesRead = 256;

    public static bool AreSame(double a, double b) => Math.Abs(a - b) <= Rounding * Math.Max(Math.Abs(a), Math.Abs(b));

    /// <summary>The first step whose rates differ, and the step where they differ most; null when they never do while both go on.</summary>
    /// <remarks>Every step is looked at while a stretch is short; in a long one its beginning, its corners and an even grid, and what lies between two of these is found by halving.</remarks>
    public static (long? First, RateGap? Largest) Of(ScheduleSpec from, ScheduleSpec to)
    {
        var stretches = Stretches(from, to).ToList();
        var share = Math.Max(FewestRatesRead, RatesRead / Math.Max(1, stretches.Count));
        long? first = null;
        RateGap? largest = null;
        foreach (var stretch in stretches)
        {
            var (firstHere, largestHere) = stretch.Read(share);
            first ??= firstHere;
            largest = largestHere is not null && !(largest?.Size >= largestHere.Size) ? largestHere : largest;
        }

        return (first, largest);
    }

    // The steps that both have, cut where either one's phase ends; left out where the same phase stands at the same place in both.
    private static IEnumerable<Stretch> Stretches(ScheduleSpec from, ScheduleSpec to)
    {
        var end = Math.Min(from.TotalSteps, to.TotalSteps);
        for (var step = 0L; step < end;)
        {
            var (a, b) = (from.PhaseAt(step), to.PhaseAt(step));
            var stop = Math.Min(end, Math.Min(a.EndStep, b.EndStep));
            if (a.FirstStep != b.FirstStep || !a.Phase.Equals(b.Phase))
            {
                yield return new Stretch(a, b, step, stop);
            }

            step = stop;
        }
    }

    private sealed record Stretch(PhaseSpan A, PhaseSpan B, long FirstStep, long EndStep)
    {
        public (long? First, RateGap? Largest) Read(int share)
        {
            var steps = Steps(share);
            long? first = null;
            RateGap? largest = null;
            var at = 0;
            for (var i = 0; i < steps.Count; i++)
            {
                var gap = Gap(steps[i]);
                if (AreSame(gap.From, gap.To))
                {
                    continue;
                }

                first ??= i == 0 ? steps[0] : FirstBetween(steps[i - 1], steps[i]);
                if (!(largest?.Size >= gap.Size))
                {
                    (largest, at) = (gap, i);
                }
            }

            return (first, largest is null ? null : Widest(largest, steps[Math.Max(0, at - 1)], steps[Math.Min(steps.Count - 1, at + 1)]));
        }

        private RateGap Gap(long step) => new(step, A.Phase.RateAt(step - A.FirstStep), B.Phase.RateAt(step - B.FirstStep));

        private List<long> Steps(int share)
        {
            var length = EndStep - FirstStep;
            if (length <= share)
            {
                return [.. Enumerable.Range(0, (int)length).Select(i => FirstStep + i)];
            }

            var head = share / 4;
            var grid = share / 2;
            var corners = new[] { A, B }
                .SelectMany(span => span.Phase.CornerSteps().Select(step => span.FirstStep + step))
                .SelectMany(step => new[] { step - 1, step, step + 1 })
                .Where(step => step >= FirstStep && step < EndStep);
            return [.. Enumerable.Range(0, head).Select(i => FirstStep + i)
                .Concat(Enumerable.Range(0, grid).Select(i => FirstStep + ((length - 1) * i / (grid - 1))))
                .Concat(corners)
                .Distinct()
                .Order()];
        }

        // Same at the first step, different at the second.
        private long FirstBetween(long same, long different)
        {
            while (different - same > 1)
            {
                var middle = same + ((different - same) / 2);
                var gap = Gap(middle);
                (same, different) = AreSame(gap.From, gap.To) ? (middle, different) : (same, middle);
            }

            return different;
        }

        // Between the two neighbours of the widest gap that was read, the gap has one peak.
        private RateGap Widest(RateGap widest, long low, long high)
        {
            while (high - low > 2)
            {
                var third = (high - low) / 3;
                var (left, right) = (Gap(low + third), Gap(high - third));
                (low, high) = left.Size < right.Size ? (low + third, high) : (low, high - third);
                widest = left.Size > widest.Size ? left : right.Size > widest.Size ? right : widest;
            }

            return Gap(low + ((high - low) / 2)) is var last && last.Size > widest.Size ? last : widest;
        }
    }
}
