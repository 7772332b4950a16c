using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class NewtonCoolingCard : LabCard
{
    private const string Excess = "excess";

    // Independent batches of replicas, for an error of the fitted rate.
    private const int Batches = 8;

    public override string Id => "newton-cooling";

    public override string Title => "A hot valley cools by Newton's law in intrinsic time";

    public override string WhatToLookAt =>
        "On a logarithmic axis the heat above equilibrium falls along a straight line in D = Σ η. Its slope is κ, twice the curvature, a little more at a rate that is not small.";

    public override string Formula => @"\frac{dL_{th}}{dD} = -\kappa\,(L_{th} - C\eta),\qquad \kappa = -\tfrac{2}{\eta}\ln(1-\eta a) \approx 2a";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559 (thermal conduction); the exact rate derived in Ntl.Domain.Thermodynamics";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.02), SharedKnobs.CurvatureKnob(), SharedKnobs.NoiseKnob(), new(Excess, "start above equilibrium", "V₀/V_η", "", 4, 1.5, 100, KnobScale.Logarithmic),
        SharedKnobs.ReplicasKnob(80_000), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (rate, mode) = (values[SharedKnobs.Rate], Mode(values));
        var exact = NewtonCooling.ExactCoolingRate(rate, mode.Curvature);
        var (variance, equilibrium) = (UpdateRule.Sgd.StationaryVariance(rate, mode), UpdateRule.Sgd.StationaryLoss(rate, mode));
        var steps = (long)Math.Ceiling(1.2 / (exact * rate));
        var experiment = new Experiment(Batches, progress, cancellationToken);
        List<double> slopes = [];
        List<EnsembleResult> results = [];
        for (var batch = 0; batch < Batches; batch++)
        {
            results.Add(experiment.Run(new()
            {
                Landscape = RiverValley.WithoutRiver(mode),
                Schedule = StandardSchedules.Constant(steps, rate),
                Replicas = Math.Max(1, values.Integer(SharedKnobs.Replicas) / Batches),
                Seed = (ulong)values.Integer(SharedKnobs.Seed),
                Start = new([0], [Math.Sqrt(values[Excess] * variance)]),
                RecordAt = EnsembleSpec.Evenly(steps, 13),
            }));
            slopes.Add(Slope(results[batch].Records, equilibrium));
        }

        var (mean, error) = (slopes.Average(), Math.Sqrt(slopes.Sum(slope => Math.Pow(slope - slopes.Average(), 2)) / (Batches - 1) / Batches));
        var times = results[0].Records.Select(record => record.IntrinsicTime).ToList();
        var law = new NewtonCooling(exact, equilibrium / rate);
        var measured = times.Select((_, i) => results.Average(result => result.Records[i].Observed[RiverValley.ThermalLoss].Mean) - equilibrium).ToList();
        return new(
            [
                new("Heat above equilibrium", "intrinsic time D", "η·step", "L_th − L_eq", "nats", false, true,
                [
                    Draw.Curve("simulation", CurveRole.Measured, times, measured, CurveStyle.Points, isLog: true),
                    Draw.Theory("Newton's law", times, time => law.After(values[Excess] * equilibrium, rate, time) - equilibrium, isLog: true),
                ]),
            ],
            [Claim.Judge("kappa", 7, "The excess decays at κ = −2 ln(1 − ηa)/η per unit of D", "κ", "1/η", ClaimComparison.Relative, exact, 0.03, mean, error)],
            experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values)
    {
        var (rate, mode) = (values[SharedKnobs.Rate], Mode(values));
        return rate * mode.Curvature >= 0.5
            ? [.. SharedKnobs.Stability(UpdateRule.Sgd, rate, mode), new(SharedKnobs.Rate, FormattableString.Invariant($"At ηa = {NumberFormat.Number(rate * mode.Curvature, 3)} the valley is cold after a step or two: take a rate below {0.5 / mode.Curvature:G3} to see it cool."))]
            : SharedKnobs.Work(values.Integer(SharedKnobs.Replicas) / (rate * mode.Curvature), SharedKnobs.Rate);
    }

    private static ValleyMode Mode(KnobValues values) => new(values[SharedKnobs.Curvature], values[SharedKnobs.Noise]);

    // Least squares of ln(L − L_eq) against D, up to 1.2 relaxation times, where noise is still small beside what is left.
    private static double Slope(IReadOnlyList<EnsembleRecord> records, double equilibrium)
    {
        var points = records.Select(record => (X: record.IntrinsicTime, Y: Math.Log(record.Observed[RiverValley.ThermalLoss].Mean - equilibrium))).ToList();
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return -points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
