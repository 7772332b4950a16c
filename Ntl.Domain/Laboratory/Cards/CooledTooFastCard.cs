using Ntl.Domain.Annealing;
using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class CooledTooFastCard : LabCard
{
    private const string Floor = "floor";
    private const string Shape = "shape";
    private const string Hold = "hold";

    public override string Id => "cooled-too-fast";

    public override string Title => "Cooled too fast: the rate is at its floor, the valley is still hot";

    public override string WhatToLookAt =>
        "The rate reaches its floor before the valley can give its heat away. From then on it relaxes at the floor's own pace, κη per step, which is slow just because η is small. The third law's bound lies below: no schedule of this length could get under it.";

    public override string Formula => @"\frac{T_{obj}}{T_{bath}} = \frac{L_{th}}{C\eta} \gg 1,\qquad L_{th}(n) \ge \frac{C\eta_0}{1 + \kappa\eta_0 n/4}";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559 (second and third law); bound derived in Ntl.Domain.Thermodynamics";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        Knob.Choice(Shape, "shape of decay", "linear", "cosine", "exponential", "1/t"),
        SharedKnobs.StepsKnob(100), new(Hold, "steps at the floor", "", "", 400, 1, 100_000, KnobScale.Integer), new(Floor, "floor", "η_min/η₀", "", 0.02, 1e-4, 1, KnobScale.Logarithmic),
        SharedKnobs.RateKnob(0.1), SharedKnobs.CurvatureKnob(), SharedKnobs.NoiseKnob(), SharedKnobs.ReplicasKnob(16_384), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (rate, mode, decay) = (values[SharedKnobs.Rate], new ValleyMode(values[SharedKnobs.Curvature], values[SharedKnobs.Noise]), values.Integer(SharedKnobs.Steps));
        var floor = rate * values[Floor];
        var shape = new[] { DecayShape.Linear, DecayShape.Cosine, DecayShape.Exponential, DecayShape.Hyperbolic }[values.Integer(Shape)];
        var schedule = new ScheduleSpec(StandardSchedules.Decay(shape, decay, rate, floor), new ConstantRate(values.Integer(Hold), floor));
        var experiment = new Experiment(1, progress, cancellationToken);
        var result = experiment.Run(new()
        {
            Landscape = RiverValley.WithoutRiver(mode),
            Schedule = schedule,
            Replicas = values.Integer(SharedKnobs.Replicas),
            Seed = (ulong)values.Integer(SharedKnobs.Seed),
            Start = new([0], [Math.Sqrt(UpdateRule.Sgd.StationaryVariance(rate, mode))]),
            RecordAt = [.. EnsembleSpec.Evenly(schedule.TotalSteps, 80).Append(decay).Distinct().Order()],
        });
        var exact = ThermalPath.FromEquilibrium(UpdateRule.Sgd, [mode], rate, schedule);
        var (perRate, cooling) = (UpdateRule.Sgd.LossPerRate(mode.Noise), UpdateRule.Sgd.CoolingRate(mode));
        var steps = result.Records.Select(record => (double)record.Steps).ToList();
        var atFloor = result.Records.FirstOrDefault(record => record.Steps == decay)?.Observed[RiverValley.ThermalLoss];
        var end = result.Records[^1].Observed[RiverValley.ThermalLoss];
        return new(
            [
                new("Thermal loss, its bath and what no schedule can beat", "step", "", "L_th", "nats", false, true,
                [
                    Draw.Observed("simulation", result, RiverValley.ThermalLoss, isLog: true),
                    Draw.Curve("exact", CurveRole.Theory, steps, result.Records.Select(record => exact[record.Steps]), isLog: true),
                    Draw.Curve("bath Cη", CurveRole.Bound, steps, result.Records.Select(record => CoolingBounds.SecondLaw(perRate, record.LearningRate)), isLog: true),
                    Draw.Curve("third law", CurveRole.Bound, steps, result.Records.Select(record => CoolingBounds.ThirdLaw(perRate, cooling, rate, record.Steps)), isLog: true),
                ]),
            ],
            [
                Claim.Judge("out-of-equilibrium", 0, "When the rate reaches its floor, the valley is more than twice as hot as its bath", "T_obj/T_bath", "", ClaimComparison.AtLeast, 2, 0, atFloor, 1 / (perRate * floor)),
                Claim.Judge("path", 6, "Thermal loss when the rate reaches its floor, simulated against exact", "L_th", "nats", ClaimComparison.Relative, exact[decay], 0.03, atFloor),
                Claim.Judge("third-law", 6, "The end is above what any schedule of this length can reach", "L_th(n)", "nats", ClaimComparison.AtLeast, CoolingBounds.ThirdLaw(perRate, cooling, rate, schedule.TotalSteps), 0, end),
            ],
            experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values) =>
    [
        .. SharedKnobs.Stability(UpdateRule.Sgd, values[SharedKnobs.Rate], new(values[SharedKnobs.Curvature], values[SharedKnobs.Noise])),
        .. SharedKnobs.Work((double)(values.Integer(SharedKnobs.Steps) + values.Integer(Hold)) * values.Integer(SharedKnobs.Replicas), SharedKnobs.Replicas),
    ];
}
