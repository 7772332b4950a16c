using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Metrics;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;
using static Ntl.Domain.Thermodynamics.Runs.PanelText;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What the noise of the gradient tells by itself: temperatures, balance and noise scale.</summary>
internal static class NoisePanels
{
    // Layers whose temperatures differ by less are called close.
    private const double CloseTemperatures = 1.5;

    private const int MostColumns = 80;

    public static ThermoPanel Temperature(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"T = \tfrac12\,\eta\,\mathrm{Tr}\,P\Sigma_B / n";
        List<Premise> premises = [NoiseProbe(run)];
        if (run.TotalTemperature.Last is not { } total)
        {
            return Without("temperature", "Temperature", premises, Formula, Thermal);
        }

        premises.Add(Premise.Of(
            "noise-resolved", "The gradient's noise is more than two standard errors above 0.", PremiseFailure.NotMeasurable,
            total.IsAboveZero,
            total.Value / total.StandardError, Estimate.ChanceErrors, "standard errors",
            $"½η Tr PΣ_B is not significantly different from 0: it is at most {Text(total.UpperBound)} nats.",
            "More measurements of the noise would resolve it."));
        if (!total.IsAboveZero)
        {
            return Without("temperature", "Temperature", premises, Formula, Thermal);
        }

        var step = run.Temperature.LastStep!.Value;
        var reading = $"At step {Step(step)}, at η = {NumberFormat.Rate(run.Record.Rate(step))}, the mean temperature of a direction is " +
            $"{Text(run.Temperature.Last)} nats; " +
            $"all directions together have ½η Tr PΣ_B = {Text(total)} nats.";
        var (scale, unit) = Nats(run.Temperature);
        return new ThermoPanel("temperature", "Temperature", reading,
            [Steps("Temperature of a direction", "T", unit, ThermoPlots.Series("T", run.Temperature, scale))], Formula, Thermal,
            [.. caveats.Noise()]).Under(premises);
    }

