using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;
using static Ntl.Domain.Thermodynamics.Runs.PanelText;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What the curvature and its products tell: stability, conduction, the entropic force.</summary>
internal static class LandscapePanels
{
    public static ThermoPanel Curvature(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"\eta\,\lambda_{max}(P^{1/2}HP^{1/2}) \lesssim 2\,\frac{1+\beta_1}{1-\beta_1}";
        const string Source = "Cohen et al. 2021, arXiv:2103.00065; 2022, arXiv:2207.14484";
        var (record, sharpness) = (run.Record, run.Sharpness);
        var trace = RunThermodynamics.Measured(record[ProbeKeys.PreconditionedCurvatureTrace],
            record[ProbeKeys.Error(ProbeKeys.PreconditionedCurvatureTrace)]);
        var positive = trace.Select((_, total) => total.IsAboveZero ? total : new(double.NaN, double.NaN));
        List<Premise> premises = [RunPremises.Probe("curvature-probe", "The curvature is measured.", !sharpness.IsEmpty || !trace.IsEmpty,
            "the curvature", run.Record, run.Record.Spec.Probes?.CurvatureIntervalSteps)];
        List<Plot> plots = [];
        List<string> readings = [];
        if (sharpness.Last is { } now)
        {
            var curves = new List<PlotCurve> { ThermoPlots.Series("ηλ̃_max", sharpness) };
            var step = Step(sharpness.LastStep!.Value);
            if (run.StabilityEdge is { } edge)
            {
                curves.Add(ThermoPlots.Level("edge of stability", sharpness, edge));
                readings.Add($"At step {step} ηλ̃_max = {Text(now)}, {Text(100 * now.Value / edge, 2)} % of the edge of stability at " +
                    $"{Text(edge)}.");
            }
            else
            {
                readings.Add($"At step {step} ηλ̃_max = {Text(now)}. An edge of stability is not applicable: the steps of a sign rule " +
                    $"have one length, whatever the curvature.");
            }

            if (RunPremises.MeasuredNearPeak(run) is { IsSatisfied: false } far)
            {
                readings.Add(far.Explanation);
            }

            plots.Add(Steps("Sharpest direction", "ηλ̃_max", "", [.. curves]));
        }

        if (trace.Last is { } total)
        {
            premises.Add(Premise.Of(
                "valley-curved", "The curvature's trace is more than two standard errors above 0.", PremiseFailure.NotMeasurable,
                total.IsAboveZero, total.Value / total.StandardError, 2, "standard errors",
                total.IsBelowZero
                    ? "The trace of the curvature is below 0: on the whole the loss curves downwards here, so there is no valley that " +
                        "a trace would measure."
                    : $"Tr PH is not significantly different from 0: it is at most {Text(total.UpperBound)} per unit of rate.",
                "It may be measurable later in the training."));
            readings.Add(total.IsAboveZero ? $"Tr PH = {Text(total)} per unit of rate." : Failed(premises)!.Explanation);
            if (!positive.IsEmpty)
            {
                plots.Add(Steps("Trace of the curvature", "Tr PH", "1/rate", ThermoPlots.Series("Tr PH", positive)));
            }
        }

        return plots.Count == 0 ? Without("curvature", "Curvature and stability", premises, Formula, Source)
            : new ThermoPanel("curvature", "Curvature and stability", string.Join(' ', readings), [.. plots], Formula, Source,
                [.. caveats.Curvature()]).Under(premises);
    }

