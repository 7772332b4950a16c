using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class BackwardRiverCard : LabCard
{
    private const string Slope = "slope";
    private const string Sharpening = "sharpening";

    // Time in units of 1/a: long enough for the valley to settle, then as long again to measure.
    private const double SettleTime = 3;
    private const double TotalTime = 6;
    private const double MostOfLimit = 0.9;
    private static readonly ImmutableArray<double> s_scan = [0.4, 0.7, 0.9, 1.1, 1.3];

    public override string Id => "backward-river";

    public override string Title => "Above η_c the river flows backwards";

    public override string WhatToLookAt =>
        "The valley narrows downstream. Its thermal motion pushes back, towards where it has room: the entropic force. The drift falls with η, is zero at η_c and turns uphill above it, though the loss would fall the other way. What always falls is the free energy.";

    public override string Formula => @"\frac{dy}{dD} = -c'(y) - \frac{T}{2}\,\partial_y\ln a = -\partial_y F,\qquad \eta_c = \frac{4|c'|}{\sigma^2\,|\partial_y \ln a|}";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559 (entropic force); trapping rate at finite η derived in Ntl.Domain.Thermodynamics";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.08), new(Slope, "slope of the river", "h", "nats/param", 0.02, 0.001, 1, KnobScale.Logarithmic),
        new(Sharpening, "sharpening of the valley", "q = ∂_y ln a", "1/param", 1, 0.05, 5, KnobScale.Logarithmic),
        SharedKnobs.NoiseKnob(), SharedKnobs.ReplicasKnob(16_384), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (river, valley, mode) = Landscape(values);
        var critical = EntropicForce.CriticalRate(river.Slope(0), UpdateRule.Sgd, mode, valley.LogSlope(0));
        var fastest = MostOfLimit * UpdateRule.Sgd.StabilityLimit(mode);
        double[] rates = [.. s_scan.Select(factor => factor * critical).Where(rate => rate < fastest).Append(values[SharedKnobs.Rate]).Order()];
        var experiment = new Experiment(rates.Length, progress, cancellationToken);
        List<(double Rate, double Drift, double Error, double Theory, EnsembleResult Result)> drifts = [];
        foreach (var rate in rates)
        {
            var steps = (long)Math.Ceiling(TotalTime / (rate * mode.Curvature));
            var result = experiment.Run(new()
            {
                Landscape = new RiverValley([mode], river, valley),
                Schedule = StandardSchedules.Constant(steps, rate),
                Replicas = values.Integer(SharedKnobs.Replicas),
                Seed = (ulong)values.Integer(SharedKnobs.Seed),
                Start = new([0, 0], [Math.Sqrt(UpdateRule.Sgd.StationaryVariance(rate, mode)), 0]),
                RecordAt = [.. EnsembleSpec.Evenly(steps, 11)],
            });
            var from = result.Records.FirstOrDefault(record => record.Steps >= steps * SettleTime / TotalTime);
            if (from is null || result.Records[^1].Steps <= from.Steps)
            {
                continue;
            }

            var (y0, y1, time) = (from.Observed[RiverValley.RiverPosition], result.Records[^1].Observed[RiverValley.RiverPosition], result.Records[^1].IntrinsicTime - from.IntrinsicTime);
            var hot = new RiverValley([mode], river, valley).ModeAt(0, (y0.Mean + y1.Mean) / 2);
            var theory = rate < UpdateRule.Sgd.StabilityLimit(hot) ? EntropicForce.Drift(river.Slope(0), UpdateRule.Sgd.StationaryLoss(rate, hot), valley.LogSlope(0)) : double.NaN;

            // Increments of y are nearly independent once settled, so variances of y differ by that of the increment.
            var error = Math.Sqrt(Math.Max(0, (y1.StandardDeviation * y1.StandardDeviation) - (y0.StandardDeviation * y0.StandardDeviation)) / y1.Replicas) / time;
            drifts.Add((rate, (y1.Mean - y0.Mean) / time, error, theory, result));
        }

        var chosen = drifts.FirstOrDefault(drift => drift.Rate == values[SharedKnobs.Rate]);
        var (crossing, crossingError) = Crossing(drifts);
        var last = drifts.LastOrDefault();
        List<Claim> claims =
        [
            Claim.Judge("drift", 9, "Drift of the river at the chosen rate", "dy/dD", "nats/param", ClaimComparison.Absolute, chosen.Result is null ? 0 : chosen.Theory, 0.02 * values[Slope], chosen.Result is null ? double.NaN : chosen.Drift, chosen.Error),
            Claim.Judge("critical-rate", 9, "The drift is zero at η_c, finite η included", "η_c", "", ClaimComparison.Relative, critical, 0.05, crossing, crossingError),
            Claim.Judge("backwards", 9, "Above η_c the drift is uphill in loss", "dy/dD", "nats/param", ClaimComparison.AtMost, 0, 0, last.Result is null || last.Rate <= critical ? double.NaN : last.Drift, last.Error),
        ];
        return new([DriftPlot(values, drifts, critical), PathPlot(drifts), EnergyPlot(values, river, valley, mode)], [.. claims], experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values)
    {
        var (_, _, mode) = Landscape(values);
        return [.. SharedKnobs.Stability(UpdateRule.Sgd, values[SharedKnobs.Rate], mode), .. SharedKnobs.Work(TotalTime / values[SharedKnobs.Rate] * values.Integer(SharedKnobs.Replicas), SharedKnobs.Rate)];
    }

    private static (RiverProfile River, CurvatureProfile Valley, ValleyMode Mode) Landscape(KnobValues values) =>
        (RiverProfile.Falling(values[Slope]), CurvatureProfile.Exponential(values[Sharpening]), new(1, values[SharedKnobs.Noise]));

    private static (double Rate, double Error) Crossing(List<(double Rate, double Drift, double Error, double Theory, EnsembleResult Result)> drifts)
    {
        foreach (var (before, after) in drifts.Zip(drifts.Skip(1)))
        {
            if (before.Drift > 0 && after.Drift <= 0 && after.Rate > before.Rate)
            {
                var slope = (after.Drift - before.Drift) / (after.Rate - before.Rate);
                return (before.Rate - (before.Drift / slope), Math.Max(before.Error, after.Error) / Math.Abs(slope));
            }
        }

        return (double.NaN, double.NaN);
    }

    private static Plot DriftPlot(KnobValues values, List<(double Rate, double Drift, double Error, double Theory, EnsembleResult Result)> drifts, double critical)
    {
        var (river, valley, mode) = Landscape(values);
        var rates = Draw.Range(0, Math.Max(1.5 * critical, values[SharedKnobs.Rate]), 60);
        return new("Drift of the river", "learning rate η", "", "dy/dD", "nats/param", false, false,
        [
            new PlotCurve("simulation", CurveRole.Measured, [.. drifts.Select(drift => drift.Rate)], [.. drifts.Select(drift => drift.Drift)], CurveStyle.Points)
            {
                Lower = [.. drifts.Select(drift => drift.Drift - (2 * drift.Error))],
                Upper = [.. drifts.Select(drift => drift.Drift + (2 * drift.Error))],
            },
            Draw.Theory("finite η", rates.Where(rate => rate > 0 && rate < UpdateRule.Sgd.StabilityLimit(mode)), rate => EntropicForce.Drift(river.Slope(0), UpdateRule.Sgd.StationaryLoss(rate, mode), valley.LogSlope(0))),
            Draw.Theory("small η", rates, rate => EntropicForce.Drift(river.Slope(0), UpdateRule.Sgd.LossPerRate(mode.Noise) * rate, valley.LogSlope(0))),
            new("standstill", CurveRole.Bound, [0, rates[^1]], [0, 0]),
        ]);
    }

    private static Plot PathPlot(List<(double Rate, double Drift, double Error, double Theory, EnsembleResult Result)> drifts) => new(
        "Down the river, or up", "intrinsic time D", "η·step", "y", "param", false, false,
        [
            .. drifts.Select(drift => Draw.Means(
                FormattableString.Invariant($"η = {NumberFormat.Rate(drift.Rate)}"), drift.Result.Records.Select(record => record.IntrinsicTime), drift.Result.Records.Select(record => record.Observed[RiverValley.RiverPosition]))),
        ]);

    private static Plot EnergyPlot(KnobValues values, RiverProfile river, CurvatureProfile valley, ValleyMode mode)
    {
        var (places, temperature) = (Draw.Range(-1, 1, 61), UpdateRule.Sgd.Temperature(values[SharedKnobs.Rate], mode.Noise));
        return new("Loss, entropy and free energy along the river", "y", "param", "energy, from y = 0", "nats", false, false,
        [
            Draw.Theory("loss c", places, river.Height),
            Draw.Theory("−TS", places, y => EntropicForce.FreeEnergy(0, temperature, mode.Curvature * valley.Factor(y)) - EntropicForce.FreeEnergy(0, temperature, mode.Curvature)),
            Draw.Theory("free energy F = c − TS", places, y => EntropicForce.FreeEnergy(river.Height(y), temperature, mode.Curvature * valley.Factor(y)) - EntropicForce.FreeEnergy(0, temperature, mode.Curvature)),
        ]);
    }
}
