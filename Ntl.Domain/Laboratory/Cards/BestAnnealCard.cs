using Ntl.Domain.Annealing;
using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class BestAnnealCard : LabCard
{
    private const int Records = 60;

    // The last part of the path, where the half step at the start is forgotten.
    private const double SettledShare = 0.05;

    public override string Id => "best-anneal";

    public override string Title => "The best anneal is 1/t and stays twice as hot as its bath";

    public override string WhatToLookAt =>
        "All shapes start in the same equilibrium and take the same steps. The lowest end belongs to 1/η rising evenly; on the way its valley is exactly twice as hot as its bath.";

    public override string Formula => @"\frac{1}{\eta_t} = \frac{1}{\eta_1} + \frac{\kappa}{2}(t - t_1),\qquad \frac{1}{V_t} = \frac{1}{V_0} + \frac{a^2 t}{\sigma^2},\qquad \frac{T_{obj}}{T_{bath}} = 2";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559 (annealing); exact discrete optimum derived in Ntl.Domain.Annealing";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.1), SharedKnobs.StepsKnob(2000), SharedKnobs.CurvatureKnob(), SharedKnobs.NoiseKnob(), SharedKnobs.ReplicasKnob(8192), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (mode, rate, steps) = (new ValleyMode(values[SharedKnobs.Curvature], values[SharedKnobs.Noise]), values[SharedKnobs.Rate], values.Integer(SharedKnobs.Steps));
        var (race, law) = (new DecayRace(mode, rate, steps), HyperbolicLaw.FromEquilibrium(mode, rate));
        var experiment = new Experiment(race.Shapes.Length, progress, cancellationToken);
        var best = law.ThermalLossAfter(steps);
        List<Claim> claims = [Claim.Judge("closed-form", 8, "The 1/t schedule ends at the closed form, on the exact path", "L_th(n)", "nats", ClaimComparison.Relative, best, 1e-9, race.Exact(race.Shapes[0].Schedule)[^1])];
        List<PlotCurve> losses = [], ratios = [];
        foreach (var (name, schedule) in race.Shapes)
        {
            var result = experiment.Run(race.ToSpec(schedule, values, Records));
            var exact = race.Exact(schedule);
            losses.Add(Draw.Observed(name, result, RiverValley.ThermalLoss, isLog: true));
            losses.Add(Draw.Curve($"{name}, exact", CurveRole.Theory, result.Records.Select(record => (double)record.Steps), result.Records.Select(record => exact[record.Steps]), isLog: true));
            var end = result.Records[^1].Observed[RiverValley.ThermalLoss];
            if (!schedule.Equals(race.Shapes[0].Schedule))
            {
                claims.Add(Claim.Judge($"worse-{name.Replace(' ', '-')}", 8, $"{name}: end of the exact path over the optimum's", "L_th/L_best", "", ClaimComparison.AtLeast, 1, 0, exact[^1] / best));
            }

            claims.Add(Claim.Judge($"end-{name.Replace(' ', '-')}", 8, $"{name}: simulated end over the optimum's", "L_th/L_best", "", ClaimComparison.Relative, exact[^1] / best, 0.05, end, 1 / best));
            var settled = result.Records.Where(record => record.Steps > SettledShare * steps).ToList();
            ratios.Add(Draw.Curve(name, CurveRole.Measured, settled.Select(record => (double)record.Steps), settled.Select(record => Ratio(race, schedule, record)), CurveStyle.Points, isLog: true));
            if (schedule.Equals(race.Shapes[0].Schedule))
            {
                // Relaxation takes about t/2 steps at step t: every factor e² in t is a new look, and each look has the spread √(2/M).
                var error = 2 * Math.Sqrt(2.0 / values.Integer(SharedKnobs.Replicas) / Math.Max(1, Math.Log(1 / SettledShare) / 2));
                claims.Add(Claim.Judge("twice-as-hot", 8, "On the 1/t path the valley is twice as hot as its bath", "T_obj/T_bath", "", ClaimComparison.Relative, 2, 0.03, settled.Average(record => Ratio(race, schedule, record)), error));
            }
        }

        ratios.Add(new("twice", CurveRole.Theory, [0, steps], [2, 2]));
        return new(
            [
                new("Thermal loss along seven anneals", "step", "", "L_th", "nats", false, true, [.. losses]),
                new("How much hotter than the bath", "step", "", "T_obj/T_bath", "", false, true, [.. ratios]),
            ],
            [.. claims], experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values) =>
    [
        .. SharedKnobs.Stability(UpdateRule.Sgd, values[SharedKnobs.Rate], new(values[SharedKnobs.Curvature], values[SharedKnobs.Noise])),
        .. SharedKnobs.Work(7.0 * values.Integer(SharedKnobs.Steps) * values.Integer(SharedKnobs.Replicas), SharedKnobs.Replicas),
    ];

    // The bath is the small-rate law's, T = ησ²/2, as in the claim.
    private static double Ratio(DecayRace race, Schedules.ScheduleSpec schedule, EnsembleRecord record) =>
        CoolingBounds.EquilibriumRatio(record.Observed[RiverValley.ThermalLoss].Mean, race.SmallRateLossPerRate, schedule.LearningRate(record.Steps - 1));
}
