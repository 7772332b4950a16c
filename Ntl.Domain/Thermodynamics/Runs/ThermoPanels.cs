using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Claims;
using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>The panels of a run's thermodynamics.</summary>
public static class ThermoPanels
{
    private const int MostColumns = 80;
    private const string Thermal = "Liu et al. 2025, arXiv:2505.10559";
    private const string NeedsNoise = "Not measured: switch on the gradient's noise.";
    private const string NeedsCold = "Not measured: switch on the cold probe and the gradient's noise.";

    /// <summary>All panels in reading order, each id once; those without measurements too.</summary>
    /// <param name="run">What was derived of the run.</param>
    public static IReadOnlyList<ThermoPanel> Of(RunThermodynamics run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var caveats = new RunCaveats(run);
        return
        [
            Temperature(run, caveats), Layers(run, caveats), Losses(run, caveats), Equipartition(run, caveats), Bath(run, caveats), Entropies(run, caveats),
            Curvature(run, caveats), Conduction(run, caveats), Force(run, caveats), Balance(run, caveats), NoiseScale(run, caveats),
        ];
    }

    private static ThermoPanel Temperature(RunThermodynamics run, RunCaveats caveats)
    {
        const double Scale = 1e9;
        ImmutableArray<Plot> plots = run.Temperature.IsEmpty ? [] :
        [
            Steps("Temperature of a direction", "T", "10⁻⁹ nats", ThermoPlots.Series("T", run.Temperature, Scale)),
        ];
        var reading = run.Temperature.Last is not { } now ? NeedsNoise
            : $"A direction has {Text(now.Times(Scale))} × 10⁻⁹ nats at η = {Text(run.Record.Rate(run.Temperature.LastStep!.Value))}; all of them together ½η Tr PΣ_B = {Text(run.TotalTemperature.Last)} nats.";
        return new("temperature", "Temperature", reading, plots, @"T = \tfrac12\,\eta\,\mathrm{Tr}\,P\Sigma_B / n", Thermal, [.. caveats.Noise()]);
    }

    private static ThermoPanel Layers(RunThermodynamics run, RunCaveats caveats)
    {
        var rows = run.Record.Layers.Where(layer => !run.LayerTemperatures[layer].IsEmpty).ToImmutableArray();
        var reading = "Not measured: switch on the gradient's noise.";
        ImmutableArray<Plot> plots = [];
        if (rows.Length > 0)
        {
            var first = run.LayerTemperatures[rows[0]];
            var columns = ThermoPlots.Thinned(first.Count, MostColumns).Select(i => first.Steps[i]).ToImmutableArray();
            var cells = new PlotCells(
                [.. columns.Select(step => (double)step)], [], rows,
                [.. rows.SelectMany(layer => columns.Select(step => run.LayerTemperatures[layer].At(step)?.Value ?? double.NaN))], "T", "nats", IsLog: true);
            plots = [new("Temperature by layer", "step", "", "layer", "", false, false, []) { Cells = cells }];
            var now = rows.Select(layer => (Layer: layer, T: run.LayerTemperatures[layer].Last!.Value.Value)).OrderBy(pair => pair.T).ToList();
            reading = now[0].T > 0
                ? $"{now[^1].Layer} is hottest, {Text(now[^1].T / now[0].T)} times as hot as {now[0].Layer}, the coldest: {(now[^1].T < 1.5 * now[0].T ? "close to one temperature" : "layers have temperatures of their own")}."
                : $"{now[^1].Layer} is hottest; {now[0].Layer} has no noise.";
        }

        return new("layers", "Temperature by layer", reading, plots, @"T_g = \tfrac12\,\eta\,\mathrm{Tr}\,P_g\Sigma_g / n_g", Thermal, [.. caveats.Noise()]);
    }

