using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class EquipartitionCard : LabCard
{
    private const string All = "all";
    private const string Spread = "spread";

    // Of the widest valley; narrower ones relax in fewer steps and can afford more times.
    private const double WindowTimes = 20;

    // e⁻⁶/20, a hundredth of the standard error, is what the cold start still takes from the mean.
    private const double BurnTimes = 6;

    public override string Id => "equipartition";

    public override string Title => "SGD's thermal loss does not depend on curvature, and no optimiser's does";

    public override string WhatToLookAt =>
        "Replicas start cold in valleys of three curvatures. Once warm, each holds the same loss: the marks of one optimiser lie on a level line. The lines bend up on the right where ηa is no longer small.";

    public override string Formula => @"\langle \ell_f\rangle = \tfrac12 a\langle x^2\rangle = C(\sigma)\,\eta \quad\text{for every } a";

    public override string Source => "Liu et al. 2025, arXiv:2505.10559, figure 1 (equipartition); constants derived in Ntl.Domain.Thermodynamics";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        Knob.Choice(SharedKnobs.Optimizer, "optimiser", [All, .. SharedKnobs.QuickOptimizers.Select(pair => pair.Word)]),
        SharedKnobs.RateKnob(0.006),
        new(Spread, "ratio of curvatures", "a₃/a₂", "", 4, 1.5, 20),
        SharedKnobs.NoiseKnob(),
        SharedKnobs.ReplicasKnob(1536),
        SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var cells = Cells(values).ToList();
        var experiment = new Experiment(cells.Count, progress, cancellationToken);
        List<Claim> claims = [];
        List<PlotCurve> curves = [];
        foreach (var group in cells.GroupBy(cell => cell.Word, StringComparer.Ordinal))
        {
            List<(double Curvature, EnsembleMean Loss)> points = [];
            foreach (var cell in group)
            {
                var result = experiment.Run(cell.ToSpec(values));
                var expected = cell.Law.LossPerRate(cell.Mode.Noise);
                claims.Add(Claim.Judge(
                    FormattableString.Invariant($"{cell.Word.Replace(' ', '-')}-a{cell.Mode.Curvature:G3}"), 1, FormattableString.Invariant($"{cell.Word}, a = {cell.Mode.Curvature:G3}: thermal loss per rate is C(σ)"),
                    "L_th/η", "nats", ClaimComparison.Relative, expected, 0.03, result.Measures.Select(mean => (EnsembleMean?)mean).FirstOrDefault(), 1 / cell.Rate));
                points.AddRange(result.Measures.Select(mean => (cell.Mode.Curvature, mean with { Mean = mean.Mean / cell.Rate, StandardDeviation = mean.StandardDeviation / cell.Rate })));
            }

            var (law, rate, noise) = (group.First().Law, group.First().Rate, group.First().Mode.Noise);
            curves.Add(Draw.Means(group.Key, points.Select(point => point.Curvature), points.Select(point => point.Loss), style: CurveStyle.Points));
            curves.Add(Draw.Theory($"{group.Key}, finite η", Draw.LogRange(group.Min(cell => cell.Mode.Curvature) / 1.5, group.Max(cell => cell.Mode.Curvature) * 1.5, 40), a =>
                rate < law.StabilityLimit(new(a, noise)) ? law.StationaryLoss(rate, new(a, noise)) / rate : double.NaN));
        }

        return new(
            [new("Thermal loss per unit of rate, one level for all curvatures", "curvature a", "nats/param²", "L_th/η", "nats", true, true, [.. curves])],
            [.. claims], experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values) =>
    [
        .. Cells(values).SelectMany(cell => SharedKnobs.Stability(cell.Law, cell.Rate, cell.Mode)).Take(1),
        .. SharedKnobs.Work(Cells(values).Sum(cell => (double)cell.Steps) * values.Integer(SharedKnobs.Replicas), SharedKnobs.Rate),
    ];

    private static IEnumerable<WarmUp> Cells(KnobValues values)
    {
        var choice = values.Choice(SharedKnobs.Optimizer);
        return from pair in SharedKnobs.QuickOptimizers
               where choice is All || string.Equals(choice, pair.Word, StringComparison.Ordinal)
               from factor in new[] { 1 / values[Spread], 1, values[Spread] }
               select new WarmUp(pair.Word, pair.Optimizer, new(factor, values[SharedKnobs.Noise]), values[SharedKnobs.Rate], WindowTimes * Math.Sqrt(factor * values[Spread]), BurnTimes);
    }
}
