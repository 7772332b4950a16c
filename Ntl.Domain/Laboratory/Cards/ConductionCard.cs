using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class ConductionCard : LabCard
{
    private const double BurnTimes = 9;
    private const double MeasuredTimes = 15;

    public override string Id => "conduction";

    public override string Title => "Heat flows between coupled directions as the coupling squared";

    public override string WhatToLookAt =>
        "Two directions, each shaken at a temperature of its own, are coupled by b. Heat enters the hotter one and leaves by the colder one at the same rate, b²(T₁ − T₂)/(a₁ + a₂): the marks lie on the parabola.";

    public override string Formula => @"J_{1\to2} = \frac{b^2\,(T_1 - T_2)}{a_1 + a_2}";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559 (conduction); the flow derived in Ntl.Domain.Thermodynamics, heat after Sekimoto 1998";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        new("coupling", "coupling", "b", "nats/param²", 0.6, 0.05, 10, KnobScale.Logarithmic),
        new("curvature1", "first curvature", "a₁", "nats/param²", 1, 0.1, 10, KnobScale.Logarithmic), new("curvature2", "second curvature", "a₂", "nats/param²", 1, 0.1, 10, KnobScale.Logarithmic),
        new("temperature1", "first temperature", "T₁", "nats", 3, 0.01, 100, KnobScale.Logarithmic), new("temperature2", "second temperature", "T₂", "nats", 1, 0.01, 100, KnobScale.Logarithmic),
        SharedKnobs.RateKnob(0.005), SharedKnobs.ReplicasKnob(4096), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var chosen = Modes(values, 1);
        double[] shares = [0.5, 1];
        var experiment = new Experiment(shares.Length, progress, cancellationToken);
        var (hot, cold) = (values["temperature1"], values["temperature2"]);
        List<(double Coupling, EnsembleMean Into, EnsembleMean Out)> flows = [];
        foreach (var share in shares)
        {
            var modes = Modes(values, share);
            var (burn, steps) = Lengths(modes, values[SharedKnobs.Rate]);
            var result = experiment.Run(new()
            {
                Landscape = new CoupledValley(modes, Math.Sqrt(2 * hot / values[SharedKnobs.Rate]), Math.Sqrt(2 * cold / values[SharedKnobs.Rate])),
                Schedule = StandardSchedules.Constant(steps, values[SharedKnobs.Rate]),
                Replicas = values.Integer(SharedKnobs.Replicas),
                Seed = (ulong)values.Integer(SharedKnobs.Seed),
                MeasureFrom = burn,
            });
            if (result.Measures.Length > 0)
            {
                flows.Add((modes.Coupling, result.Measures[CoupledValley.HeatFromFirstBath], result.Measures[CoupledValley.HeatFromSecondBath]));
            }
        }

        var expected = chosen.HeatFlow(hot, cold);
        var lyapunov = chosen.HeatFromBaths(chosen.Steady(hot, cold), hot, cold).First;
        var (into, gone) = flows.Count < shares.Length ? (default(EnsembleMean?), default(EnsembleMean?)) : (flows[^1].Into, flows[^1].Out);
        var couplings = Draw.Range(0, chosen.Coupling * 1.1, 40).Where(b => b * b < chosen.FirstCurvature * chosen.SecondCurvature);
        return new(
            [
                new("Steady flow of heat", "coupling b", "nats/param²", "J", "nats/D", false, false,
                [
                    Draw.Means("from the first bath", flows.Select(flow => flow.Coupling), flows.Select(flow => flow.Into), style: CurveStyle.Points),
                    Draw.Means("into the second bath", flows.Select(flow => flow.Coupling), flows.Select(flow => flow.Out), -1, CurveStyle.Points),
                    Draw.Theory("b²(T₁ − T₂)/(a₁ + a₂)", couplings, b => new CoupledModes(chosen.FirstCurvature, chosen.SecondCurvature, b).HeatFlow(hot, cold)),
                ]),
            ],
            [
                Claim.Judge("exact", 16, "The flow that Lyapunov's equation gives is b²(T₁ − T₂)/(a₁ + a₂)", "J", "nats/D", ClaimComparison.Absolute, expected, 1e-6 * Math.Max(1, Math.Abs(expected)), lyapunov),
                Claim.Judge("simulated", 16, "Heat that the hot bath gives", "J", "nats/D", ClaimComparison.Relative, expected, 0.03, into),
                Claim.Judge("conserved", 16, "Heat that the cold bath takes", "J", "nats/D", ClaimComparison.Relative, expected, 0.03, gone, -1),
            ],
            experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values)
    {
        var (a1, a2, b) = (values["curvature1"], values["curvature2"], values["coupling"]);
        if (b * b >= a1 * a2)
        {
            return [new("coupling", FormattableString.Invariant($"The coupling b = {NumberFormat.Number(b)} must be below √(a₁a₂) = {NumberFormat.Number(Math.Sqrt(a1 * a2))}, or the landscape has no floor."))];
        }

        if (values["temperature1"] == values["temperature2"])
        {
            return [new("temperature2", "Between equal temperatures no heat flows: make them differ.")];
        }

        var modes = Modes(values, 1);
        var (_, top) = Eigenvalues(modes);
        return values[SharedKnobs.Rate] >= 2 / top
            ? SharedKnobs.Stability(UpdateRule.Sgd, values[SharedKnobs.Rate], new(top, 0))
            : SharedKnobs.Work(4.0 * Lengths(modes, values[SharedKnobs.Rate]).Steps * values.Integer(SharedKnobs.Replicas), SharedKnobs.Rate);
    }

    private static CoupledModes Modes(KnobValues values, double share) => new(values["curvature1"], values["curvature2"], share * values["coupling"]);

    private static (double Lower, double Upper) Eigenvalues(CoupledModes modes)
    {
        var (middle, difference) = ((modes.FirstCurvature + modes.SecondCurvature) / 2, (modes.FirstCurvature - modes.SecondCurvature) / 2);
        var root = Math.Sqrt((difference * difference) + (modes.Coupling * modes.Coupling));
        return (middle - root, middle + root);
    }

    private static (long Burn, long Steps) Lengths(CoupledModes modes, double rate)
    {
        var burn = (long)Math.Ceiling(BurnTimes / (2 * rate * Eigenvalues(modes).Lower));
        return (burn, (long)Math.Min(EnsembleSpec.MaximumSteps, burn + Math.Ceiling(MeasuredTimes / (rate * (modes.FirstCurvature + modes.SecondCurvature) / 2))));
    }
}