    public static ThermoPanel Conduction(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula =
            @"q_g = \tfrac12\eta^2\,\mathrm{Tr}\,P_gH_{gg}P_g\Sigma_g - \eta\,\langle \bar g_g, P_g \bar g_g\rangle,\quad \kappa_{gh} = \frac{\|P_g^{1/2}H_{gh}P_h^{1/2}\|_F^2}{\tilde a_g + \tilde a_h}";
        var (conductances, flows) = (run.Conductances(), run.HeatFlows());
        var known = conductances.Where(entry => entry.Value.IsAboveZero).ToDictionary();
        var clear = flows.Where(entry =>
            entry.Value is { IsAboveZero: true } or { IsBelowZero: true }).ToDictionary(StringComparer.Ordinal);
        List<Premise> premises =
        [
            RunPremises.Probe("conduction-probe", "Heat flows between layers are measured.", conductances.Count > 0 || flows.Count > 0,
                "heat flows between layers", run.Record, run.Record.Spec.Probes?.ConductionIntervalSteps),
            Premise.Of(
                "conduction-resolved", "At least one conductance or heat flow is more than two standard errors from 0.",
                PremiseFailure.NotMeasurable, known.Count > 0 || clear.Count > 0,
                "No conductance and no heat flow is significantly different from 0.", "A larger batch would resolve them."),
        ];
        if (Failed(premises) is not null)
        {
            return Without("conduction", "Conduction between layers", premises, Formula, Thermal);
        }

        List<Plot> plots = [];
        List<string> readings = [];
        var layers = run.Record.Layers.ToImmutableArray();
        if (known.Count > 0)
        {
            var cells = new PlotCells(
                [.. Enumerable.Range(0, layers.Length).Select(i => (double)i)], layers, layers,
                [.. layers.SelectMany(row =>
                    layers.Select(column => known.TryGetValue((row, column), out var value) ? value.Value : double.NaN))], "κ", "1/rate",
                        IsLog: true);
            plots.Add(new("Conductance between layers", "layer", "", "layer", "", false, false, []) { Cells = cells });
            var (pair, most) = known.MaxBy(entry => entry.Value.Value);
            readings.Add($"Heat passes most easily between {pair.First} and {pair.Second}: κ = {Text(most)} per unit of rate.");
        }

        if (clear.Count > 0)
        {
            List<string> shown = [.. layers.Where(clear.ContainsKey)];
            if (shown.Count > 1 || plots.Count == 0)
            {
                plots.Add(new("Heat that a layer passes on", "layer, in order", "", "q", "nats/step", false, false,
                    [new("q", CurveRole.Measured, [.. shown.Select(layer => (double)layers.IndexOf(layer))],
                    [.. shown.Select(layer => clear[layer].Value)], CurveStyle.Bars)]));
            }

            readings.Add(LargestFlow(shown, clear));
        }

        if (flows.Keys.Where(layer => !clear.ContainsKey(layer)).ToList() is { Count: > 0 } noisy)
        {
            readings.Add(clear.Count == 0 ? NoFlow(flows.Values) : $"Not significantly different from 0, and left out: {string.Join(", ", noisy)}.");
        }

        return new ThermoPanel("conduction", "Conduction between layers", string.Join(' ', readings), [.. plots], Formula, Thermal,
        [
            .. caveats.Age(layers.Select(layer => ProbeKeys.Of(ProbeKeys.HeatFlow, layer)).FirstOrDefault(key => run.Record[key].Count > 0,
                ProbeKeys.HeatFlow), "Heat flows are"),
            "κ stands for layers whose directions are alike; within a layer they are not.",
        ]).Under(premises);
    }

