using System.Collections.Immutable;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Annealing;

/// <summary>Decay shapes of one length, run from one equilibrium, compared by the thermal loss they end with.</summary>
/// <remarks>Gradient descent on one direction, by the exact recursion, so that the 1/t decay is the best that there is.</remarks>
public static class ScheduleRace
{
    /// <summary>The usual shapes: 1/t, exponential to a thousandth, a step to a hundredth, (1−x)², 1−√x, cosine, linear and no decay.</summary>
    /// <param name="mode">The direction, with noise above 0.</param>
    /// <param name="startRate">η₀; above 0 and stable.</param>
    /// <param name="steps">Length; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no equilibrium at the start rate.</exception>
    /// <exception cref="InvalidScheduleException">No schedule has that many steps or that rate.</exception>
    public static ImmutableArray<RaceEntry> Shapes(ValleyMode mode, double startRate, long steps) =>
    [
        new("1/t", HyperbolicLaw.FromEquilibrium(mode, startRate).ToSchedule(steps)),
        new("exponential", new(new ExponentialDecay(steps, startRate, startRate / 1000))),
        new("step", new(new ConstantRate(steps, startRate / 100))),
        new("(1−x)²", new(new PolynomialDecay(steps, startRate, 0, 2))),
        new("1−√x", new(new OneMinusSquareRootDecay(steps, startRate, 0))),
        new("cosine", new(new CosineDecay(steps, startRate, 0))),
        new("linear", new(new LinearDecay(steps, startRate, 0))),
        new("constant", new(new ConstantRate(steps, startRate))),
    ];

    /// <summary>Runs schedules, best first; one that diverges ends last, with a loss of ∞.</summary>
    /// <param name="mode">The direction, with noise above 0.</param>
    /// <param name="startRate">η₀ of the equilibrium before the first step; above 0 and stable.</param>
    /// <param name="entries">The schedules, of any lengths.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no equilibrium at the start rate.</exception>
    public static ImmutableArray<RaceResult> Run(ValleyMode mode, double startRate, params IEnumerable<RaceEntry> entries)
    {
        var law = HyperbolicLaw.FromEquilibrium(mode, startRate);
        return [.. entries.Select(entry => Run(law, startRate, entry)).OrderBy(result => result.ThermalLoss)];
    }

    private static RaceResult Run(HyperbolicLaw law, double startRate, RaceEntry entry)
    {
        var losses = ThermalPath.FromEquilibrium(UpdateRule.Sgd, [law.Mode], startRate, entry.Schedule);
        var smallest = double.PositiveInfinity;
        for (var step = 0; step < entry.Schedule.TotalSteps; step++)
        {
            var rate = entry.Schedule.LearningRate(step);
            if (rate > 0 && rate < UpdateRule.Sgd.StabilityLimit(law.Mode))
            {
                smallest = Math.Min(smallest, losses[step + 1] / UpdateRule.Sgd.StationaryLoss(rate, law.Mode));
            }
        }

        var final = UpdateRule.Sgd.LossPerRate(law.Mode.Noise) * entry.Schedule.Final;
        return new(
            entry,
            losses[^1],
            losses[^1] / law.ThermalLossAfter(entry.Schedule.TotalSteps),
            smallest,
            losses[^1] / final);
    }
}
