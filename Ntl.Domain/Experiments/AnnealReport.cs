using Ntl.Domain.Claims;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;
using static Ntl.Domain.Experiments.ReportDraft;

namespace Ntl.Domain.Experiments;

/// <summary>Thermal loss by annealing: of one checkpoint, of a ladder of rates (E1), of optimizers (E6).</summary>
internal static class AnnealReport
{
    public static ExperimentReport Of(ExperimentKind kind, IReadOnlyList<RunRecord> records)
    {
        var draft = new ReportDraft(kind, records, "optimizer", "η", "Tr PΣ_B (nats/rate)", "η Tr PΣ_B (nats)", "L_th by anneal (nats)", "α by anneal", "L_th by running mean (nats)", "α by running mean");
        var pairs = ThermalPair.Of(draft);
        foreach (var pair in pairs)
        {
            var mean = RunThermodynamics.Of(pair.Hold);
            draft.Row(
                Rule(pair), Number(pair.Rate), Number(pair.Bath.Times(1 / pair.Rate)), Number(pair.Bath), Positive(pair.Heat),
                Positive(pair.Equipartition), Positive(mean.ThermalLoss.Last),
                        Positive(mean.OwnEquilibrium ?? mean.Equipartition.Last));
        }

        draft.AddClosure();
        if (kind == ExperimentKind.TemperatureLadder)
        {
            Ladder(draft, pairs);
            return draft.Done("Temperature ladder: is the thermal loss one share of η Tr PΣ_B at every rate?");
        }

        draft.NeedMembers(pairs.Count, kind == ExperimentKind.OptimizerLadder ? 4 : 1, "pairs of a held and an annealed run");
        foreach (var (i, pair) in pairs.Index())
        {
            var claim = Judge($"alpha-{i + 1}", kind == ExperimentKind.OptimizerLadder ? 2 : 3,
                $"{Rule(pair)}: thermal loss is a share of η Tr PΣ_B", pair.Equipartition, pair.Heat);
            draft.Claims.Add(claim.Unless(kind == ExperimentKind.OptimizerLadder && claim.Verdict == ClaimVerdict.Fails ? InheritedHeat
                : null));
            draft.Sentences.Add(claim.IsMeasured
                ? $"{Rule(pair)} at η = {Number(pair.Rate)}: the anneal let out {Number(pair.Heat)} nats of {Number(pair.Bath)} nats " +
                    $"η Tr PΣ_B, α = {Number(pair.Equipartition)}."
                : $"{Rule(pair)} at η = {Number(pair.Rate)}: α is not measurable here. {claim.Why}");
        }

        if (pairs.Count > 0)
        {
            AddPlot(draft, pairs, new(double.NaN, double.NaN));
        }

        draft.Sentences.Add("An anneal of finite length cannot cool directions with κΔD below 1: L_th, and so α, is a lower bound.");
        return draft.Done(kind == ExperimentKind.OptimizerLadder ? "Optimizer ladder: does every optimizer keep the heat that its constant says?" : "Anneal: how much of the loss is heat?");
    }

