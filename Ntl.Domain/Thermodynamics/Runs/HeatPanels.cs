using Ntl.Domain.Claims;
using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;
using static Ntl.Domain.Thermodynamics.Runs.PanelText;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What the cold loss tells: heat, its share of the noise, the valley against its bath, entropy.</summary>
internal static class HeatPanels
{
    private const string LedgerFormula = @"\Delta L = W + Q,\quad W = \Delta L_{cold},\; Q = \Delta(L_{hot} - L_{cold})";

    public static ThermoPanel Losses(RunThermodynamics run, RunCaveats caveats)
    {
        const string Title = "Hot and cold loss";
        var premises = Asked(run, run.Premises.Heat);
        if (run.RawThermalLoss.IsEmpty)
        {
            return Without("losses", Title, premises, LedgerFormula, Thermal);
        }

        var (hot, cold) = (run.Record[MetricKeys.ValidationLoss], run.Record[ProbeKeys.ColdLoss]);
        var shown = ThermoPlots.Thinned(cold.Count).Where(i => double.IsFinite(cold.Values[i])).ToList();
        var heats = shown.ConvertAll(i => run.ThermalLoss.Holds(cold.Steps[i]) ? run.ThermalLoss.At(cold.Steps[i])!.Value.Value : 0);
        List<PlotCurve> curves =
        [
            ThermoPlots.Line("hot loss at θ", CurveRole.Measured,
                ThermoPlots.Thinned(hot.Count).Select(i => ((double)hot.Steps[i], hot.Values[i]))),
            ThermoPlots.Line("cold loss at θ̄; shaded: heat", CurveRole.Measured,
            shown.Select(i => ((double)cold.Steps[i], cold.Values[i]))) with
            {
                Lower = [.. shown.Select(i => cold.Values[i])],
                Upper = [.. shown.Zip(heats, (i, heat) => cold.Values[i] + heat)],
            },
        ];
        List<Plot> plots = [Steps(Title, "loss", "nats/token", [.. curves])];
        var reading = run.ThermalLoss.Last is { } heat
            ? $"At step {Step(run.ThermalLoss.LastStep!.Value)} at least {Text(heat)} nats of the loss are heat that a decay would " +
                $"release.{After(run.ThermalLoss, run.Premises.Heat)}"
            : $"The heat is not measurable here. {Failed(premises)?.Explanation}";
        if (run.Ledger.Length > 1)
        {
            var (lines, last) = (ThermoPlots.Thinned(run.Ledger.Length).Select(i => run.Ledger[i]).ToList(), run.Ledger[^1]);
            plots.Add(Steps("Ledger", "change since the first line", "nats/token",
                ThermoPlots.Line("ΔL as logged", CurveRole.Bound, lines.Select(line => ((double)line.Step, line.LossChange))),
                ThermoPlots.Points("work W", lines.Select(line => ((double)line.Step, new Estimate(line.Change.Work, line.StandardError))),
                CurveStyle.Line),
                ThermoPlots.Points("heat Q", lines.Select(line => ((double)line.Step, new Estimate(line.Change.Heat, line.StandardError))),
                CurveStyle.Line)));
            reading += $" From step {Step(run.Ledger[0].Step)} to {Step(last.Step)} the loss changed by {Text(last.LossChange)} nats: " +
                $"the river's share is " +
                $"W = {Text(new Estimate(last.Change.Work, last.StandardError))}, the valley's Q = " +
                $"{Text(new Estimate(last.Change.Heat, last.StandardError))}. The two add up by construction.";
        }

        if (run.EntropicLoss.Count > 1)
        {
            plots.Add(Steps("Entropic loss", "F_η", "nats/token", ThermoPlots.Series("F_η = L + ¼η E|g|²_P", run.EntropicLoss)));
        }

        return new ThermoPanel("losses", Title, reading, [.. plots], LedgerFormula, Thermal, [.. caveats.ThermalLoss()]).Under(premises);
    }

    public static ThermoPanel Equipartition(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"\alpha = \frac{L_{th}}{\eta\,\mathrm{Tr}\,P\Sigma_B} \to \tfrac14";
        IReadOnlyList<StepPremise> asked = [.. run.Premises.Comparable, run.Premises.Resolved];
        var premises = Asked(run, asked);
        if (run.Equipartition.Last is not { } now)
        {
            return Without("equipartition", "Equipartition", premises, Formula, Thermal);
        }

        var (low, high) = (now.Value - (2 * Finite(now.StandardError)), now.Value + (2 * Finite(now.StandardError)));
        var place = high < 0.15
            ? "below the band of networks, 0.15 to 0.30: slow directions are not warm yet, or the running mean does not see them"
            : low > 0.30 ? "above the band of networks, 0.15 to 0.30: ηλ̃ is large, or the curvature grows"
            : low >= 0.15 && high <= 0.30 ? "within the band of networks, 0.15 to 0.30"
            : "not significantly outside the band of networks, 0.15 to 0.30";
        var alpha = run.Equipartition;
        var middle = ThermoPlots.Level("band of networks", alpha, 0.225);
        var band = middle with { Lower = [0.15, 0.15], Upper = [0.3, 0.3] };
        return new ThermoPanel(
            "equipartition", "Equipartition", $"At step {Step(alpha.LastStep!.Value)} α = {Text(now)}, {place}.{After(alpha, asked)}",
            [Steps("Equipartition", "α", "", ThermoPlots.Series("L_th/(η Tr PΣ_B)", alpha),
            ThermoPlots.Level("full equilibrium, ¼", alpha, 0.25, CurveRole.Theory), band)],
            Formula, Thermal, [.. caveats.ThermalLoss(), .. caveats.Noise()]).Under(premises);
    }

