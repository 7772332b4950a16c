using System.Globalization;

namespace Ntl.Domain.Schedules;

/// <summary>A schedule with all of its rates multiplied: the same shape, hotter or colder.</summary>
public static class ScheduleScaling
{
    /// <summary>Multiplies every rate of a schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="factor">Positive and finite.</param>
    /// <returns>As many steps and the same phases; rates agree with the product to rounding.</returns>
    /// <exception cref="InvalidScheduleException">A rate leaves what a schedule may have.</exception>
    public static ScheduleSpec Scaled(this ScheduleSpec schedule, double factor)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (!(double.IsFinite(factor) && factor > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor of rates is positive and finite.");
        }

        return new(schedule.Phases.Select(span => Scaled(span.Phase, factor)));
    }

    private static SchedulePhase Scaled(SchedulePhase phase, double factor) => phase switch
    {
        ConstantRate constant => constant with { Rate = constant.Rate * factor },
        LinearRamp ramp => ramp with { StartRate = ramp.StartRate * factor, EndRate = ramp.EndRate * factor },
        RateDecay decay => decay with { StartRate = decay.StartRate * factor, EndRate = decay.EndRate * factor },
        StepDecay stairs => stairs with { StartRate = stairs.StartRate * factor, FloorRate = stairs.FloorRate * factor },
        PiecewisePoints points => new PiecewisePoints([.. points.Points.Select(point => point with { Rate = point.Rate * factor })]),
        ExpressionPhase expression => new ExpressionPhase(expression.Steps, string.Create(CultureInfo.InvariantCulture, $"{factor:R}*({expression.Formula})"), expression.Constants),
        FirstSteps first => first with { Of = Scaled(first.Of, factor) },
        _ => throw new ArgumentException($"A phase of kind {phase.Kind} has no rates known to scale.", nameof(phase)),
    };
}
