using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Annealing;

/// <summary>Thermal loss along a schedule, by the recursion of second moments: the theory that simulations are drawn against.</summary>
/// <remarks>Exact for a rule that <see cref="UpdateRule.IsExact"/>, at any rates, from any start; else as good as the rule's closure. Takes 8 to 16 bytes a step.</remarks>
public static class ThermalPath
{
    /// <summary>Thermal loss of several directions that start in equilibrium with a rate.</summary>
    /// <param name="rule">The optimizer.</param>
    /// <param name="modes">The directions.</param>
    /// <param name="startRate">η₀ of the equilibrium before the first step; above 0, stable for every direction.</param>
    /// <param name="schedule">The rates.</param>
    /// <returns>One more value than the schedule has steps: at i, Σ ½aV after i steps; nats, ∞ where it diverged.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no equilibrium at the start rate.</exception>
    public static double[] FromEquilibrium(UpdateRule rule, IReadOnlyList<ValleyMode> modes, double startRate, ScheduleSpec schedule) =>
        From(rule, modes, [.. modes.Select(mode => rule.Stationary(startRate, mode))], Rates(schedule));

    /// <summary>Thermal loss of several directions from any moments.</summary>
    /// <param name="rule">The optimizer.</param>
    /// <param name="modes">The directions.</param>
    /// <param name="start">Moments before the first step, one for each direction.</param>
    /// <param name="rates">η of each step; at least 0.</param>
    /// <returns>One more value than there are rates: at i, Σ ½aV after i steps; nats, ∞ where it diverged.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative or not finite, or moments and directions differ in number.</exception>
    public static double[] From(UpdateRule rule, IReadOnlyList<ValleyMode> modes, IReadOnlyList<ValleyMoments> start, ReadOnlySpan<double> rates)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Count, modes.Count, nameof(start));
        var losses = new double[rates.Length + 1];
        for (var i = 0; i < modes.Count; i++)
        {
            var moments = start[i];
            losses[0] += modes[i].ThermalLoss(moments.Variance);
            for (var step = 0; step < rates.Length; step++)
            {
                moments = rule.Advance(moments, rates[step], modes[i]);
                losses[step + 1] += modes[i].ThermalLoss(moments.Variance);
            }
        }

        return losses;
    }

    internal static double[] Rates(ScheduleSpec schedule)
    {
        var rates = new double[schedule.TotalSteps];
        schedule.CopyRates(0, rates);
        return rates;
    }
}
