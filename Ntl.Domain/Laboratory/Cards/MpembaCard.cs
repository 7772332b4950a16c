using Ntl.Domain.Annealing;
using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class MpembaCard : LabCard
{
    private const string Hot = "hot";
    private const string Plateau = "plateau";
    private const string Displacement = "displacement";

    // A slow direction that starts displaced, a fast one that starts at rest.
    private const double SlowCurvature = 0.05;
    private const double SlowNoise = 0.3;

    public override string Id => "mpemba";

    public override string Title => "Mpemba: the hotter plateau can end colder";

    public override string WhatToLookAt =>
        "Two plateaus, one at a high rate, then the same cooling. When cooling begins the hot run has the higher loss. But its heat sits in the fast direction, which cools at once, while the cold run still has a displaced slow direction: the curves cross.";

    public override string Formula => @"L(D) - L_{eq} = \sum_i \tfrac12 a_i\,(V_i - V_i^{eq})\,e^{-2a_i D}";

    public override string Source => "Mpemba effect in learning-rate schedules: arXiv:2507.04206; this toy is ours";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.02), new(Hot, "hot plateau", "η_hot/η", "", 5, 1.5, 50, KnobScale.Logarithmic), new(Plateau, "plateau", "n", "steps", 200, 10, 10_000, KnobScale.Integer),
        new(Displacement, "displacement of the slow direction", "x_s", "param", 1.1, 0.1, 10), SharedKnobs.StepsKnob(600), SharedKnobs.ReplicasKnob(16_384), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var experiment = new Experiment(2, progress, cancellationToken);
        var (cold, hot) = (Path(values, values[SharedKnobs.Rate], experiment), Path(values, values[SharedKnobs.Rate] * values[Hot], experiment));
        var plateau = values.Integer(Plateau);
        var (coldStart, hotStart) = (At(cold.Result, plateau), At(hot.Result, plateau));
        var (coldEnd, hotEnd) = (At(cold.Result, null), At(hot.Result, null));
        return new(
            [
                new("Loss on the plateau and after it", "step", "", "loss", "nats", false, true,
                [
                    Draw.Observed("cold plateau", cold.Result, RiverValley.ThermalLoss, isLog: true), Exact("cold plateau, exact", cold),
                    Draw.Observed("hot plateau", hot.Result, RiverValley.ThermalLoss, isLog: true), Exact("hot plateau, exact", hot),
                ]),
            ],
            [
                Compare("hotter-first", "When cooling begins, the hot run's loss over the cold one's", ClaimComparison.AtLeast, hotStart, coldStart),
                Compare("colder-last", "When it ends, the hot run's loss over the cold one's", ClaimComparison.AtMost, hotEnd, coldEnd),
                Claim.Judge("exact-hot", 0, "The hot run's end, simulated against exact", "L", "nats", ClaimComparison.Relative, hot.Exact[^1], 0.03, hotEnd),
                Claim.Judge("exact-cold", 0, "The cold run's end, simulated against exact", "L", "nats", ClaimComparison.Relative, cold.Exact[^1], 0.03, coldEnd),
            ],
            experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values)
    {
        if (SharedKnobs.Stability(UpdateRule.Sgd, values[SharedKnobs.Rate] * values[Hot], new(1, 1)).Any())
        {
            return [new(Hot, FormattableString.Invariant($"The hot plateau's rate {NumberFormat.Number(values[SharedKnobs.Rate] * values[Hot])} is not below 2, the stability limit of the fast direction."))];
        }

        return SharedKnobs.Work(4.0 * (values.Integer(Plateau) + values.Integer(SharedKnobs.Steps)) * values.Integer(SharedKnobs.Replicas), SharedKnobs.Replicas);
    }

    private static (EnsembleResult Result, double[] Exact) Path(KnobValues values, double rate, Experiment experiment)
    {
        const double CoolingRateShare = 0.25;
        ValleyMode[] modes = [new(1, 1), new(SlowCurvature, SlowNoise)];
        var (plateau, cooling) = (values.Integer(Plateau), values.Integer(SharedKnobs.Steps));
        var schedule = new ScheduleSpec(new ConstantRate(plateau, rate), new ConstantRate(cooling, CoolingRateShare * values[SharedKnobs.Rate]));
        var result = experiment.Run(new()
        {
            Landscape = RiverValley.WithoutRiver([.. modes]),
            Schedule = schedule,
            Replicas = values.Integer(SharedKnobs.Replicas),
            Seed = (ulong)values.Integer(SharedKnobs.Seed),
            Start = EnsembleStart.At(0, values[Displacement]),
            RecordAt = [.. EnsembleSpec.Evenly(schedule.TotalSteps, 80).Append(plateau).Distinct().Order()],
        });
        var rates = new double[schedule.TotalSteps];
        schedule.CopyRates(0, rates);
        return (result, ThermalPath.From(UpdateRule.Sgd, modes, [ValleyMoments.AtRest(0, modes[0]), ValleyMoments.AtRest(values[Displacement] * values[Displacement], modes[1])], rates));
    }

    private static PlotCurve Exact(string label, (EnsembleResult Result, double[] Exact) path) =>
        Draw.Curve(label, CurveRole.Theory, path.Result.Records.Select(record => (double)record.Steps), path.Result.Records.Select(record => path.Exact[record.Steps]), isLog: true);

    private static EnsembleMean? At(EnsembleResult result, long? step) =>
        (step is null ? result.Records.LastOrDefault() : result.Records.FirstOrDefault(record => record.Steps == step))?.Observed[RiverValley.ThermalLoss];

    private static Claim Compare(string id, string text, ClaimComparison comparison, EnsembleMean? hot, EnsembleMean? cold) => Claim.Judge(
        id, 0, text, "L_hot/L_cold", "", comparison, 1, 0, hot?.Mean / cold?.Mean ?? double.NaN,
        hot?.Mean / cold?.Mean * ((hot?.StandardError / hot?.Mean) + (cold?.StandardError / cold?.Mean)) ?? double.NaN);
}
