using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class SecondLawCard : LabCard
{
    private const int Records = 50;

    public override string Id => "second-law";

    public override string Title => "Second law: while the rate falls, the valley is never colder than its bath";

    public override string WhatToLookAt =>
        "Each curve is the valley's temperature over the bath's, T_obj/T_bath = L_th/(Cη), along one shape of decay. All stay above 1. A gentle decay stays near 1 and pays for it at the end; a sudden one leaves heat behind.";

    public override string Formula => @"L_{th}(t) \ge C_v\,\eta_t \quad\Longleftrightarrow\quad T_{obj} \ge T_{bath}";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559 (second law)";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.1), SharedKnobs.StepsKnob(2000), SharedKnobs.CurvatureKnob(), SharedKnobs.NoiseKnob(), SharedKnobs.ReplicasKnob(6144), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var mode = new ValleyMode(values[SharedKnobs.Curvature], values[SharedKnobs.Noise]);
        var race = new DecayRace(mode, values[SharedKnobs.Rate], values.Integer(SharedKnobs.Steps));
        var experiment = new Experiment(race.Shapes.Length, progress, cancellationToken);
        List<PlotCurve> curves = [];
        List<Claim> claims = [];
        foreach (var (name, schedule) in race.Shapes)
        {
            var result = experiment.Run(race.ToSpec(schedule, values, Records));
            var exact = race.Exact(schedule);
            var ratios = Enumerable.Range(1, exact.Length - 1).Select(step => CoolingBounds.EquilibriumRatio(exact[step], race.LossPerRate(schedule, step), schedule.LearningRate(step - 1))).ToList();
            var records = result.Records.Where(record => record.Steps > 0).ToList();
            var measured = records.ConvertAll(record => Scaled(record.Observed[RiverValley.ThermalLoss], 1 / (race.LossPerRate(schedule, (int)record.Steps) * record.LearningRate)));
            curves.Add(Draw.Means($"{name}", records.Select(record => (double)record.Steps), measured, style: CurveStyle.Points, isLog: true));
            curves.Add(Draw.Curve($"{name}, exact", CurveRole.Theory, records.Select(record => (double)record.Steps), records.Select(record => ratios[(int)record.Steps - 1]), isLog: true));
            claims.Add(Claim.Judge($"{name.Replace(' ', '-')}-exact", 6, $"{name}: smallest T_obj/T_bath on the exact path", "min L_th/(Cη)", "", ClaimComparison.AtLeast, 1, 1e-9, ratios.Min()));

            // At one place: the smallest of fifty noisy ratios would be below 1 by noise alone.
            var middle = records.FindIndex(record => record.Steps >= schedule.TotalSteps / 2);
            claims.Add(Claim.Judge(
                $"{name.Replace(' ', '-')}-simulated", 6, $"{name}: simulated T_obj/T_bath half-way", "L_th/(Cη)", "", ClaimComparison.Relative, middle < 0 ? 1 : ratios[(int)records[middle].Steps - 1], 0.05,
                middle < 0 ? null : measured[middle]));
        }

        curves.Add(new("second law", CurveRole.Bound, [0, values.Integer(SharedKnobs.Steps)], [1, 1]));
        return new([new("Temperature of the valley over that of its bath", "step", "", "T_obj/T_bath", "", false, true, [.. curves])], [.. claims], experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values) =>
    [
        .. SharedKnobs.Stability(UpdateRule.Sgd, values[SharedKnobs.Rate], new(values[SharedKnobs.Curvature], values[SharedKnobs.Noise])),
        .. SharedKnobs.Work(6.0 * values.Integer(SharedKnobs.Steps) * values.Integer(SharedKnobs.Replicas), SharedKnobs.Replicas),
    ];

    private static EnsembleMean Scaled(EnsembleMean mean, double factor) => mean with { Mean = mean.Mean * factor, StandardDeviation = mean.StandardDeviation * factor };
}
