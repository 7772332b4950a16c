using System.Collections.Immutable;

namespace Ntl.Domain.Schedules.Editing;

/// <summary>A phase of another length: the same picture, wider or narrower.</summary>
internal static class PhaseLength
{
    /// <summary>Stretches a phase between the same ends. Stairs and points keep their shares of the length, as far as whole steps let them.</summary>
    /// <param name="phase">A valid phase.</param>
    /// <param name="steps">At least 1.</param>
    public static SchedulePhase Resize(SchedulePhase phase, long steps)
    {
        if (steps == phase.Steps)
        {
            return phase;
        }

        var factor = (double)steps / phase.Steps;
        return phase switch
        {
            PiecewisePoints points => Resize(points, steps, factor),
            StepDecay stairs => stairs with { Steps = steps, EverySteps = Scale(stairs.EverySteps, factor) },
            FirstSteps cut => Resize(cut, steps, factor),
            _ => phase with { Steps = steps },
        };
    }

    private static long Scale(long steps, double factor) => Math.Clamp((long)Math.Round(steps * factor), 1, ScheduleSpec.MaximumSteps);

    private static SchedulePhase Resize(FirstSteps cut, long steps, double factor)
    {
        var whole = Resize(cut.Of, Scale(cut.Of.Steps, factor));
        return whole.Steps > steps ? new FirstSteps(steps, whole) : Resize(cut.Of, steps);
    }

    // Points that fall on one step are one point: the last of them, but for the first and the last of all.
    private static PiecewisePoints Resize(PiecewisePoints phase, long steps, double factor)
    {
        var points = ImmutableArray.CreateBuilder<RatePoint>(phase.Points.Length);
        points.Add(phase.Points[0]);
        foreach (var point in phase.Points.Skip(1).SkipLast(1))
        {
            var step = Scale(point.Step, factor);
            if (step >= steps)
            {
                break;
            }

            if (points.Count > 1 && points[^1].Step == step)
            {
                points.RemoveAt(points.Count - 1);
            }

            points.Add(new(step, point.Rate));
        }

        points.Add(new(steps, phase.Points[^1].Rate));
        return new(points.ToImmutable());
    }
}
