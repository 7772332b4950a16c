using System.Globalization;
using Ntl.Domain.Numbers;

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

    /// <summary>The same shape with another peak; rates are rounded to twelve digits, so that a peak of 2.4e-5 is not 2.3999999999999997e-05.</summary>
    /// <param name="schedule">With a peak above 0.</param>
    /// <param name="peak">Positive and finite.</param>
    /// <exception cref="InvalidScheduleException">A rate leaves what a schedule may have.</exception>
    public static ScheduleSpec WithPeak(this ScheduleSpec schedule, double peak)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var factor = peak / schedule.Peak;
        return new(schedule.Scaled(factor).Phases.Select(span => Rounded(span.Phase)));
    }

    private static SchedulePhase Rounded(SchedulePhase phase) => phase switch
    {
        ConstantRate constant => constant with { Rate = Rounded(constant.Rate) },
        LinearRamp ramp => ramp with { StartRate = Rounded(ramp.StartRate), EndRate = Rounded(ramp.EndRate) },
        RateDecay decay => decay with { StartRate = Rounded(decay.StartRate), EndRate = Rounded(decay.EndRate) },
        StepDecay stairs => stairs with { StartRate = Rounded(stairs.StartRate), FloorRate = Rounded(stairs.FloorRate) },
        PiecewisePoints points => new PiecewisePoints([.. points.Points.Select(point => point with { Rate = Rounded(point.Rate) })]),
        FirstSteps first => first with { Of = Rounded(first.Of) },
        _ => phase,
    };

    private static double Rounded(double rate)
    {
        const int Digits = 12;
        return NumberFormat.Round(rate, Digits);
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