    public static ThermoPanel Bath(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"\frac{T_{obj}}{T_{bath}} = \frac{L_{th}}{\alpha\,\eta\,\mathrm{Tr}\,P\Sigma_B}";
        IReadOnlyList<StepPremise> asked = [.. run.Premises.Comparable, run.Premises.Resolved];
        var premises = Asked(run, asked, RunPremises.Calibrated(run));
        if (run.EquilibriumRatio.Last is not { } now)
        {
            return Without("bath", "Valley and bath", premises, Formula, Thermal);
        }

        var ratios = run.EquilibriumRatio;
        var step = ratios.LastStep!.Value;
        var isFalling = run.Record.Spec.Schedule.PhaseAt(Math.Clamp(step - 1, 0, run.Record.Spec.TotalSteps - 1)).Phase is { } phase
            && phase.ExitRate < phase.EntryRate;
        var reading = $"At step {Step(step)} the valley is {Text(now)} times as hot as its bath: " +
            $"{Place(now, isFalling)}.{After(ratios, asked)}";
        return new ThermoPanel(
            "bath", "Valley and bath", reading,
            [Steps("Valley over bath", "T_obj/T_bath", "", ThermoPlots.Series("T_obj/T_bath", ratios),
            ThermoPlots.Level("equilibrium", ratios, 1), ThermoPlots.Level("best anneal, 1/t", ratios, 2, CurveRole.Theory))],
            Formula, Thermal, [.. caveats.ThermalLoss()]).Under(premises);
    }

    public static ThermoPanel Entropies(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"\Delta S = \tfrac N2 \ln\frac{T_1}{T_0} - \tfrac12\Delta\ln\det\tilde H,\quad dS_{tot} = dQ\left(\tfrac1{T_{bath}} - \tfrac1T\right)";
        List<Plot> plots = [];
        List<string> readings = [];
        List<Premise> premises = [RunPremises.Probe("noise-probe", "The gradient's noise is measured.", !run.Temperature.IsEmpty,
            "the gradient's noise", run.Record, run.Record.Spec.Probes?.NoiseIntervalSteps)];
        if (premises[0].IsSatisfied)
        {
            premises.AddRange(RunPremises.AtClosest(run, run.Premises.Settled, run.Temperature.Steps));
        }

        if (run.EntropyChange is { Series.Count: > 1 } entropy)
        {
            plots.Add(Steps("Entropy of the valley", "ΔS per direction", "nats",
                ThermoPlots.Series("ΔS since the first measurement", entropy.Series)));
            var basis = entropy.Basis switch
            {
                EntropyBasis.Spectrum => "temperature and the spectrum of the curvature",
                EntropyBasis.Layers => "temperature and the mean curvature of each layer",
                _ => "temperature alone, as if the curvature did not change",
            };
            readings.Add($"By {basis}, the entropy of a direction changed by {Text(entropy.Series.Last)} nats from step " +
                $"{Step(entropy.Series.Steps[0])} to {Step(entropy.Series.LastStep!.Value)}.");
        }

        IReadOnlyList<StepPremise> asked = [.. run.Premises.Comparable, run.Premises.Resolved];
        if (run.EntropyProduction is { Count: > 1, Last: { } production } produced)
        {
            plots.Add(Steps("Entropy production", "ΔS_tot per direction", "nats",
                ThermoPlots.Series("valley and bath together", produced)));
            var fall = run.EntropyProductionDip;
            var law = fall is { } dip && dip.Fall.Value > 4 * dip.Fall.StandardError
                ? $"it fell by {Text(dip.Fall)} after step {Step(dip.SinceStep)}, more than noise explains"
                : "it never fell by more than noise explains";
            readings.Add($"From step {Step(produced.Steps[0])} to {Step(produced.LastStep!.Value)} valley and bath together gained " +
                $"{Text(production)} nats per direction; {law}.");
        }
        else if (!run.RawThermalLoss.IsEmpty && Failed(Asked(run, asked, RunPremises.Calibrated(run))) is { } failed)
        {
            readings.Add($"The entropy that valley and bath gain together is not measurable here. {failed.Explanation}");
        }

        return plots.Count == 0 ? Without("entropy", "Entropy", premises, Formula, Thermal)
            : new ThermoPanel("entropy", "Entropy", string.Join(' ', readings), [.. plots], Formula, Thermal,
                ["Entropy is differential: only differences mean something.", .. caveats.Curvature(), .. run.EntropyProduction.IsEmpty ? []
                    : caveats.ThermalLoss()]).Under(premises);
    }

    private static string Place(Estimate ratio, bool isFalling)
    {
        const double Close = 0.1;
        const double MostOfBestAnneal = 3;
        var chance = 2 * Finite(ratio.StandardError);
        return Math.Abs(ratio.Value - 1) <= Math.Max(Close, chance)
            ? chance > 0.5 ? "not significantly different from equilibrium, at an error too large to say more"
                : "in equilibrium with it, within the error"
            : ratio.Value < 1 ? "it is still warming up, or the running mean sees only part of the heat"
            : !isFalling ? "hotter than its rate explains, so it has not cooled down yet"
            : ratio.Value < MostOfBestAnneal ? "the decay is near the 1/t optimum, which keeps it at twice the bath"
            : "the rate fell faster than the valley cools, so heat is left behind";
    }

    // Those that are asked at each step are told at the step that comes closest.
    private static List<Premise> Asked(RunThermodynamics run, IReadOnlyList<StepPremise> atSteps, params IEnumerable<Premise> after)
    {
        List<Premise> premises = [RunPremises.HeatProbes(run)];
        if (premises[0].IsSatisfied)
        {
            premises.AddRange(RunPremises.AtClosest(run, atSteps, run.RawThermalLoss.Steps));
            premises.AddRange(after);
        }

        return premises;
    }

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;
}
