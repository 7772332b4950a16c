using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>The laws, tested on what runs measured. What takes several runs is read by <see cref="ExperimentReport"/>.</summary>
public static class RunLaws
{
    /// <summary>Middle of the band of α that networks show: [0.15, 0.30].</summary>
    internal const double EquipartitionMiddle = 0.225;

    /// <summary>Half of that band.</summary>
    internal const double EquipartitionReach = 0.075;

    private const string Thermal = "Liu et al. 2025, arXiv:2505.10559";
    private const string Balance = "Ziyin, Xu & Chuang 2025, arXiv:2505.12387";
    private const string NeedsColdProbe = "Switch on the cold probe and the gradient's noise.";

    /// <summary>Tests every law; those that nothing was measured for cannot be told, and say why.</summary>
    /// <param name="records">One run or several; those of one experiment, or a trunk with its branches, are also judged together.</param>
    /// <returns>All laws in reading order, each id once; none for no run.</returns>
    public static IReadOnlyList<LawTest> Test(IReadOnlyList<RunRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0)
        {
            return [];
        }

        var runs = RunThermodynamics.OfAll(records);
        var experiments = records.Where(record => record.Spec.Experiment is not null)
            .GroupBy(record => (record.Spec.Experiment!.Id, record.Spec.Experiment.Kind))
            .Select(group => (group.Key.Kind, Runs: group.Select(record => record.Id).ToImmutableArray(), Report: ExperimentReport.Of(group.Key.Kind, [.. group])))
            .ToList();
        var all = records.Select(record => record.Id).ToImmutableArray();
        return
        [
            new("equipartition", "Equipartition", "Thermal loss is one share α of η Tr PΣ_B, whatever the curvature: ¼ where all directions are warm.", @"L_{th} = \alpha\,\eta\,\mathrm{Tr}\,P\Sigma_B,\quad \alpha \to \tfrac14", Thermal,
                [.. Single(Equipartition), .. Together(id => id is "alpha" or "r-square", ExperimentKind.TemperatureLadder, ExperimentKind.Anneal)]),
            new("temperature-rate", "Temperature and rate", "Temperature goes with the rate, less than in proportion where the network adapts its noise.", @"T = \tfrac12\,\eta\,\mathrm{Tr}\,P\Sigma_B / n", Thermal,
                Experimental(id => id is "temperature", "temperature-rate", "It takes one checkpoint held at several rates: queue a temperature ladder.", ExperimentKind.TemperatureLadder)),
            new("temperature-batch", "Temperature and batch", "Temperature goes with one over the batch.", @"T \propto 1/B", Thermal,
                Experimental(id => id is "temperature" or "covariance" or "held-temperature", "temperature-batch", "It takes one checkpoint held at several batches: queue a batch ladder.", ExperimentKind.BatchLadder)),
            new("optimizers", "Optimizers' constants", "Every optimizer keeps the heat that its constant says.", @"\langle \ell_f\rangle = C(\sigma)\,\eta", Thermal,
                Experimental(id => id.StartsWith("alpha", StringComparison.Ordinal), "optimizers", "It takes one checkpoint under several optimizers: queue an optimizer ladder.", ExperimentKind.OptimizerLadder)),
            new("first", "First law", "A change of the loss is work, done by the river, and heat, taken up by the valley.", @"\Delta L = W + Q", Thermal, [.. Single(Closure)]),
            new("second", "Second law", "While the rate falls, the valley is never colder than its bath.", @"L_{th} \ge C_v\,\eta", Thermal,
                [.. Single(SecondLaw), .. Together(id => id.StartsWith("second-law", StringComparison.Ordinal), ExperimentKind.DecayRace)]),
            new("clausius", "Clausius", "The entropy of valley and bath together never falls.", @"dS_{tot} = dQ\left(\frac1{T_{bath}} - \frac1{T}\right) \ge 0", Thermal, [.. Single(Clausius)]),
            new("newton", "Newton's law of cooling", "After a quench the excess of heat falls exponentially in intrinsic time.", @"\frac{dL_{th}}{dD} = -\kappa\,(L_{th} - C_v\eta)", Thermal,
                Experimental(id => id is "kappa", "newton", "It takes one checkpoint quenched to several rates: queue a quench ladder.", ExperimentKind.QuenchLadder)),
            new("heat-capacity", "Heat capacity", "At one checkpoint the heat that a quench lets out is in proportion to the fall of the rate.", @"L(\eta) - L(\eta') = C_v\,(\eta - \eta')", Thermal,
                Experimental(id => id is "linear", "heat-capacity", "It takes one checkpoint quenched to several rates: queue a quench ladder.", ExperimentKind.QuenchLadder)),
            new("third", "Third law", "No schedule cools faster than the best one: heat reaches zero after infinitely many steps only.", @"L_{th}(n) \ge \frac{C_v\eta_0}{1 + \kappa\eta_0 n/4}", Thermal, [.. Single(run => ThirdLaw(run, Kappa()))]),
            new("collapse", "Collapse", "The final loss is a function of D alone, for one final rate.", @"L = L_0 + A\,D^{-p} + C_v\,\eta_{min}", Thermal,
                Experimental(id => id is "collapse", "collapse", "It takes several peaks and holds with one end: queue a collapse experiment.", ExperimentKind.Collapse)),
            new("balance", "Gradient balance", "Noise drives the gradients of layers that can trade scale together.", @"E\|g_u\|^2 = E\|g_w\|^2", Balance, [.. Single(BlockBalance)]),
            new("stationarity", "Fluctuation and dissipation", "Where the norm of the weights is stationary, what an update adds by noise it takes by decay.", @"\rho = \frac{2\langle\theta\cdot u\rangle}{\eta\langle|u|^2\rangle} = 1", "Yaida 2019, arXiv:1810.00004", [.. Single(Stationarity)]),
            new("stability", "Stability", "The sharpest direction stays below the edge from which on it diverges.", @"\eta\,\tilde\lambda_{max} \le 2\,\frac{1+\beta_1}{1-\beta_1}", "Cohen et al. 2022, arXiv:2207.14484", [.. Single(Stability)]),
        ];