    private static ThermoPanel Losses(RunThermodynamics run, RunCaveats caveats)
    {
        if (run.ThermalLoss.Last is not { } heat)
        {
            return new("losses", "Hot and cold loss", NeedsCold, [], LedgerFormula, Thermal, []);
        }

        var (hot, cold) = (run.Record[MetricKeys.ValidationLoss], run.Record[ProbeKeys.ColdLoss]);
        var shown = ThermoPlots.Thinned(cold.Count).Where(i => double.IsFinite(cold.Values[i])).ToList();
        var gap = shown.Where(i => run.ThermalLoss.Steps.BinarySearch(cold.Steps[i]) >= 0).Select(i => (Step: (double)cold.Steps[i], Cold: cold.Values[i], Heat: run.ThermalLoss.At(cold.Steps[i])!.Value.Value)).ToList();
        List<PlotCurve> curves =
        [
            ThermoPlots.Line("hot loss at θ", CurveRole.Measured, ThermoPlots.Thinned(hot.Count).Select(i => ((double)hot.Steps[i], hot.Values[i]))),
            ThermoPlots.Line("cold loss at θ̄; shaded: heat", CurveRole.Measured, gap.Select(point => (point.Step, point.Cold))) with
            {
                Lower = [.. gap.Select(point => Math.Min(point.Cold, point.Cold + point.Heat))],
                Upper = [.. gap.Select(point => Math.Max(point.Cold, point.Cold + point.Heat))],
            },
        ];
        List<Plot> plots = [Steps("Hot and cold loss", "loss", "nats/token", [.. curves])];
        var ledger = "";
        if (run.Ledger.Length > 1)
        {
            var (lines, last) = (ThermoPlots.Thinned(run.Ledger.Length).Select(i => run.Ledger[i]).ToList(), run.Ledger[^1]);
            plots.Add(Steps("Ledger", "change since the first line", "nats/token",
                ThermoPlots.Line("ΔL as logged", CurveRole.Bound, lines.Select(line => ((double)line.Step, line.LossChange))),
                ThermoPlots.Points("work W", lines.Select(line => ((double)line.Step, new Estimate(line.Change.Work, line.StandardError))), CurveStyle.Line),
                ThermoPlots.Points("heat Q", lines.Select(line => ((double)line.Step, new Estimate(line.Change.Heat, line.StandardError))), CurveStyle.Line)));
            var closure = last.Change.ClosureError(last.LossChange);
            ledger = $" Since step {run.Ledger[0].Step} the river did W = {Text(last.Change.Work)} and the valley took Q = {Text(last.Change.Heat)} nats{(double.IsFinite(closure) ? $"; the ledger closes to {Text(100 * closure, 2)} %" : "")}.";
        }

        if (run.EntropicLoss.Count > 1)
        {
            plots.Add(Steps("Entropic loss", "F_η", "nats/token", ThermoPlots.Series("F_η = L + ¼η E|g|²_P", run.EntropicLoss)));
        }

        return new("losses", "Hot and cold loss", $"{Text(heat)} nats of the loss are heat that a decay would let out.{ledger}", [.. plots], LedgerFormula, Thermal, [.. caveats.ThermalLoss()]);
    }

    private static string NoHeatYet(RunThermodynamics run) => run.ThermalLoss.IsEmpty
        ? NeedsCold
        : string.Create(CultureInfo.InvariantCulture, $"Waiting for step {run.FirstThermalStep}: until then the running mean holds the start of the training, and what it differs by is river, not heat.");

    private static ThermoPanel Equipartition(RunThermodynamics run, RunCaveats caveats)
    {
        var reading = NoHeatYet(run);
        ImmutableArray<Plot> plots = [];
        if (run.Equipartition.Last is { } now)
        {
            var alpha = run.Equipartition;
            var place = now.Value < 0.15 ? "below the band of networks: slow directions are not warm, or the running mean does not see them"
                : now.Value > 0.30 ? "above the band of networks: large ηλ̃, or a curvature that grows"
                : "within the band of networks, 0.15 to 0.30";
            reading = $"α = {Text(now)}: {place}.";
            var band = new PlotCurve("band of networks", CurveRole.Bound, [alpha.Steps[0], alpha.Steps[^1]], [0.225, 0.225]) { Lower = [0.15, 0.15], Upper = [0.3, 0.3] };
            plots = [Steps("Equipartition", "α", "", ThermoPlots.Series("L_th/(η Tr PΣ_B)", alpha), ThermoPlots.Level("full equilibrium, ¼", alpha, 0.25, CurveRole.Theory), band)];
        }

        return new("equipartition", "Equipartition", reading, plots, @"\alpha = \frac{L_{th}}{\eta\,\mathrm{Tr}\,P\Sigma_B} \to \tfrac14", Thermal, [.. caveats.ThermalLoss(), .. caveats.Noise()]);
    }

