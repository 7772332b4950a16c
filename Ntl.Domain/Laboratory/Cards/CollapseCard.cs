using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class CollapseCard : LabCard
{
    private const string IntrinsicTime = "intrinsic-time";
    private const string Sharpening = "sharpening";

    // The valley forgets what came before within the hold, e^(−2aD) with aD = 4, and is measured in its last quarter.
    private const double HoldTime = 4;
    private const double MeasuredShare = 0.25;

    public override string Id => "collapse";

    public override string Title => "The final loss depends on D and η_min alone";

    public override string WhatToLookAt =>
        "Nine warmup-free WSD schedules, of three peaks and three decay lengths, have the same D = Σ η and the same last rate. Against D their losses end at one point, whatever the way. Let the valley sharpen along the river, and the entropic force takes them apart.";

    public override string Formula => @"L = c(y(D)) + N\,C(\sigma)\,\eta_{min}";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559 (collapse of schedules)";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.01, max: 0.2), new(IntrinsicTime, "intrinsic time", "D", "η·step", 40, 10, 400), new("final-rate", "final rate", "η_min", "", 0.001, 1e-4, 0.1, KnobScale.Logarithmic),
        new(Sharpening, "sharpening of the valley", "q", "1/param", 0, 0, 1), SharedKnobs.NoiseKnob(), SharedKnobs.ReplicasKnob(1024), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var schedules = Schedules(values).ToList();
        var experiment = new Experiment(schedules.Count, progress, cancellationToken);
        var (mode, floor) = (new ValleyMode(1, values[SharedKnobs.Noise]), values["final-rate"]);
        List<PlotCurve> curves = [], above = [];
        List<(double Loss, double Error)> ends = [];
        foreach (var (label, schedule) in schedules)
        {
            var hold = schedule.Phases[^1].Phase.Steps;
            var result = experiment.Run(new()
            {
                Landscape = new RiverValley([mode], RiverProfile.Reciprocal(1), values[Sharpening] == 0 ? CurvatureProfile.Uniform : CurvatureProfile.Exponential(values[Sharpening])),
                Schedule = schedule,
                Replicas = values.Integer(SharedKnobs.Replicas),
                Seed = (ulong)values.Integer(SharedKnobs.Seed),
                RecordAt = EnsembleSpec.Evenly(schedule.TotalSteps, 60),
                MeasureFrom = schedule.TotalSteps - (long)(MeasuredShare * hold),
            });
            var records = result.Records.Where(record => record.Steps > 0).ToList();
            curves.Add(Draw.Curve(label, CurveRole.Measured, records.Select(record => record.IntrinsicTime), records.Select(record => record.Observed[RiverValley.RiverLoss].Mean + record.Observed[RiverValley.ThermalLoss].Mean)));
            above.Add(Draw.Curve(label, CurveRole.Measured, records.Select(record => record.IntrinsicTime), records.Select(record => record.Observed[RiverValley.RiverLoss].Mean + record.Observed[RiverValley.ThermalLoss].Mean - River(record.IntrinsicTime))));
            if (result.Measures.Length > 0)
            {
                ends.Add((records[^1].Observed[RiverValley.RiverLoss].Mean + result.Measures[0].Mean, result.Measures[0].StandardError));
            }
        }

        var expected = River(values[IntrinsicTime]) + (UpdateRule.Sgd.LossPerRate(mode.Noise) * floor);
        var times = Draw.Range(0.5, values[IntrinsicTime], 80);
        curves.Add(Draw.Theory("river alone", times, River));
        above.Add(Draw.Theory("Cη_min", [times[0], times[^1]], _ => expected - River(values[IntrinsicTime])));
        var spread = ends.Count < schedules.Count ? double.NaN : ends.Max(end => end.Loss) - ends.Min(end => end.Loss);
        return new(
            [
                new("Nine schedules, one end", "intrinsic time D", "η·step", "loss", "nats", true, true, [.. curves]),
                new("Loss above the river alone", "intrinsic time D", "η·step", "L − c(y(D))", "nats", false, false, [.. above]),
            ],
            [
                Claim.Judge("spread", 10, "Largest difference between the final losses of nine schedules", "max L − min L", "nats", ClaimComparison.AtMost, 1e-4, 0, spread),
                Claim.Judge("level", 10, "Their mean is the river's loss plus Cη_min", "L", "nats", ClaimComparison.Absolute, expected, 1e-4, ends.Count == 0 ? double.NaN : ends.Average(end => end.Loss), ends.Count == 0 ? double.NaN : ends.Max(end => end.Error)),
            ],
            experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values)
    {
        var (rate, floor) = (values[SharedKnobs.Rate], values["final-rate"]);
        if (floor > rate / 2)
        {
            return [new("final-rate", FormattableString.Invariant($"The final rate η_min = {NumberFormat.Rate(floor)} must not be above the lowest peak, η/2 = {NumberFormat.Rate(rate / 2)}."))];
        }

        var schedules = Schedules(values).ToList();
        return SharedKnobs.Work(2.0 * schedules.Sum(pair => pair.Schedule.TotalSteps) * values.Integer(SharedKnobs.Replicas), SharedKnobs.Replicas);
    }

    // dy/dD = 1/(1 + y)² from y = 0.
    private static double River(double time) => 1 / Math.Cbrt(1 + (3 * time));

    private static IEnumerable<(string Label, ScheduleSpec Schedule)> Schedules(KnobValues values)
    {
        var floor = values["final-rate"];
        var hold = (long)Math.Ceiling(HoldTime / floor);
        var left = values[IntrinsicTime] - (hold * floor);
        foreach (var factor in new[] { 0.5, 1, 2 })
        {
            foreach (var share in new[] { 0.1, 0.3, 0.5 })
            {
                // Whole numbers of steps first, then the peak that makes D exact: D = peak·(stable + (decay + 1)/2) + floor·(decay − 1)/2.
                var peak = factor * values[SharedKnobs.Rate];
                var steps = left / ((peak * (1 - share)) + ((peak + floor) / 2 * share));
                var decay = Math.Max(2, (long)(share * steps));
                var stable = Math.Max(1, (long)(steps - decay));
                var exact = (left - (floor * (decay - 1) / 2.0)) / (stable + ((decay + 1) / 2.0));
                yield return (
                    FormattableString.Invariant($"peak {NumberFormat.Rate(peak)}, decay {CountFormat.Share(share)}"),
                    new(new ConstantRate(stable, exact), new LinearDecay(decay, exact, floor), new ConstantRate(hold, floor)));
            }
        }
    }
}
