using System.Collections.Immutable;
using Ntl.Domain.Annealing;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

/// <summary>Shapes of decay that start in the same equilibrium and take the same number of steps.</summary>
internal sealed class DecayRace(ValleyMode mode, double startRate, int steps)
{
    /// <summary>Best first; without the one that does not decay.</summary>
    public ImmutableArray<RaceEntry> Shapes { get; } = [.. ScheduleRace.Shapes(mode, startRate, steps).Where(entry => entry.Schedule.Final < startRate)];

    /// <summary>C in the limit of small rates.</summary>
    public double SmallRateLossPerRate => UpdateRule.Sgd.LossPerRate(mode.Noise);

    public double[] Exact(ScheduleSpec schedule) => ThermalPath.FromEquilibrium(UpdateRule.Sgd, [mode], startRate, schedule);

    /// <summary>C at the rate of a step, finite η included: the bath's loss per unit of rate.</summary>
    public double LossPerRate(ScheduleSpec schedule, int step) => UpdateRule.Sgd.StationaryLoss(schedule.LearningRate(step - 1), mode) / schedule.LearningRate(step - 1);

    public EnsembleSpec ToSpec(ScheduleSpec schedule, KnobValues values, int records) => new()
    {
        Landscape = RiverValley.WithoutRiver(mode),
        Schedule = schedule,
        Replicas = values.Integer(SharedKnobs.Replicas),
        Seed = (ulong)values.Integer(SharedKnobs.Seed),
        Start = new([0], [Math.Sqrt(UpdateRule.Sgd.StationaryVariance(startRate, mode))]),
        RecordAt = EnsembleSpec.Evenly(steps, records),
    };
}