    private static ThermoPanel Bath(RunThermodynamics run, RunCaveats caveats)
    {
        var reading = NoHeatYet(run);
        ImmutableArray<Plot> plots = [];
        if (run.EquilibriumRatio.Last is { } now)
        {
            var ratios = run.EquilibriumRatio;
            var step = ratios.LastStep!.Value;
            var falls = run.Record.Spec.Schedule.PhaseAt(Math.Max(0, Math.Min(step, run.Record.Spec.TotalSteps) - 1)).Phase is { } phase && phase.ExitRate < phase.EntryRate;
            var place = (now.Value, falls) switch
            {
                ( < 0.7, _) => "colder than its bath: it is still warming up, or the probe sees only part of the heat",
                ( <= 1.3, _) => "in equilibrium with it",
                ( < 3, true) => "the decay is near the 1/t optimum, which keeps it at twice the bath",
                (_, true) => "the rate fell faster than the valley cools: heat is left behind",
                _ => "hotter than its rate explains: it has not cooled down yet",
            };
            reading = $"The valley is {Text(now)} times as hot as its bath: {place}.";
            plots = [Steps("Valley over bath", "T_obj/T_bath", "", ThermoPlots.Series("T_obj/T_bath", ratios), ThermoPlots.Level("equilibrium", ratios, 1), ThermoPlots.Level("best anneal, 1/t", ratios, 2, CurveRole.Theory))];
        }

        return new("bath", "Valley and bath", reading, plots, @"\frac{T_{obj}}{T_{bath}} = \frac{L_{th}}{\alpha\,\eta\,\mathrm{Tr}\,P\Sigma_B}", Thermal, [.. caveats.Bath(), .. caveats.ThermalLoss()]);
    }

    private static ThermoPanel Entropies(RunThermodynamics run, RunCaveats caveats)
    {
        List<Plot> plots = [];
        List<string> readings = [];
        if (run.EntropyChange is { Series.Count: > 1 } entropy)
        {
            plots.Add(Steps("Entropy of the valley", "ΔS a direction", "nats", ThermoPlots.Series("ΔS since the first measurement", entropy.Series)));
            var basis = entropy.Basis switch
            {
                EntropyBasis.Spectrum => "temperature and the spectrum of the curvature",
                EntropyBasis.Layers => "temperature and mean curvature of each layer",
                _ => "temperature alone, as if the curvature stood still",
            };
            readings.Add($"By {basis}, a direction's entropy changed by {Text(entropy.Series.Last)} nats.");
        }

        if (run.EntropyProduction.Last is { } production)
        {
            plots.Add(Steps("Entropy production", "ΔS_tot a direction", "nats", ThermoPlots.Series("valley and bath together", run.EntropyProduction)));
            var fall = run.EntropyProductionDip;
            var law = fall is { } dip && dip.Fall.Value > 4 * dip.Fall.StandardError ? $"it fell by {Text(dip.Fall)} since step {dip.SinceStep}, more than noise explains" : "it never fell beyond noise";
            readings.Add($"Valley and bath together gained {Text(production)} nats a direction; {law}.");
        }

        return new(
            "entropy", "Entropy", readings.Count == 0 ? NeedsNoise : string.Join(' ', readings), [.. plots],
            @"\Delta S = \tfrac N2 \ln\frac{T_1}{T_0} - \tfrac12\Delta\ln\det\tilde H,\quad dS_{tot} = dQ\left(\tfrac1{T_{bath}} - \tfrac1T\right)", Thermal,
            [.. RunCaveats.Some("Entropy is differential: only differences mean something.").Concat(readings.Count == 0 ? [] : caveats.Curvature()).Concat(run.EntropyProduction.IsEmpty ? [] : [.. caveats.Bath(), .. caveats.ThermalLoss()])]);
    }

    private static ThermoPanel Curvature(RunThermodynamics run, RunCaveats caveats)
    {
        List<Plot> plots = [];
        var reading = "Not measured: switch on the curvature.";
        if (run.Sharpness.Last is { } now)
        {
            List<PlotCurve> curves = [ThermoPlots.Series("ηλ̃_max", run.Sharpness)];
            if (run.StabilityEdge is { } edge)
            {
                curves.Add(ThermoPlots.Level("edge of stability", run.Sharpness, edge));
                reading = $"ηλ̃_max = {Text(now)}, {Text(100 * now.Value / edge, 2)} % of the edge of stability at {Text(edge)}.";
            }
            else
            {
                reading = $"ηλ̃_max = {Text(now)}; no edge is known for a sign rule.";
            }

            plots.Add(Steps("Sharpest direction", "ηλ̃_max", "", [.. curves]));
        }

        var trace = RunThermodynamics.Measured(run.Record[ProbeKeys.PreconditionedCurvatureTrace], run.Record[ProbeKeys.Error(ProbeKeys.PreconditionedCurvatureTrace)]);
        if (trace.Last is { } total)
        {
            plots.Add(Steps("Trace of the curvature", "Tr PH", "1/rate", ThermoPlots.Series("Tr PH", trace)));
            reading = plots.Count > 1 ? $"{reading} Tr PH = {Text(total)} per unit of rate." : $"Tr PH = {Text(total)} per unit of rate.";
        }

        return new("curvature", "Curvature and stability", reading, [.. plots], @"\eta\,\lambda_{max}(P^{1/2}HP^{1/2}) \lesssim 2\,\frac{1+\beta_1}{1-\beta_1}", "Cohen et al. 2021, arXiv:2103.00065; 2022, arXiv:2207.14484", plots.Count == 0 ? [] : [.. caveats.Curvature()]);
    }