    private static void Ladder(ReportDraft draft, List<ThermalPair> pairs)
    {
        draft.NeedMembers(pairs.Count, 3, "rungs");
        if (pairs.Count < 2)
        {
            draft.Claims.Add(Claim.Unmeasured("alpha", 3, "Thermal loss is one share of η Tr PΣ_B", "α", "", ClaimComparison.Absolute,
                RunLaws.EquipartitionMiddle, RunLaws.EquipartitionReach, "").Under(Enough(pairs.Count, 3, "rungs")));
            return;
        }

        var (alpha, square) = LineFit.ThroughOrigin([.. pairs.Select(pair => (pair.Bath.Value, pair.Heat.Value))]);
        var temperatures = LineFit.Of([.. pairs.Select(pair => (Math.Log(pair.Rate), Math.Log(pair.Bath.Value / 2)))]);
        draft.Claims.Add(Judge("alpha", 3, "Thermal loss is one share of η Tr PΣ_B on all rungs", alpha, alpha));
        draft.Claims.Add(Claim.Judge("r-square", 3, "One α explains the heat of all rungs", "R²", "", ClaimComparison.AtLeast, 0.95, 0, square)
            .Under(Enough(pairs.Count, 3, "rungs"),
                AboveZero("heat-resolved", "α on all rungs", alpha, "", "Higher rates, or more validation batches, would resolve it.")));
        draft.Claims.Add(Claim.Judge(
            "temperature", 0, "T grows with η; a little less than in proportion where the network adapts its noise", "d ln T/d ln η", "",
            ClaimComparison.Absolute, 0.85, 0.25, temperatures.Slope.Value,
                    Finite(temperatures.Slope.StandardError)).Under(Enough(pairs.Count, 3, "rungs")));
        foreach (var (i, pair) in pairs.Index())
        {
            draft.Claims.Add(Judge($"alpha-{i + 1}", 3, $"η = {Number(pair.Rate)}: thermal loss is a share of η Tr PΣ_B",
                pair.Equipartition, pair.Heat));
        }

        draft.Sentences.Add(!alpha.IsAboveZero ? "No α is measurable here: the heat of the rungs is not significantly above 0."
            : $"One α = {Number(alpha)} fits {pairs.Count} rungs from η = {Number(pairs[0].Rate)} to {Number(pairs[^1].Rate)} with R² " +
                $"= {Number(square, 4)}.");
        draft.Sentences.Add($"T = ½η Tr PΣ_B goes with η to the power {Number(temperatures.Slope)}: the network adapts Tr PΣ_B, {Number(pairs[0].Bath.Value / pairs[0].Rate)} at the lowest rate and {Number(pairs[^1].Bath.Value / pairs[^1].Rate)} at the highest.");
        draft.Sentences.Add("An anneal of finite length cannot cool directions with κΔD below 1: L_th, and so α, is a lower bound, at the lowest rate most of all.");
        AddPlot(draft, pairs, alpha);
    }

    private static void AddPlot(ReportDraft draft, List<ThermalPair> pairs, Estimate alpha)
    {
        var most = 1.1 * pairs.Max(pair => pair.Bath.Value);
        List<PlotCurve> curves =
        [
            ThermoPlots.Points("L_th by anneal", pairs.Select(pair => (pair.Bath.Value, pair.Heat))),
            new("full equilibrium, α = ¼", CurveRole.Bound, [0, most], [0, most / 4]),
        ];
        if (alpha.IsAboveZero)
        {
            curves.Add(new($"α = {Number(alpha.Value)}", CurveRole.Theory, [0, most], [0, alpha.Value * most]));
        }

        draft.Plots.Add(new("Thermal loss against the bath", "η Tr PΣ_B", "nats", "L_th", "nats", false, false, [.. curves]));
    }

    private const string InheritedHeat =
        "The hold began with the heat that the trunk's optimizer had left and with an optimizer at zero; that this has relaxed to the new bath is not shown. Hold longer, or take another rate.";

    private static Claim Judge(string id, int row, string text, Estimate alpha, Estimate heat) => Claim
        .Judge(id, row, text, "α", "", ClaimComparison.Absolute, RunLaws.EquipartitionMiddle, RunLaws.EquipartitionReach, alpha.Value,
            Finite(alpha.StandardError))
        .Under(AboveZero("heat-resolved", "The heat that the anneal let out", heat, "",
            "A higher rate, a longer anneal or more validation batches would resolve it."));

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;

    private static string Rule(ThermalPair pair) => pair.Hold.Spec.Optimizer switch
    {
        { Kind: OptimizerKind.Sgd, Beta1: > 0 } => "SGD with momentum",
        { Kind: OptimizerKind.Sgd } => "SGD",
        { Kind: var kind } => kind.ToString(),
    };
}
