using System.Collections.Immutable;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Annealing;

/// <summary>Theory's reading of a schedule before it is run: how hot a valley of one cooling rate is along it, and where its rate falls faster than the heat can leave.</summary>
/// <remarks>
/// Newton's law in intrinsic time from a cold start, exact for rates held over each piece: each step where a schedule has few, some thousands of pieces with their exact mean rates where it
/// has many. The pace that each piece is measured by is the best anneal's, <c>1/η_t = 1/η_1 + (κ/2)(t − t₁)</c>. Liu et al. 2025, arXiv:2505.10559.
/// </remarks>
public sealed class ValleyReading
{
    private const int Pieces = 4_000;

    private ValleyReading(double coolingRate, ImmutableArray<ValleyPoint> points, ImmutableArray<PhaseCooling> phases) =>
        (CoolingRate, Points, Phases) = (coolingRate, points, phases);

    /// <summary>κ; 1/rate.</summary>
    public double CoolingRate { get; }

    /// <summary>The valley after each piece.</summary>
    public ImmutableArray<ValleyPoint> Points { get; }

    /// <summary>What each phase does.</summary>
    public ImmutableArray<PhaseCooling> Phases { get; }

    /// <summary>Where the valley is out of equilibrium, in steps: <see cref="ValleyPoint.Ratio"/> above <see cref="PhaseCooling.FarRatio"/>.</summary>
    public IEnumerable<(long From, long To)> OutOfEquilibrium()
    {
        long? since = null;
        long before = 0;
        foreach (var point in Points)
        {
            if (point.Ratio > PhaseCooling.FarRatio)
            {
                since ??= before;
            }
            else if (since is { } from)
            {
                yield return (from, before);
                since = null;
            }

            before = point.Updates;
        }

        if (since is { } start)
        {
            yield return (start, before);
        }
    }

    /// <summary>Reads a schedule. Costs some thousand sums, however long it is.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="coolingRate">κ; above 0, 1/rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">κ is not a positive number.</exception>
    public static ValleyReading Of(ScheduleSpec schedule, double coolingRate)
    {
        var law = new NewtonCooling(coolingRate, 1);
        var starts = schedule.Sample(Pieces);
        var points = ImmutableArray.CreateBuilder<ValleyPoint>(starts.Count);
        var phases = schedule.Phases.Select(_ => new PhaseDraft()).ToArray();
        var (heat, sum, before) = (0.0, 0.0, double.NaN);
        for (var i = 0; i < starts.Count; i++)
        {
            var from = starts[i].Step;
            var to = i + 1 < starts.Count ? starts[i + 1].Step : schedule.TotalSteps;
            var sumAfter = schedule.CumulativeRate(to);
            var time = to == from + 1 ? starts[i].Rate : Math.Max(0, sumAfter - sum); // the difference of two sums loses digits
            heat = law.After(heat, time / (to - from), time);
            var point = new ValleyPoint(to, schedule.LearningRate(to - 1), heat);
            points.Add(point);
            var phase = phases[schedule.PhaseAt(from).Index];
            phase.Take(point, to - from);
            if (i > 0)
            {
                phase.TakeFall(before, starts[i].Rate, from - starts[i - 1].Step, coolingRate);
            }

            (sum, before) = (sumAfter, starts[i].Rate);
        }

        return new(coolingRate, points.MoveToImmutable(), [.. phases.Select((draft, index) => draft.Finish(index))]);
    }

    private sealed class PhaseDraft
    {
        private double _fastest;
        private double _hottest;
        private long _steps;
        private long _tooFast;
        private double _end = double.NaN;

        public void Take(ValleyPoint point, long steps)
        {
            _steps += steps;
            _end = point.Ratio;
            _hottest = Math.Max(_hottest, point.Ratio);
        }

        public void TakeFall(double before, double after, long steps, double coolingRate)
        {
            if (after >= before)
            {
                return;
            }

            var fall = (1 / after - 1 / before) / (coolingRate / 2 * steps);
            _fastest = Math.Max(_fastest, fall);
            _tooFast += fall > 1 ? steps : 0;
        }

        public PhaseCooling Finish(int index) => new(index, _fastest, _steps == 0 ? 0 : Math.Min(1, (double)_tooFast / _steps), _end, _hottest);
    }
}
