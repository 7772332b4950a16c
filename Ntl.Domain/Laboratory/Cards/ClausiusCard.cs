using Ntl.Domain.Annealing;
using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class ClausiusCard : LabCard
{
    private const string Ratio = "ratio";
    private const double CoolingTimes = 10;

    public override string Id => "clausius";

    public override string Title => "A quench makes entropy: (r − 1 − ln r)/2 for every direction";

    public override string WhatToLookAt =>
        "The rate falls at once by a factor r. The valley gives its heat to a bath that is already cold: the bath gains more entropy than the valley loses, and the sum only rises, to Clausius's value.";

    public override string Formula => @"\Delta S_{tot} = \tfrac{N}{2}\,(r - 1 - \ln r) \ge 0,\qquad r = T_0/T_1";

    public override string Source => "Clausius 1865; theory of the quench derived in Ntl.Domain.Thermodynamics";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        new(Ratio, "temperature ratio", "r", "", 4, 1.1, 50, KnobScale.Logarithmic), SharedKnobs.RateKnob(0.1), SharedKnobs.CurvatureKnob(), SharedKnobs.NoiseKnob(),
        SharedKnobs.ReplicasKnob(100_000), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (before, after, mode, steps) = Quench(values);
        var schedule = StandardSchedules.Constant(steps, after);
        var experiment = new Experiment(1, progress, cancellationToken);
        var result = experiment.Run(new()
        {
            Landscape = RiverValley.WithoutRiver(mode),
            Schedule = schedule,
            Replicas = values.Integer(SharedKnobs.Replicas),
            Seed = (ulong)values.Integer(SharedKnobs.Seed),
            Start = new([0], [Math.Sqrt(UpdateRule.Sgd.StationaryVariance(before, mode))]),
            RecordAt = EnsembleSpec.Evenly(steps, 25),
        });
        var bath = 2 * UpdateRule.Sgd.StationaryLoss(after, mode);
        var temperatures = result.Records.Select(record => 2 * record.Observed[RiverValley.ThermalLoss].Mean).ToList();
        var made = temperatures.ConvertAll(temperature => EntropyProduction.OfExchange(1, temperatures[0], temperature, bath));
        var exact = ThermalPath.FromEquilibrium(UpdateRule.Sgd, [mode], before, schedule);
        var times = result.Records.Select(record => record.IntrinsicTime).ToList();
        var expected = EntropyProduction.OfQuench(1, 2 * UpdateRule.Sgd.StationaryLoss(before, mode), bath);

        // ½[ln(T₁/T₀) − (T₁ − T₀)/T_bath]: the start's and the end's errors enter as (r − 1)/2 and, to first order, not at all.
        var error = (temperatures[0] / bath - 1) / 2 * result.Records[0].Observed[RiverValley.ThermalLoss].StandardError / result.Records[0].Observed[RiverValley.ThermalLoss].Mean;
        var steadiest = exact.Zip(exact.Skip(1), (earlier, later) => EntropyProduction.OfExchange(1, 2 * earlier, 2 * later, bath)).Min();
        return new(
            [
                new("Entropy made since the quench", "intrinsic time D", "η·step", "ΔS_tot per direction", "nats", false, false,
                [
                    Draw.Curve("simulation", CurveRole.Measured, times, made, CurveStyle.Points),
                    Draw.Curve("exact", CurveRole.Theory, result.Records.Select(record => record.IntrinsicTime), result.Records.Select(record => EntropyProduction.OfExchange(1, 2 * exact[0], 2 * exact[record.Steps], bath))),
                    Draw.Theory("Clausius", Draw.Range(0, times[^1], 2), _ => expected),
                ]),
                new("Temperature", "intrinsic time D", "η·step", "T", "nats", false, true,
                [
                    Draw.Curve("valley", CurveRole.Measured, times, temperatures, isLog: true),
                    new("bath", CurveRole.Bound, [0, times[^1]], [bath, bath]),
                ]),
            ],
            [
                Claim.Judge("entropy", 6, "Entropy made by the quench, per direction", "ΔS_tot", "nats", ClaimComparison.Relative, expected, 0.02, made[^1], error),
                Claim.Judge("never-falls", 6, "Smallest entropy made by one step of the exact path", "min dS_tot", "nats", ClaimComparison.AtLeast, 0, 1e-12, steadiest),
            ],
            experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values)
    {
        var unstable = SharedKnobs.Stability(UpdateRule.Sgd, values[SharedKnobs.Rate], new(values[SharedKnobs.Curvature], values[SharedKnobs.Noise])).ToList();
        return unstable.Count > 0 ? unstable : SharedKnobs.Work((double)Quench(values).Steps * values.Integer(SharedKnobs.Replicas), SharedKnobs.Rate);
    }

    private static (double Before, double After, ValleyMode Mode, long Steps) Quench(KnobValues values)
    {
        var mode = new ValleyMode(values[SharedKnobs.Curvature], values[SharedKnobs.Noise]);
        var after = UpdateRule.Sgd.RateOf(UpdateRule.Sgd.StationaryLoss(values[SharedKnobs.Rate], mode) / values[Ratio], mode);
        return (values[SharedKnobs.Rate], after, mode, (long)Math.Min(EnsembleSpec.MaximumSteps, Math.Ceiling(CoolingTimes / (after * UpdateRule.Sgd.CoolingRate(mode)))));
    }
}