        IEnumerable<LawFinding> Single(Func<RunThermodynamics, Claim> judge) => runs.Select(run => new LawFinding([run.Record.Id], judge(run)));

        IEnumerable<LawFinding> Together(Func<string, bool> isOfLaw, params ExperimentKind[] kinds) => experiments
            .Where(experiment => kinds.Contains(experiment.Kind))
            .SelectMany(experiment => experiment.Report.Claims.Where(claim => isOfLaw(claim.Id)).Select(claim => new LawFinding(experiment.Runs, claim)));

        ImmutableArray<LawFinding> Experimental(Func<string, bool> isOfLaw, string id, string missing, ExperimentKind kind) =>
            Together(isOfLaw, kind).ToImmutableArray() is { IsEmpty: false } findings ? findings
                : [new(all, Claim.Unmeasured(id, 0, "Not tested", "–", "", ClaimComparison.Absolute, 0, 0, missing))];

        Claim? Kappa() => experiments.SelectMany(experiment => experiment.Report.Claims).FirstOrDefault(claim => claim is { Id: "kappa", Verdict: ClaimVerdict.Holds });
    }

    /// <summary>First law: what the ledger misses of the loss's change since its first line, at worst.</summary>
    internal static Claim Closure(RunThermodynamics run)
    {
        const string Text = "Work and heat add up to the change of the loss (by construction of both: it checks the books)";

        // Of the largest change: a loss that came back to where it was has no relative error.
        var largest = run.Ledger.Length < 2 ? 0 : run.Ledger.Max(line => Math.Abs(line.LossChange));
        return largest > 0
            ? Claim.Judge("closure", 19, Text, "|ΔL − W − Q|/max|ΔL|", "", ClaimComparison.AtMost, 0.02, 0, run.Ledger.Max(line => Math.Abs(line.LossChange - line.Change.Total)) / largest)
            : Claim.Unmeasured("closure", 19, Text, "|ΔL − W − Q|/max|ΔL|", "", ClaimComparison.AtMost, 0.02, 0, "It takes two validations with the cold probe on.");
    }

    private static Claim Equipartition(RunThermodynamics run)
    {
        const string Text = "Thermal loss by the running mean, a lower bound, is a share of η Tr PΣ_B";
        if ((run.OwnEquilibrium ?? run.Equipartition.Last) is not { } alpha)
        {
            return Claim.Unmeasured("alpha-mean", 3, Text, "α", "", ClaimComparison.Absolute, EquipartitionMiddle, EquipartitionReach, NeedsColdProbe);
        }

        var claim = Claim.Judge("alpha-mean", 3, Text, "α", "", ClaimComparison.Absolute, EquipartitionMiddle, EquipartitionReach, alpha.Value, Finite(alpha.StandardError));
        return claim.Unless(
            run.OwnEquilibrium is null ? "The rate was not held for two horizons of the cold probe: the valley has not settled."
            : claim.Verdict == ClaimVerdict.Violated && alpha.Value < EquipartitionMiddle ? "α is below the band, but the running mean misses slow directions and lags the river: an anneal would tell."
            : null);
    }

    private static Claim SecondLaw(RunThermodynamics run)
    {
        const string Text = "While the rate falls, the least T_obj/T_bath";
        const double Tolerance = 0.1;
        var noise = RunningAverage.NoiseOf([.. run.ThermalLoss.Values]);
        var relative = run.EquilibriumEquipartition.StandardError / run.EquilibriumEquipartition.Value;
        var points = Enumerable.Range(0, run.ThermalLoss.Count)
            .Select(i => run.ThermalLoss.Steps[i])
            .Where(step => step > run.Record.Spec.FirstStep && run.Record.Spec.Schedule.PhaseAt(Math.Min(step, run.Record.Spec.TotalSteps) - 1).Phase is var phase && phase.ExitRate < phase.EntryRate)
            .Select(step => (Step: step, Bath: run.BathLoss(step).Value, Loss: run.ThermalLoss.At(step)!.Value.Value))
            .Where(point => point.Bath > 0)
            .Select(point => (point.Step, Ratio: new Estimate(point.Loss / point.Bath, Math.Sqrt(Math.Pow(noise / point.Bath, 2) + Math.Pow(point.Loss / point.Bath * relative, 2)))))
            .ToList();
        if (points.Count == 0 || !run.IsCalibrated)
        {
            return Claim.Unmeasured("second-law", 6, Text, "T_obj/T_bath", "", ClaimComparison.AtLeast, 1, Tolerance, points.Count == 0
                ? "No thermal loss was measured while the rate fell."
                : "No hold came before the decay in which α could be measured: hold the rate for two horizons of the cold probe first.");
        }

        var worst = points.MinBy(point => point.Ratio.Value + (2 * Finite(point.Ratio.StandardError)));
        var claim = Claim.Judge("second-law", 6, Text, "T_obj/T_bath", "", ClaimComparison.AtLeast, 1, Tolerance, worst.Ratio.Value, Finite(worst.Ratio.StandardError));
        return claim.Unless(claim.Verdict == ClaimVerdict.Violated && run.ProbeLags(worst.Step)
            ? "The mean of the weights lags so fast a decay and still holds hotter ones: what it shows is too cold. An anneal branch, or a shorter horizon, would tell." : null);
    }

    private static Claim Clausius(RunThermodynamics run)
    {
        const string Text = "The deepest fall of the entropy of valley and bath, a direction";
        const double WorstOfMany = 2;
        if (run.EntropyProduction.IsEmpty)
        {
            return Claim.Unmeasured("clausius", 6, Text, "min ΔS_tot", "nats", ClaimComparison.AtLeast, 0, 0, NeedsColdProbe);
        }

        var fall = run.EntropyProductionDip?.Fall ?? new(0, 0);
        return Claim.Judge("clausius", 6, Text, "min ΔS_tot", "nats", ClaimComparison.AtLeast, 0, WorstOfMany * Finite(fall.StandardError), -fall.Value, Finite(fall.StandardError))
            .Unless(run.IsCalibrated ? null : "The bath's temperature is not calibrated: no hold was long enough to measure α.");
    }

    private static Claim ThirdLaw(RunThermodynamics run, Claim? kappa)
    {
        const string Text = "Heat left after the decay, over the least that its steps allow";
        var decay = run.Record.Spec.Schedule.Phases.LastOrDefault(span => span.Phase is RateDecay);
        if (decay is null || kappa is null || !run.IsCalibrated || run.ThermalLoss.LastStep is not { } last || last <= decay.FirstStep || run.NoiseTrace.At(decay.FirstStep) is not { } trace)
        {
            return Claim.Unmeasured("third-law", 8, Text, "L_th/bound", "", ClaimComparison.AtLeast, 1, 0.1, decay is null ? "The schedule has no decay."
                : kappa is null ? "The cooling rate κ is not known: put a quench ladder of the same trunk among the runs."
                : "The thermal loss in equilibrium before the decay, or after it, was not measured.");
        }

        var capacity = run.EquilibriumEquipartition.Times(trace.Value);
        var bound = CoolingBounds.ThirdLaw(capacity.Value, kappa.Measured, decay.Phase.EntryRate, last - decay.FirstStep);
        var loss = run.ThermalLoss.Last!.Value.Value;
        var noise = RunningAverage.NoiseOf([.. run.ThermalLoss.Values]);
        var claim = Claim.Judge("third-law", 8, Text, "L_th/bound", "", ClaimComparison.AtLeast, 1, 0.1, loss / bound, Math.Sqrt(Math.Pow(noise / bound, 2) + Math.Pow(loss / bound * capacity.StandardError / capacity.Value, 2)));
        return claim.Unless(claim.Verdict == ClaimVerdict.Violated && run.ProbeLags(last) ? "The mean of the weights lags the decay: what it shows is too cold."
            : run.Record.Spec.Optimizer is not { Kind: OptimizerKind.Sgd, Beta1: 0 } ? "The bound is proved for gradient descent without momentum only." : null);
    }

    private static Claim BlockBalance(RunThermodynamics run)
    {
        const string Text = "Largest over smallest E|g|²_P of the blocks";
        return run.BalanceRatio.Last is { } ratio
            ? Claim.Judge("balance", 14, Text, "max/min", "", ClaimComparison.AtMost, 2, 0, ratio.Value, Finite(ratio.StandardError))
                .Unless(ratio.Value > 2 ? "Blocks of a transformer with norms are not joined by an exact symmetry: the law bounds them only in tendency." : null)
            : Claim.Unmeasured("balance", 14, Text, "max/min", "", ClaimComparison.AtMost, 2, 0, run.Record.Spec.Optimizer.Kind == OptimizerKind.Lion
                ? "A sign rule has no metric to measure the gradient in."
                : "Switch on the gradient's noise, on a model of two blocks or more.");
    }

    private static Claim Stationarity(RunThermodynamics run)
    {
        const string Text = "What updates take from the norm of the weights over what they add";
        const double Tolerance = 0.1;
        return run.FluctuationRatio.Last is { } ratio
            ? Claim.Judge("rho", 0, Text, "ρ", "", ClaimComparison.Absolute, 1, Tolerance, ratio.Value, Finite(ratio.StandardError))
                .Unless(run.Record.Spec.Optimizer.WeightDecay > 0 ? null : "Without weight decay nothing confines the weights: their norm may grow on.")
            : Claim.Unmeasured("rho", 0, Text, "ρ", "", ClaimComparison.Absolute, 1, Tolerance, "Switch on the gradient's noise.");
    }

    private static Claim Stability(RunThermodynamics run)
    {
        const string Text = "The sharpest direction against the edge";
        if (run.StabilityEdge is not { } edge || run.Sharpness.IsEmpty)
        {
            return Claim.Unmeasured("stability", 0, Text, "ηλ̃_max", "", ClaimComparison.AtMost, run.StabilityEdge ?? 0, 0, run.StabilityEdge is null
                ? "No edge is known for a sign rule: its steps are of one length, whatever the curvature."
                : "Switch on the curvature.");
        }

        var worst = Enumerable.Range(0, run.Sharpness.Count).MaxBy(i => run.Sharpness.Values[i]);
        var claim = Claim.Judge("stability", 0, Text, "ηλ̃_max", "", ClaimComparison.AtMost, edge, 0.1 * edge, run.Sharpness.Values[worst], Finite(run.Sharpness.StandardErrors[worst]));

        // Jensen: the largest eigenvalue is convex, so that a batch's lies above that of the whole loss in the mean. Below the edge it proves; above it does not.
        return claim.Unless(claim.Verdict == ClaimVerdict.Violated ? "Beyond the edge on the one batch that is measured, whose sharpest direction is sharper than that of the whole loss." : null);
    }

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;
}
