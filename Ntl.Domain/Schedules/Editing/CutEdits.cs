using System.Collections.Immutable;

namespace Ntl.Domain.Schedules.Editing;

/// <summary>Splits phases and joins them again.</summary>
public static class CutEdits
{
    // A second part that no shape can say is drawn by so many points.
    private const int MostPoints = 200;

    // Merged phases must give the rates that they gave apart, but for the rounding of their last digits.
    private const double Rounding = 1e-9;
    private const int StepsCompared = 64;

    /// <summary>Splits the phase at a step into two. Rates stay as they were. A second part that no shape can say becomes a formula, or points where it is too long for one, and the outcome says so.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="step">The second part's first step.</param>
    public static EditOutcome Split(ScheduleSpec schedule, long step)
    {
        if (step < 1 || step >= schedule.TotalSteps)
        {
            return EditOutcome.Refused("split", 0, "step", $"Split at a step from 1 to {schedule.TotalSteps - 1}.");
        }

        var span = schedule.PhaseAt(step);
        var name = $"split {PhaseNames.Of(span.Phase)}";
        if (span.FirstStep == step)
        {
            return EditOutcome.Refused(name, span.Index, "step", $"There is a boundary at step {step} already.");
        }

        var (first, second) = Cut(span.Phase, step - span.FirstStep);
        var phases = schedule.PhaseList();
        phases[span.Index] = first;
        phases.Insert(span.Index + 1, second);
        return EditOutcome.Of(name, phases, span.Index + 1) with
        {
            Note = (span.Phase, second) switch
            {
                (not PiecewisePoints, PiecewisePoints drawn) => $"What follows the cut is no shape of its own: it is drawn by {drawn.Points.Length} points, within a thousandth of the peak.",
                (not ExpressionPhase, ExpressionPhase) => "What follows the cut is no shape of its own: it is a formula, the same to the last digits.",
                _ => null,
            },
        };
    }

    /// <summary>Joins a phase with the next one, if one phase gives the rates of both.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="index">The first of the two.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static EditOutcome Merge(ScheduleSpec schedule, int index)
    {
        var first = schedule.Phase(index);
        if (index == schedule.Phases.Length - 1)
        {
            return EditOutcome.Refused("merge", index, $"phases[{index}]", "There is no phase after this one to merge it with.");
        }

        var second = schedule.Phase(index + 1);
        var name = $"merge {PhaseNames.Of(first)} and {PhaseNames.Of(second)}";
        if (Whole(first, second) is not { } whole)
        {
            return EditOutcome.Refused(name, index, $"phases[{index}]", $"No one phase gives the rates of this {PhaseNames.Of(first)} and the {PhaseNames.Of(second)} after it.");
        }

        var phases = schedule.PhaseList();
        phases[index] = whole;
        phases.RemoveAt(index + 1);
        return EditOutcome.Of(name, phases, index);
    }

    /// <summary>Joins all neighbours that one phase can say, and so gives schedules of equal rates the fewest phases.</summary>
    /// <param name="schedule">The schedule before.</param>
    public static EditOutcome MergeAll(ScheduleSpec schedule)
    {
        var phases = new List<SchedulePhase>();
        foreach (var span in schedule.Phases)
        {
            if (phases.Count > 0 && Whole(phases[^1], span.Phase) is { } whole)
            {
                phases[^1] = whole;
            }
            else
            {
                phases.Add(span.Phase);
            }
        }

        return phases.Count == schedule.Phases.Length
            ? EditOutcome.Refused("merge equal neighbours", 0, "phases", "No two neighbours are one phase.")
            : EditOutcome.Of("merge equal neighbours", phases, 0);
    }

    /// <summary>A phase's first steps, and the rest.</summary>
    internal static (SchedulePhase First, SchedulePhase Second) Cut(SchedulePhase phase, long steps)
    {
        var (left, at) = (phase.Steps - steps, phase.RateAt(steps));
        return phase switch
        {
            ConstantRate hold => (hold.First(steps), new ConstantRate(left, hold.Rate)),
            LinearRamp ramp => Ramps(ramp, steps, left),
            LinearDecay decay => (new LinearDecay(steps, decay.StartRate, at), new LinearDecay(left, at, decay.EndRate)),
            ExponentialDecay decay => (new ExponentialDecay(steps, decay.StartRate, at), new ExponentialDecay(left, at, decay.EndRate)),
            HyperbolicDecay decay => (new HyperbolicDecay(steps, decay.StartRate, at), new HyperbolicDecay(left, at, decay.EndRate)),
            InverseSquareRootDecay decay => (new InverseSquareRootDecay(steps, decay.StartRate, at), new InverseSquareRootDecay(left, at, decay.EndRate)),
            PolynomialDecay decay => (decay.First(steps), new PolynomialDecay(left, at, decay.EndRate, decay.Power)),
            StepDecay stairs when steps % stairs.EverySteps == 0 => (stairs.First(steps), stairs with { Steps = left, StartRate = at }),
            PiecewisePoints points => Points(points, steps),
            _ => (phase.First(steps), Rest(phase, steps) ?? new PiecewisePoints(CurvePoints.Of(phase, steps, phase.Steps, MostPoints))),
        };
    }