    private static ThermoPanel Conduction(RunThermodynamics run, RunCaveats caveats)
    {
        var (conductances, flows) = (run.Conductances(), run.HeatFlows());
        List<Plot> plots = [];
        List<string> readings = [];
        var layers = run.Record.Layers.ToImmutableArray();
        if (conductances.Count > 0)
        {
            var cells = new PlotCells(
                [.. Enumerable.Range(0, layers.Length).Select(i => (double)i)], layers, layers,
                [.. layers.SelectMany(row => layers.Select(column => conductances.TryGetValue((row, column), out var value) ? value : double.NaN))], "κ", "1/rate", IsLog: true);
            plots.Add(new("Conductance between layers", "layer", "", "layer", "", false, false, []) { Cells = cells });
            var (pair, most) = conductances.MaxBy(entry => entry.Value);
            readings.Add($"Heat passes most easily between {pair.First} and {pair.Second}, κ = {Text(most)} per unit of rate.");
        }

        if (flows.Count > 0)
        {
            var shown = layers.Where(flows.ContainsKey).ToList();
            plots.Add(new("Heat that a layer passes on", "layer, in order", "", "q", "nats/step", false, false,
                [new("q", CurveRole.Measured, [.. shown.Select((_, i) => (double)i)], [.. shown.Select(layer => flows[layer].Value)], CurveStyle.Bars)]));
            var source = shown.MaxBy(layer => flows[layer].Value)!;
            var known = flows[source].StandardError is var error && double.IsFinite(error) && Math.Abs(flows[source].Value) < 2 * error;
            readings.Add($"{source} passes on {Text(flows[source])} nats a step{(known ? ", no more than noise" : ", the most of all")}.");
        }

        return new(
            "conduction", "Conduction between layers", readings.Count == 0 ? "Not measured: switch on heat flows between layers." : string.Join(' ', readings), [.. plots],
            @"q_g = \tfrac12\eta^2\,\mathrm{Tr}\,P_gH_{gg}P_g\Sigma_g - \eta\,\langle \bar g_g, P_g \bar g_g\rangle,\quad \kappa_{gh} = \frac{\|P_g^{1/2}H_{gh}P_h^{1/2}\|_F^2}{\tilde a_g + \tilde a_h}", Thermal,
            plots.Count == 0 ? [] : [.. caveats.Age(layers.Select(layer => ProbeKeys.Of(ProbeKeys.HeatFlow, layer)).FirstOrDefault(key => run.Record[key].Count > 0, ProbeKeys.HeatFlow), "Heat flows are"), "κ stands for layers whose directions are alike; within a layer they are not."]);
    }

    private static ThermoPanel Force(RunThermodynamics run, RunCaveats caveats)
    {
        var reading = "Not measured: switch on the force along the river.";
        List<Plot> plots = [];
        if (run.RiverForce.Last is { } force && run.RiverDrive.Last is { } drive)
        {
            plots.Add(Steps("Entropic force and drive along the river", "force", "nats/parameter", ThermoPlots.Series("entropic force F_ent·û", run.RiverForce), ThermoPlots.Series("drive −∇L·û", run.RiverDrive)));
            reading = $"The river is driven by {Text(drive)}, the entropic force is {Text(force)} nats/parameter";
            if (run.TrappingRatio.Last is { } ratio)
            {
                plots.Add(Steps("Rate over the critical rate", "η/η_c", "", ThermoPlots.Series("η/η_c", run.TrappingRatio), ThermoPlots.Level("the river stops", run.TrappingRatio, 1)));
                reading += ratio.Value switch
                {
                    _ when ratio.StandardError > Math.Abs(ratio.Value) / 2 => $": η/η_c = {Text(ratio)}, not told from 0",
                    > 1 => $": η is {Text(ratio)} times the critical rate, the river flows backwards",
                    > 0 => $": η is {Text(ratio)} of the critical rate",
                    _ => ": it helps the river",
                };
            }

            reading += ".";
        }

        return new("force", "Entropic force", reading, [.. plots], @"F_{ent} = T\,\nabla S,\quad \frac{\eta}{\eta_c} = -\frac{F_{ent}\cdot\hat u}{-\nabla L\cdot\hat u}", Thermal,
            plots.Count == 0 ? [] : [.. RunCaveats.Some(caveats.WarmingUp()), .. caveats.Age(ProbeKeys.RiverForce, "The force is"), "û is the way that the running mean of the weights took last: it still has noise of its own."]);
    }