    public static ThermoPanel Force(RunThermodynamics run, RunCaveats caveats)
    {
        const string Formula = @"F_{ent} = T\,\nabla S,\quad \frac{\eta}{\eta_c} = -\frac{F_{ent}\cdot\hat u}{-\nabla L\cdot\hat u}";
        const string Title = "Entropic force";
        var forces = run.RiverForce.Select((_, force) => force is { IsAboveZero: true } or { IsBelowZero: true } ? force
            : new(double.NaN, double.NaN));
        var drives = run.RiverDrive.Select((_, drive) => drive.IsAboveZero ? drive : new(double.NaN, double.NaN));
        List<Premise> premises = [RunPremises.Probe("force-probe", "The force along the river is measured.",
            run.RiverForce is { IsEmpty: false } && !run.RiverDrive.IsEmpty, "the force along the river", run.Record,
                run.Record.Spec.Probes?.RiverWindowSteps)];
        if (Failed(premises) is not null)
        {
            return Without("force", Title, premises, Formula, Thermal);
        }

        var (force, drive) = (run.RiverForce.Last!.Value, run.RiverDrive.Last!.Value);
        var step = Step(run.RiverForce.LastStep!.Value);
        premises.AddRange(Resolved(run));
        List<Plot> plots = [];
        if (!forces.IsEmpty || !drives.IsEmpty)
        {
            plots.Add(Steps("Entropic force and drive along the river", "force", "nats/parameter",
                [.. new[] { ("entropic force F_ent·û", forces), ("drive −∇L·û", drives) }.Where(pair => !pair.Item2.IsEmpty).Select(pair =>
                    ThermoPlots.Series(pair.Item1, pair.Item2))]));
        }

        if (!run.TrappingRatio.IsEmpty)
        {
            plots.Add(Steps("Rate over the critical rate", "η/η_c", "", ThermoPlots.Series("η/η_c", run.TrappingRatio),
                ThermoPlots.Level("the river stops", run.TrappingRatio, 1)));
        }

        var failed = Failed(premises);
        var reading = failed is { Id: not "force-against-drive" } ? failed.Explanation
            : $"At step {step} the drive along the river is {Text(drive)} nats/parameter and the entropic force {Text(force)}: " +
                (failed is not null ? "it helps the river along, so there is no critical rate."
                : run.TrappingRatio.Last is not { } ratio ? "too noisy for their ratio."
                : ratio.Value - (2 * Finite(ratio.StandardError)) > 1
                    ? $"η is {Text(ratio)} times the critical rate, so the river flows backwards."
                : $"η is {Text(ratio)} of the critical rate.");
        return plots.Count == 0 ? Without("force", Title, premises, Formula, Thermal) : new ThermoPanel(
            "force", Title, reading, [.. plots], Formula, Thermal,
            [.. RunCaveats.Some(caveats.WarmingUp()), .. caveats.Age(ProbeKeys.RiverForce, "The force is"),
            "û is the direction in which the running mean of the weights moved last; it is noisy too."]).Under(premises);
    }

    private static string LargestFlow(List<string> layers, Dictionary<string, Estimate> flows)
    {
        var most = layers.MaxBy(layer => Math.Abs(flows[layer].Value))!;
        var rank = layers.Count > 1 ? "the largest heat flow" : "the only heat flow that is significantly different from 0";
        return flows[most].Value > 0
            ? $"{most} passes on {Text(flows[most])} nats per step, {rank}."
            : $"{most} takes up {Text(flows[most].Times(-1))} nats per step, {rank}.";
    }

    private static string NoFlow(IEnumerable<Estimate> flows)
    {
        var most = flows.Max(flow => Math.Max(flow.UpperBound, flow.Times(-1).UpperBound));
        return $"No layer's heat flow is significantly different from 0; the largest is at most {Text(most, 2)} nats per step either way. " +
            "A larger batch would resolve them.";
    }

    private static IEnumerable<Premise> Resolved(RunThermodynamics run)
    {
        var (force, drive) = (run.RiverForce.Last!.Value, run.RiverDrive.Last!.Value);
        var step = Step(run.RiverForce.LastStep!.Value);
        yield return Premise.Of(
            "drive-resolved", "The drive along the river is more than two standard errors above 0.", PremiseFailure.NotMeasurable,
            drive.IsAboveZero, drive.Value / drive.StandardError, 2, "standard errors",
            drive.IsBelowZero
                ? $"At step {step} the mean of the weights does not move downhill: its drive is {Text(drive)} nats/parameter, so the " +
                    $"direction that it took is not that of a river."
                : $"At step {step} the drive along the river is not significantly different from 0: it is at most " +
                    $"{Text(drive.UpperBound)} nats/parameter.",
            "A longer window or a larger batch would average the noise out.");
        yield return Premise.Of(
            "force-resolved", "The entropic force is more than two standard errors from 0.", PremiseFailure.NotMeasurable,
            force.IsAboveZero || force.IsBelowZero, Math.Abs(force.Value / force.StandardError), 2, "standard errors",
            $"At step {step} the entropic force is not significantly different from 0: {Text(force)} nats/parameter.",
            "A longer window or a larger batch would average the noise out.");
        yield return Premise.Of(
            "force-against-drive", "The entropic force acts against the drive.", PremiseFailure.NotApplicable, force.IsBelowZero,
            "The entropic force helps the river along, so there is no critical rate.", "");
    }

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;
}