    private static SchedulePhase? Rest(SchedulePhase phase, long steps)
    {
        var whole = phase is FirstSteps cut ? cut.Of : phase;
        return PhaseFormulas.Of(whole)?.After(steps)?.First(phase.Steps - steps);
    }

    private static (SchedulePhase First, SchedulePhase Second) Ramps(LinearRamp ramp, long steps, long left)
    {
        var middle = ramp.RateAt(steps - 1);
        return (new LinearRamp(steps, ramp.StartRate, middle), new LinearRamp(left, middle, ramp.EndRate));
    }

    private static (SchedulePhase First, SchedulePhase Second) Points(PiecewisePoints phase, long steps)
    {
        var middle = new RatePoint(steps, phase.RateAt(steps));
        var before = phase.Points.Where(point => point.Step < steps).Append(middle);
        var after = phase.Points.Where(point => point.Step > steps).Prepend(middle).Select(point => point with { Step = point.Step - steps });
        return (new PiecewisePoints([.. before]), new PiecewisePoints([.. after]));
    }

    private static SchedulePhase? Whole(SchedulePhase first, SchedulePhase second) =>
        first.Steps + second.Steps <= ScheduleSpec.MaximumSteps
            ? Candidates(first, second).FirstOrDefault(candidate => ScheduleSpec.Validate([candidate]).Count == 0 && IsBoth(candidate, first, second))
            : null;

    private static IEnumerable<SchedulePhase> Candidates(SchedulePhase first, SchedulePhase second)
    {
        var steps = first.Steps + second.Steps;
        var (start, end) = (first.EntryRate, second.ExitRate);
        switch (first, second)
        {
            case (ConstantRate hold, ConstantRate):
                yield return new ConstantRate(steps, hold.Rate);
                break;
            case (LinearRamp, LinearRamp):
                yield return new LinearRamp(steps, start, end);
                break;
            case (LinearDecay, LinearDecay):
                yield return new LinearDecay(steps, start, end);
                break;
            case (ExponentialDecay, ExponentialDecay):
                yield return new ExponentialDecay(steps, start, end);
                break;
            case (HyperbolicDecay, HyperbolicDecay):
                yield return new HyperbolicDecay(steps, start, end);
                break;
            case (InverseSquareRootDecay, InverseSquareRootDecay):
                yield return new InverseSquareRootDecay(steps, start, end);
                break;
            case (StepDecay stairs, StepDecay):
                yield return stairs with { Steps = steps };
                break;
            case (PiecewisePoints one, PiecewisePoints two) when one.ExitRate == two.EntryRate && one.Points.Length + two.Points.Length - 1 <= PiecewisePoints.MaximumPoints:
                yield return new PiecewisePoints(Chain(one, two));
                break;
            case (FirstSteps cut, _):
                yield return cut.Of.First(Math.Min(steps, cut.Of.Steps));
                break;
        }
    }

    // The point between them is left out when it lies on the line through its neighbours, as after a split.
    private static ImmutableArray<RatePoint> Chain(PiecewisePoints one, PiecewisePoints two)
    {
        var (before, middle, after) = (one.Points[^2], one.Points[^1], two.Points[1]);
        var line = before.Rate + (after.Rate - before.Rate) * (middle.Step - before.Step) / (middle.Step + after.Step - before.Step);
        var rest = two.Points.Skip(1).Select(point => point with { Step = point.Step + one.Steps });
        return Math.Abs(line - middle.Rate) <= Rounding * Math.Max(one.Peak, two.Peak) ? [.. one.Points.SkipLast(1), .. rest] : [.. one.Points, .. rest];
    }

    private static bool IsBoth(SchedulePhase whole, SchedulePhase first, SchedulePhase second)
    {
        var rounding = Rounding * Math.Max(first.Peak, second.Peak);
        return whole.Steps == first.Steps + second.Steps
            && Look(first).All(step => Math.Abs(whole.RateAt(step) - first.RateAt(step)) <= rounding)
            && Look(second).All(step => Math.Abs(whole.RateAt(first.Steps + step) - second.RateAt(step)) <= rounding);
    }

    private static IEnumerable<long> Look(SchedulePhase phase)
    {
        var count = (int)Math.Min(phase.Steps, StepsCompared);
        return Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (phase.Steps - 1) * i / (count - 1)).Concat(phase.CornerSteps().Take(StepsCompared));
    }
}
