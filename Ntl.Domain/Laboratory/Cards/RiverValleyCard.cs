using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class RiverValleyCard : LabCard
{
    private const string Schedule = "schedule";
    private const string River = "river";
    private const string Slope = "slope";
    private const string Valley = "valley";
    private const string Sharpening = "sharpening";
    private const string Directions = "directions";
    private const string RiverNoise = "river-noise";
    private const int Records = 120;

    public override string Id => "river-valley";

    public override string Title => "The river and its valley: turn every knob";

    public override string WhatToLookAt =>
        "Walkers shake across a steep valley and drift down its river. The loss has two parts: the river's, which falls with D = Σ η, and the valley's, which follows η. When the rate decays the second goes away and shows the first.";

    public override string Formula => @"\ell(x, y) = c(y) + \tfrac12\, a(y) \sum_{i=1}^N x_i^2,\qquad c = -hy,\ \tfrac{A}{1+y},\ \tfrac12 k y^2,\ 0,\qquad a = a_0,\ a_0 e^{qy},\ a_0(1 + q y^2)";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559, figure 1; Wen et al. 2024, arXiv:2410.05192 (river valley)";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        Knob.Choice(SharedKnobs.Optimizer, "optimiser", [.. SharedKnobs.Optimizers.Select(pair => pair.Word)]),
        Knob.Choice(Schedule, "schedule", "WSD", "constant", "cosine", "linear", "1/t"),
        SharedKnobs.RateKnob(0.1), SharedKnobs.StepsKnob(1000),
        Knob.Choice(River, "river c(y)", "falling", "reciprocal", "bowl", "level"),
        new(Slope, "scale of the river", "h, A, k", "nats", 0.05, 0, 10), Knob.Choice(Valley, "valley a(y)", "uniform", "exponential", "quadratic"),
        new(Sharpening, "sharpening", "q", "", 0.2, -5, 5), SharedKnobs.CurvatureKnob(), SharedKnobs.NoiseKnob(),
        new(RiverNoise, "noise along the river", "σ_y", "nats/param", 0, 0, 10), new(Directions, "valley directions", "N", "", 1, 1, 100, KnobScale.Integer),
        new("x", "start across the valley", "x₀", "param", 0.5, -100, 100), new("y", "start along the river", "y₀", "param", 0, -0.9, 100),
        SharedKnobs.ReplicasKnob(2048), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var spec = Spec(values);
        var experiment = new Experiment(1, progress, cancellationToken);
        var result = experiment.Run(spec);
        var theory = RiverTheory.Along(spec);
        return new(RiverValleyPlots.Of(spec, result, theory), [.. Claims(result, theory)], experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values)
    {
        var spec = Spec(values);
        var landscape = (RiverValley)spec.Landscape;
        List<SpecProblem> problems = [];
        foreach (var problem in spec.Validate())
        {
            var knob = problem.Path switch { "landscape.valley.rate" => Sharpening, "landscape.river.scale" => Slope, "replicas" => SharedKnobs.Replicas, _ => "" };
            problems.Add(problem with { Path = knob });
        }

        if (problems.Count == 0)
        {
            var law = spec.Optimizer.Law;
            problems.AddRange(SharedKnobs.Stability(law, spec.Schedule.Peak, landscape.ModeAt(0, values["y"])));
            if (landscape.River is { Shape: RiverShape.Bowl, Scale: > 0 })
            {
                problems.AddRange(SharedKnobs.Stability(law, spec.Schedule.Peak, new(landscape.River.Scale, 0), Slope));
            }
        }

        problems.AddRange(SharedKnobs.Work((double)spec.Replicas * spec.Schedule.TotalSteps * landscape.Coordinates, SharedKnobs.Replicas));
        return problems;
    }

    private static EnsembleSpec Spec(KnobValues values)
    {
        const double WsdDecayShare = 0.3;
        var (rate, steps) = (values[SharedKnobs.Rate], (long)values.Integer(SharedKnobs.Steps));
        var directions = Enumerable.Repeat(new ValleyMode(values[SharedKnobs.Curvature], values[SharedKnobs.Noise]), values.Integer(Directions));
        var river = values.Integer(River) switch
        {
            0 => RiverProfile.Falling(values[Slope]),
            1 => RiverProfile.Reciprocal(values[Slope]),
            2 => RiverProfile.Bowl(values[Slope]),
            _ => RiverProfile.Level,
        };
        var valley = values.Integer(Valley) switch
        {
            1 => CurvatureProfile.Exponential(values[Sharpening]),
            2 => CurvatureProfile.Quadratic(values[Sharpening]),
            _ => CurvatureProfile.Uniform,
        };
        var landscape = new RiverValley([.. directions], river, valley, values[RiverNoise]);
        return new()
        {
            Landscape = landscape,
            Optimizer = SharedKnobs.Optimizers[values.Integer(SharedKnobs.Optimizer)].Optimizer,
            Schedule = values.Integer(Schedule) switch
            {
                0 => StandardSchedules.WarmupStableDecay(steps, rate, DecayShape.Linear, (long)(WsdDecayShare * steps)),
                1 => StandardSchedules.Constant(steps, rate),
                2 => StandardSchedules.Cosine(steps, rate),
                3 => StandardSchedules.Linear(steps, rate),
                _ => StandardSchedules.Hyperbolic(steps, rate, rate / 100),
            },
            Replicas = values.Integer(SharedKnobs.Replicas),
            Seed = (ulong)values.Integer(SharedKnobs.Seed),
            Start = EnsembleStart.At([.. Enumerable.Repeat(values["x"], directions.Count()), .. landscape.HasRiver ? [values["y"]] : Array.Empty<double>()]),
            RecordAt = EnsembleSpec.Evenly(steps, Records),
        };
    }

    private static IEnumerable<Claim> Claims(EnsembleResult result, RiverTheory theory)
    {
        if (result.Records.IsEmpty)
        {
            yield break;
        }

        var end = result.Records[^1];
        yield return Claim.Judge("thermal-end", 0, "Thermal loss at the end, against the recursion of moments", "L_th", "nats", ClaimComparison.Relative, theory.Thermal[end.Steps], 0.1, end.Observed[RiverValley.ThermalLoss]);
        if (theory.HasRiver)
        {
            yield return Claim.Judge(
                "river-end", 0, "Way down the river, against the averaged law", "y − y₀", "param", ClaimComparison.Relative, theory.Position[end.Steps] - theory.Position[0], 0.05,
                end.Observed[RiverValley.RiverPosition].Mean - theory.Position[0], end.Observed[RiverValley.RiverPosition].StandardError);
        }
    }
}
