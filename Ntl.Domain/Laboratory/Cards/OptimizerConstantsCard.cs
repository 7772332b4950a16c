using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class OptimizerConstantsCard : LabCard
{
    public override string Id => "optimizer-constants";

    public override string Title => "Each optimiser has one constant: its heat capacity";

    public override string WhatToLookAt =>
        "A cold valley warms to a plateau whose height is the optimiser's constant times η: ¼ for SGD, averaged momentum, RMSprop and Adam, ¼/(1 − β) for heavy ball (here at η(1 − β), so that its plateau is common), √(2π)/8 for signs.";

    public override string Formula => @"C = \tfrac{\sigma^2}{4},\ \tfrac{\sigma^2}{4(1-\beta)},\ \tfrac{\sigma}{4},\ \tfrac{\sqrt{2\pi}}{8}\sigma";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559; stationary variances derived in Ntl.Domain.Thermodynamics";

    public override IReadOnlyList<Knob> Knobs { get; } =
        [SharedKnobs.RateKnob(0.01), SharedKnobs.CurvatureKnob(), SharedKnobs.NoiseKnob(), SharedKnobs.ReplicasKnob(3072), SharedKnobs.SeedKnob];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var cells = Cells(values).ToList();
        var experiment = new Experiment(cells.Count, progress, cancellationToken);
        List<Claim> claims = [];
        List<PlotCurve> curves = [];
        foreach (var cell in cells)
        {
            var result = experiment.Run(cell.ToSpec(values, 60));
            var early = result.Records.Where(record => record.Steps <= cell.BurnSteps).ToList();
            curves.Add(Draw.Means(cell.Word, early.Select(record => record.IntrinsicTime * cell.CommonRate / cell.Rate), early.Select(record => record.Observed[RiverValley.ThermalLoss])));
            claims.Add(Claim.Judge(
                cell.Word.Replace(' ', '-'), 2, $"{cell.Word}: thermal loss per rate", "C(σ)", "nats", ClaimComparison.Relative, cell.Law.LossPerRate(cell.Mode.Noise), 0.02,
                result.Measures.Select(mean => (EnsembleMean?)mean).FirstOrDefault(), 1 / cell.Rate));
        }

        var times = Draw.Range(0, curves.SelectMany(curve => curve.X).DefaultIfEmpty(1).Max(), 2);
        curves.Add(Draw.Theory("σ²η/4", times, _ => values[SharedKnobs.Noise] * values[SharedKnobs.Noise] * values[SharedKnobs.Rate] / 4));
        curves.Add(Draw.Theory("√(2π)/8·ση", times, _ => Math.Sqrt(2 * Math.PI) / 8 * values[SharedKnobs.Noise] * values[SharedKnobs.Rate]));
        return new([new("Warming up from a cold start", "intrinsic time D", "η·step", "thermal loss L_th", "nats", false, false, [.. curves])], [.. claims], experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values) =>
    [
        .. Cells(values).SelectMany(cell => SharedKnobs.Stability(cell.Law, cell.Rate, cell.Mode)).Take(1),
        .. SharedKnobs.Work(Cells(values).Sum(cell => (double)cell.Steps) * values.Integer(SharedKnobs.Replicas), SharedKnobs.Rate),
    ];

    private static IEnumerable<WarmUp> Cells(KnobValues values) => SharedKnobs.QuickOptimizers.Select(pair =>
        new WarmUp(pair.Word, pair.Optimizer, new(values[SharedKnobs.Curvature], values[SharedKnobs.Noise]), values[SharedKnobs.Rate], WindowTimes: 40, BurnTimes: 9));
}