    private static ThermoPanel Balance(RunThermodynamics run, RunCaveats caveats)
    {
        List<Plot> plots = [];
        List<string> readings = [];
        var layers = run.Record.Layers.Where(layer => !run.LayerGradients[layer].IsEmpty).ToList();
        if (layers.Count > 0)
        {
            plots.Add(new("Gradient by layer", "step", "", "E|g|²_P", "nats/rate", false, true,
                [.. layers.Select(layer => ThermoPlots.Series(layer, run.LayerGradients[layer])).Select(curve => curve with { Lower = [], Upper = [] }).Where(curve => curve.Y.All(value => value > 0))]));
        }

        if (run.BalanceRatio.Last is { } ratio && run.BalanceVariation.Last is { } variation)
        {
            plots.Add(Steps("Balance of the blocks", "max/min of E|g|²_P", "", ThermoPlots.Series("max/min", run.BalanceRatio), ThermoPlots.Level("balanced", run.BalanceRatio, 1)));
            readings.Add($"The largest block gradient is {Text(ratio)} times the smallest; they vary by {Text(100 * variation.Value, 2)} %.");
        }

        if (run.FluctuationRatio.Last is { } rho)
        {
            plots.Add(Steps("Stationarity of the weights' norm", "ρ", "", ThermoPlots.Series("ρ", run.FluctuationRatio), ThermoPlots.Level("stationary", run.FluctuationRatio, 1)));
            readings.Add($"ρ = {Text(rho)}: {(Math.Abs(rho.Value - 1) < 0.1 ? "the norm of the weights stands still" : "the norm of the weights still changes")}.");
        }

        return new("balance", "Gradient balance", readings.Count == 0 ? NeedsNoise : string.Join(' ', readings), [.. plots], @"E\|g_u\|^2_P = E\|g_w\|^2_P,\quad \rho = \frac{2\langle\theta\cdot u\rangle}{\eta\langle|u|^2\rangle}",
            "Ziyin, Xu & Chuang 2025, arXiv:2505.12387; Yaida 2019, arXiv:1810.00004",
            plots.Count == 0 ? [] : [.. caveats.Noise(), "Blocks with norms between them share no exact symmetry: balance is a tendency.", .. RunCaveats.Some(run.Record.Spec.Optimizer.WeightDecay > 0 ? null : "Without weight decay the norm of the weights may grow on: ρ need not reach 1.")]);
    }

    private static ThermoPanel NoiseScale(RunThermodynamics run, RunCaveats caveats)
    {
        var reading = "Not measured: switch on the gradient's noise.";
        ImmutableArray<Plot> plots = [];
        double batch = run.Record.Spec.BatchSize * (double)run.Record.Spec.GradientAccumulationSteps;
        if (run.NoiseScale.Last is { } now)
        {
            reading = $"Noise and signal are equal at a batch of {Text(now)} sequences; the run takes {Text(batch)}: {(now.Value > batch ? "noise rules, a larger batch would still pay" : "signal rules, a smaller batch would do")}.";
            plots = [Steps("Noise scale", "B_simple", "sequences", ThermoPlots.Series("Tr Σ₁/|∇L|²", run.NoiseScale), ThermoPlots.Level("batch of the run", run.NoiseScale, batch))];
        }
        else if (run.Record[ProbeKeys.GradientCovariance].Count > 0)
        {
            reading = "The signal cannot be told from the noise yet: it takes more steps.";
        }

        return new("noise-scale", "Noise scale", reading, plots, @"B_{simple} = \frac{\mathrm{Tr}\,\Sigma_1}{|\nabla L|^2}", "McCandlish et al. 2018, arXiv:1812.06162", [.. caveats.Noise()]);
    }

    private const string LedgerFormula = @"\Delta L = W + Q,\quad W = \Delta L_{cold},\; Q = \Delta(L_{hot} - L_{cold})";

    private static Plot Steps(string title, string label, string unit, params PlotCurve[] curves) => new(title, "step", "", label, unit, false, false, [.. curves]);

    private static string Text(double value, int digits = 3) => NumberText.Of(value, digits);

    private static string Text(Estimate? estimate) => estimate is not { } known ? "–"
        : double.IsFinite(known.StandardError) && known.StandardError > 0 ? $"{Text(known.Value)} ± {Text(known.StandardError, 2)}"
        : Text(known.Value);
}