    // The power of ten of the newest value, so that text and axis name the same one.
    private static (double Scale, string Unit) Nats(EstimateSeries series)
    {
        if (series.Last is not { } last || !Text(last).Contains('×', StringComparison.Ordinal))
        {
            return (1, "nats");
        }

        var exponent = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(last.Value), last.StandardError > 0 ? last.StandardError : 0)));
        return (Math.Pow(10, -exponent), $"{DecimalDigits.PowerOfTen(exponent).Trim().TrimStart('×').Trim()} nats");
    }

    public static ThermoPanel Layers(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"T_g = \tfrac12\,\eta\,\mathrm{Tr}\,P_g\Sigma_g / n_g";
        var rows = run.Record.Layers.Where(layer => run.LayerTemperatures[layer].Last is { IsAboveZero: true }).ToImmutableArray();
        List<Premise> premises = [NoiseProbe(run)];
        if (rows.IsEmpty)
        {
            premises.Add(Premise.Of(
                "layer-noise-resolved", "The noise of at least one layer is more than two standard errors above 0.",
                PremiseFailure.NotMeasurable, false,
                "No layer's noise is significantly different from 0.", "More measurements of the noise would resolve it."));
            return Without("layers", "Temperature by layer", premises, Formula, Thermal);
        }

        var first = run.LayerTemperatures[rows[0]];
        var columns = ThermoPlots.Thinned(first.Count, MostColumns).Select(i => first.Steps[i]).ToImmutableArray();
        var cells = new PlotCells(
            [.. columns.Select(step => (double)step)], [], rows,
            [.. rows.SelectMany(layer => columns.Select(step => run.LayerTemperatures[layer].At(step)?.Value ?? double.NaN))], "T", "nats",
            IsLog: true);
        var now = rows.Select(layer => (Layer: layer, T: run.LayerTemperatures[layer].Last!.Value)).OrderBy(pair => pair.T.Value).ToList();
        var (coldest, hottest) = (now[0], now[^1]);
        var reading = rows.Length == 1 ? $"Only {hottest.Layer} has a noise above its error." :
            $"At step {Step(first.LastStep!.Value)} {hottest.Layer} is the hottest layer, {Text(hottest.T.Over(coldest.T))} times as " +
            $"hot as {coldest.Layer}, the coldest: " +
            (hottest.T.Value < CloseTemperatures * coldest.T.Value ? "the layers are close to one temperature."
                : "each layer has its own temperature.");
        if (rows.Length < run.Record.Layers.Count)
        {
            reading += $" Not significantly different from 0, and left out: " +
                $"{string.Join(", ", run.Record.Layers.Except(rows, StringComparer.Ordinal))}.";
        }

        return new ThermoPanel(
            "layers", "Temperature by layer", reading,
            [new("Temperature by layer", "step", "", "layer", "", false, false, []) { Cells = cells }], Formula, Thermal,
                    [.. caveats.Noise()]).Under(premises);
    }

    public static ThermoPanel Balance(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"E\|g_u\|^2_P = E\|g_w\|^2_P,\quad \rho = \frac{2\langle\theta\cdot u\rangle}{\eta\langle|u|^2\rangle}";
        const string Source = "Ziyin, Xu & Chuang 2025, arXiv:2505.12387; Yaida 2019, arXiv:1810.00004";
        List<Plot> plots = [];
        List<string> readings = [];
        List<Premise> premises = [NoiseProbe(run)];
        var layers = run.Record.Layers.Where(layer => !run.LayerGradients[layer].IsEmpty).ToList();
        if (layers.Count > 0)
        {
            plots.Add(new("Gradient by layer", "step", "", "E|g|²_P", "nats/rate", false, true,
                [.. layers.Select(layer => ThermoPlots.Series(layer, run.LayerGradients[layer])).Select(curve =>
                    curve with { Lower = [], Upper = [] }).Where(curve => curve.Y.All(value => value > 0))]));
        }

        if (run.BalanceRatio.Last is { } ratio && run.BalanceVariation.Last is { } variation)
        {
            plots.Add(Steps("Balance of the blocks", "max/min of E|g|²_P", "", ThermoPlots.Series("max/min", run.BalanceRatio),
                ThermoPlots.Level("balanced", run.BalanceRatio, 1)));
            readings.Add($"The largest gradient of a block is {Text(ratio)} times the smallest; the blocks vary by " +
                $"{Text(100 * variation.Value, 2)} %.");
        }

        if (premises[0].IsSatisfied)
        {
            premises.AddRange(run.Norm.Premises(run.Record));
            if (Failed(premises) is { } failed)
            {
                readings.Add($"ρ is {Word(failed)}. {failed.Explanation}");
            }
            else
            {
                plots.Add(Steps("Stationarity of the weights' norm", "ρ", "", ThermoPlots.Series("ρ", run.FluctuationRatio),
                    ThermoPlots.Level("stationary", run.FluctuationRatio, 1)));
                readings.Add($"Over steps {Step(run.Norm.First)} to {Step(run.Norm.Last)} the norm of the weights is stationary, ρ = " +
                    $"{Text(run.Norm.Ratio)}: what updates add to it, decay takes away.");
            }
        }

        return plots.Count == 0 ? Without("balance", "Gradient balance", premises, Formula, Source)
            : new ThermoPanel("balance", "Gradient balance", string.Join(' ', readings), [.. plots], Formula, Source,
                [.. caveats.Noise(),
                "The blocks of a transformer share no exact symmetry that would balance them: balance is a " +
                    "tendency."]).Under(premises);
    }

    public static ThermoPanel NoiseScale(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"B_{simple} = \frac{\mathrm{Tr}\,\Sigma_1}{|\nabla L|^2}";
        const string Source = "McCandlish et al. 2018, arXiv:1812.06162";
        double batch = run.Record.Spec.BatchSize * (double)run.Record.Spec.GradientAccumulationSteps;
        List<Premise> premises =
        [
            RunPremises.Probe("noise-probe", "The gradient's noise is measured.", run.Record[ProbeKeys.GradientCovariance].Count > 0,
                "the gradient's noise", run.Record, run.Record.Spec.Probes?.NoiseIntervalSteps),
            Premise.Of(
                "signal-resolved", "The mean gradient is more than two standard errors above the noise.", PremiseFailure.NotMeasurable,
                !run.NoiseScale.IsEmpty,
                "The mean gradient is not significantly different from 0 under its noise.",
                "A larger batch, more micro-batches or more steps would resolve it."),
        ];
        if (run.NoiseScale.Last is not { } now)
        {
            return Without("noise-scale", "Noise scale", premises, Formula, Source);
        }

        var (low, high) = (now.Value - (2 * Finite(now.StandardError)), now.Value + (2 * Finite(now.StandardError)));
        var place = batch < low ? "the noise dominates, so a larger batch would still pay off"
            : batch > high ? "the signal dominates, so a smaller batch would do"
            : "the two are equal within the error";
        var reading = $"At step {Step(run.NoiseScale.LastStep!.Value)} noise and signal would be equal at a batch of {Text(now)} " +
            $"sequences. The run uses {Text(batch)}: {place}.";
        return new ThermoPanel(
            "noise-scale", "Noise scale", reading,
            [Steps("Noise scale", "B_simple", "sequences", ThermoPlots.Series("Tr Σ₁/|∇L|²", run.NoiseScale),
            ThermoPlots.Level("batch of the run", run.NoiseScale, batch))],
            Formula, Source, [.. caveats.Noise()]).Under(premises);
    }

    private static Premise NoiseProbe(RunThermodynamics run) =>
        RunPremises.Probe("noise-probe", "The gradient's noise is measured.", !run.NoiseTrace.IsEmpty, "the gradient's noise", run.Record,
            run.Record.Spec.Probes?.NoiseIntervalSteps);

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;
}
