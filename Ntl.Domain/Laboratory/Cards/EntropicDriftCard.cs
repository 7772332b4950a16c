using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class EntropicDriftCard : LabCard
{
    private const string Batch = "batch";
    private const string Sharpening = "sharpening";

    public override string Id => "entropic-drift";

    public override string Title => "With no slope at all, a river runs to where its valley is widest, in B/η² steps";

    public override string WhatToLookAt =>
        "The bed is level; the valley is widest at y = 0. Every replica drifts there. A batch four times as large takes four times as many steps, a rate twice as high a quarter of them.";

    public override string Formula => @"\frac{dy}{dt} = -\frac{\eta^2\sigma^2}{4B}\,\partial_y\ln a(y),\qquad a = a_0(1 + q y^2),\qquad t_{1/2} \propto \frac{B}{\eta^2}";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559 (entropic force); Di Carlo, Goddard, Schwab 2025, arXiv:2512.06297 (entropic confinement)";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.04), new(Batch, "batch size", "B", "samples", 1, 1, 64, KnobScale.Integer), new(Sharpening, "sharpening", "q", "1/param²", 1, 0.05, 20, KnobScale.Logarithmic),
        SharedKnobs.NoiseKnob(), SharedKnobs.ReplicasKnob(1024), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var cells = Cells(values).ToList();
        var experiment = new Experiment(cells.Count, progress, cancellationToken);
        List<PlotCurve> curves = [];
        List<double> halfTimes = [];
        List<Claim> claims = [];
        foreach (var (rate, batch, path) in cells)
        {
            var mode = Mode(values, batch);
            var result = experiment.Run(new()
            {
                Landscape = new RiverValley([mode], RiverProfile.Level, CurvatureProfile.Quadratic(values[Sharpening])),
                Schedule = StandardSchedules.Constant(path.Count - 1, rate),
                Replicas = values.Integer(SharedKnobs.Replicas),
                Seed = (ulong)values.Integer(SharedKnobs.Seed),
                Start = new([0, 1], [Math.Sqrt(UpdateRule.Sgd.StationaryVariance(rate, mode)), 0]),
                RecordAt = EnsembleSpec.Evenly(path.Count - 1, 61),
            });
            var label = FormattableString.Invariant($"η = {NumberFormat.Rate(rate)}, B = {batch}");
            curves.Add(Draw.Observed(label, result, RiverValley.RiverPosition));
            curves.Add(Draw.Curve($"{label}, theory", CurveRole.Theory, result.Records.Select(record => (double)record.Steps), result.Records.Select(record => path[(int)record.Steps])));
            var (half, error) = HalfTime(result.Records);
            halfTimes.Add(half);
            claims.Add(Claim.Judge($"half-{claims.Count + 1}", 9, $"{label}: steps until y has halved", "t½", "steps", ClaimComparison.Relative, path.FindIndex(y => y <= 0.5), 0.03, half, error));
        }

        claims.Add(Claim.Judge("batch", 9, "Four times the batch takes four times the steps", "t½(4B)/t½(B)", "", ClaimComparison.Relative, 4, 0.05, halfTimes[1] / halfTimes[0]));
        claims.Add(Claim.Judge("rate", 9, "Twice the rate takes a quarter of the steps", "t½(2η)/t½(η)", "", ClaimComparison.Relative, 0.25, 0.08, halfTimes[2] / halfTimes[0]));
        return new([new("Drift to the widest place", "step", "", "y", "param", false, false, [.. curves])], [.. claims], experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values)
    {
        var mode = Mode(values, values.Integer(Batch));
        var narrow = new ValleyMode(mode.Curvature * (1 + values[Sharpening]), mode.Noise);
        var unstable = SharedKnobs.Stability(UpdateRule.Sgd, 2 * values[SharedKnobs.Rate], narrow).ToList();
        if (unstable.Count > 0)
        {
            return [new(SharedKnobs.Rate, FormattableString.Invariant($"Twice the rate η, which is run as well, is not below {NumberFormat.Number(UpdateRule.Sgd.StabilityLimit(narrow))}, the stability limit at the narrow start."))];
        }

        var perStep = EntropicForce.RelaxationSteps(values[SharedKnobs.Rate], UpdateRule.Sgd.LossPerRate(mode.Noise), 2 * values[Sharpening]);
        return SharedKnobs.Work(10 * perStep * (1 + values[Sharpening]) * values.Integer(SharedKnobs.Replicas), SharedKnobs.Rate);
    }

    private static ValleyMode Mode(KnobValues values, int batch) => new(1, values[SharedKnobs.Noise] / Math.Sqrt(batch));

    private static IEnumerable<(double Rate, int Batch, List<double> Path)> Cells(KnobValues values)
    {
        var (rate, batch) = (values[SharedKnobs.Rate], values.Integer(Batch));
        foreach (var (r, b) in new[] { (rate, batch), (rate, 4 * batch), (2 * rate, batch) })
        {
            yield return (r, b, Path(r, Mode(values, b), CurvatureProfile.Quadratic(values[Sharpening])));
        }
    }

    /// <summary>The averaged law, step by step, from y = 1 until it is well below ½.</summary>
    private static List<double> Path(double rate, ValleyMode mode, CurvatureProfile valley)
    {
        const double End = 0.4;
        List<double> path = [1];
        while (path[^1] > End)
        {
            var y = path[^1];
            path.Add(y + (rate * EntropicForce.Drift(0, UpdateRule.Sgd.StationaryLoss(rate, new(mode.Curvature * valley.Factor(y), mode.Noise)), valley.LogSlope(y))));
        }

        return path;
    }

    private static (double Steps, double Error) HalfTime(IReadOnlyList<EnsembleRecord> records)
    {
        foreach (var (before, after) in records.Zip(records.Skip(1)))
        {
            var (y0, y1) = (before.Observed[RiverValley.RiverPosition], after.Observed[RiverValley.RiverPosition]);
            if (y1.Mean <= 0.5)
            {
                var slope = (y0.Mean - y1.Mean) / (after.Steps - before.Steps);
                return (before.Steps + ((y0.Mean - 0.5) / slope), y1.StandardError / slope);
            }
        }

        return (double.NaN, double.NaN);
    }
}
