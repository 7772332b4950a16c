using Ntl.Domain.Landscapes;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

/// <summary>One optimiser that warms a cold valley at one rate, until the loss stands still, and then is measured.</summary>
/// <param name="Word">The optimiser's name.</param>
/// <param name="Optimizer">The optimiser.</param>
/// <param name="Mode">The valley.</param>
/// <param name="CommonRate">η for plain gradient descent.</param>
/// <param name="WindowTimes">Length of the measuring window in relaxation times of the energy.</param>
/// <param name="BurnTimes">How long it warms before, in the same times: e^(−BurnTimes) of the way is left to go, and the window's mean is that share of 1/WindowTimes too low.</param>
internal sealed record WarmUp(string Word, EnsembleOptimizer Optimizer, ValleyMode Mode, double CommonRate, double WindowTimes, double BurnTimes)
{
    private const double FewestBurnSteps = 200;

    public UpdateRule Law => Optimizer.Law;

    /// <summary>Heavy ball takes η(1 − β), so that one gradient moves x as far in the end.</summary>
    public double Rate => Optimizer.Kind == EnsembleOptimizerKind.HeavyBall ? CommonRate * (1 - Optimizer.Beta1) : CommonRate;

    public long BurnSteps => (long)Math.Min(EnsembleSpec.MaximumSteps / 2, Math.Max(FewestBurnSteps, Math.Ceiling(BurnTimes / (Rate * Law.CoolingRate(Mode)))));

    public long Steps => BurnSteps + (long)Math.Min(EnsembleSpec.MaximumSteps / 2, Math.Ceiling(WindowTimes / (Rate * Law.CoolingRate(Mode))));

    public EnsembleSpec ToSpec(KnobValues values, int records = 0) => new()
    {
        Landscape = RiverValley.WithoutRiver(Mode),
        Optimizer = Optimizer,
        Schedule = StandardSchedules.Constant(Steps, Rate),
        Replicas = values.Integer(SharedKnobs.Replicas),
        Seed = (ulong)values.Integer(SharedKnobs.Seed),
        MeasureFrom = BurnSteps,
        RecordAt = records == 0 ? [] : EnsembleSpec.Evenly(Steps, records),
    };
}
