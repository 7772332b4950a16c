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
    private const string FirstLaw = "A change of the loss is work, done by the river, and heat, taken up by the valley. As measured here, they add up by construction.";
    private const string NormBalance = "Where the norm of the weights is stationary, what updates add to it by their size they take away along it.";
    private const string NeedsTemperatureLadder = "It takes one checkpoint held at several rates: queue a temperature ladder and pick its runs.";
    private const string NeedsBatchLadder = "It takes one checkpoint held at several batch sizes: queue a batch ladder and pick its runs.";
    private const string NeedsOptimizerLadder = "It takes one checkpoint under several optimizers: queue an optimizer ladder and pick its runs.";
    private const string NeedsQuenchLadder = "It takes one checkpoint quenched to several rates: queue a quench ladder and pick its runs.";
    private const string NeedsCollapse = "It takes several peaks and holds with one end: queue a collapse experiment and pick its runs.";

    /// <summary>Tests every law under its premises; one whose premises fail has no number, says why, and what would make it
    /// testable.</summary>
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
                Experimental(id => id is "temperature", "temperature-rate", NeedsTemperatureLadder, ExperimentKind.TemperatureLadder)),
            new("temperature-batch", "Temperature and batch", "Temperature goes with one over the batch.", @"T \propto 1/B", Thermal,
                Experimental(id => id is "temperature" or "covariance" or "held-temperature", "temperature-batch", NeedsBatchLadder, ExperimentKind.BatchLadder)),
            new("optimizers", "Optimizers' constants", "Every optimizer keeps the heat that its constant says.", @"\langle \ell_f\rangle = C(\sigma)\,\eta", Thermal,
                Experimental(id => id.StartsWith("alpha", StringComparison.Ordinal), "optimizers", NeedsOptimizerLadder, ExperimentKind.OptimizerLadder)),
            new("first", "First law", FirstLaw, @"\Delta L = W + Q", Thermal, [.. Single(Closure)]),
            new("second", "Second law", "While the rate falls, the valley is never colder than its bath.", @"L_{th} \ge C_v\,\eta", Thermal,
                [.. Single(SecondLaw), .. Together(id => id.StartsWith("second-law", StringComparison.Ordinal), ExperimentKind.DecayRace)]),
            new("clausius", "Clausius", "The entropy of valley and bath together never falls.", @"dS_{tot} = dQ\left(\frac1{T_{bath}} - \frac1{T}\right) \ge 0", Thermal, [.. Single(Clausius)]),
            new("newton", "Newton's law of cooling", "After a quench the excess of heat falls exponentially in intrinsic time.", @"\frac{dL_{th}}{dD} = -\kappa\,(L_{th} - C_v\eta)", Thermal,
                Experimental(id => id is "kappa", "newton", NeedsQuenchLadder, ExperimentKind.QuenchLadder)),
            new("heat-capacity", "Heat capacity", "At one checkpoint the heat that a quench lets out is in proportion to the fall of the rate.", @"L(\eta) - L(\eta') = C_v\,(\eta - \eta')", Thermal,
                Experimental(id => id is "linear", "heat-capacity", NeedsQuenchLadder, ExperimentKind.QuenchLadder)),
            new("third", "Third law", "No schedule cools faster than the best one: heat reaches zero after infinitely many steps only.", @"L_{th}(n) \ge \frac{C_v\eta_0}{1 + \kappa\eta_0 n/4}", Thermal, [.. Single(run => ThirdLaw(run, Kappa()))]),
            new("collapse", "Collapse", "The final loss is a function of D alone, for one final rate.", @"L = L_0 + A\,D^{-p} + C_v\,\eta_{min}", Thermal,
                Experimental(id => id is "collapse", "collapse", NeedsCollapse, ExperimentKind.Collapse)),
            new("balance", "Gradient balance", "Noise drives the gradients of layers that can trade scale together.", @"E\|g_u\|^2 = E\|g_w\|^2", Balance, [.. Single(BlockBalance)]),
            new("stationarity", "Fluctuation and dissipation", NormBalance, @"\rho = \frac{2\langle\theta\cdot u\rangle}{\eta\langle|u|^2\rangle} = 1", "Yaida 2019, arXiv:1810.00004",
                [.. Single(Stationarity)]),
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

    /// <summary>First law: what the ledger misses of the loss's change since its first line, at worst. An identity: it closes by
    /// construction.</summary>
    internal static Claim Closure(RunThermodynamics run)
    {
        var claim = Claim.Unmeasured("closure", 19, "Work and heat add up to the change of the loss", "|ΔL − W − Q|/max|ΔL|", "",
            ClaimComparison.AtMost, 0.02, 0, "");
        var largest = run.Ledger.Length < 2 ? 0 : run.Ledger.Max(line => Math.Abs(line.LossChange));

        // Of the largest change: a loss that came back to where it was has no relative error.
        return largest > 0
            ? Claim.Judge("closure", 19, claim.Text, claim.Symbol, "", ClaimComparison.AtMost, 0.02, 0,
                run.Ledger.Max(line => Math.Abs(line.LossChange - line.Change.Total)) / largest)
                .AsIdentity().Under(HeatAsked(run, run.Premises.Heat))
            : claim.Under([.. HeatAsked(run, run.Premises.Heat), Premise.Of(
                "ledger", "The thermal loss was measured at two validations or more.", PremiseFailure.NotMeasurable, false,
                run.Ledger.Length, 2, "validations",
                "The thermal loss was measured at fewer than two validations, so the ledger has no change to book.",
                "More frequent validations, or a longer hold, would give more.")]);
    }

    private static Claim Equipartition(RunThermodynamics run)
    {
        const string Text = "Thermal loss by the running mean, a lower bound, is a share of η Tr PΣ_B";
        var premises = HeatAsked(run, [.. run.Premises.Comparable, run.Premises.Resolved]);
        if (run.OwnEquilibrium is not { } alpha)
        {
            return Claim.Unmeasured("alpha-mean", 3, Text, "α", "", ClaimComparison.Absolute, EquipartitionMiddle, EquipartitionReach,
                "").Under([.. premises, RunPremises.OwnPlateau(run)]);
        }

        var claim = Claim.Judge("alpha-mean", 3, Text, "α", "", ClaimComparison.Absolute, EquipartitionMiddle, EquipartitionReach, alpha.Value, Finite(alpha.StandardError));
        return claim.Unless(claim.Verdict == ClaimVerdict.Fails && alpha.Value < EquipartitionMiddle
            ? "α is below the band, but the running mean misses slow directions and lags the river: an anneal would decide." : null)
            .Under([.. premises, RunPremises.OwnPlateau(run)]);
    }

    private static Claim SecondLaw(RunThermodynamics run)
    {
        const string Text = "While the rate falls, the least T_obj/T_bath";
        const double Tolerance = 0.1;
        var noise = RunningAverage.NoiseOf([.. run.RawThermalLoss.Values]);
        var relative = run.EquilibriumEquipartition.StandardError / run.EquilibriumEquipartition.Value;
        var falling = run.RawThermalLoss.Steps.Where(step => IsFalling(run.Record, step)).ToList();
        var points = falling
            .Where(run.ComparableLoss.Holds)
            .Select(step => (Step: step, Bath: run.BathLoss(step).Value, Loss: run.RawThermalLoss.At(step)!.Value))
            .Select(point =>
                (point.Step, point.Bath, Loss: point.Loss.Value, Noise: double.IsFinite(noise) ? noise : Finite(point.Loss.StandardError)))
            .Where(point => point.Bath > Estimate.ChanceErrors * point.Noise)
            .Select(point =>
                (point.Step, Ratio: new Estimate(point.Loss / point.Bath,
                    Math.Sqrt(Math.Pow(point.Noise / point.Bath, 2) + Math.Pow(point.Loss / point.Bath * relative, 2)))))
            .ToList();
        List<Premise> premises = [Falls(run.Record), .. HeatAsked(run, run.Premises.Comparable)];
        if (premises.TrueForAll(premise => premise.IsSatisfied))
        {
            premises.Add(Premise.Of(
                "decay-measured", "The thermal loss was measured while the rate fell.", PremiseFailure.NotMeasurable, falling.Count > 0,
                "No thermal loss was measured while the rate fell.", "More frequent validations would measure it."));
            premises.Add(RunPremises.Calibrated(run));
            if (falling.Count > 0)
            {
                premises.AddRange(RunPremises.AtClosest(run, run.Premises.Comparable, falling));
            }

            premises.Add(Premise.Of(
                "bath-resolved", "The heat of the bath is more than two standard errors of the thermal loss.", PremiseFailure.NotMeasurable,
                points.Count > 0,
                "While the rate falls, the heat that the bath would hold is below the error of the thermal loss.",
                "More validation batches would resolve it."));
        }

        if (points.Count == 0)
        {
            return Claim.Unmeasured("second-law", 6, Text, "T_obj/T_bath", "", ClaimComparison.AtLeast, 1, Tolerance, "").Under(premises);
        }

        var worst = points.MinBy(point => point.Ratio.Value + (2 * Finite(point.Ratio.StandardError)));
        return Claim.Judge("second-law", 6, Text, "T_obj/T_bath", "", ClaimComparison.AtLeast, 1, Tolerance, worst.Ratio.Value,
            Finite(worst.Ratio.StandardError)).Under(premises);
    }

    private static Claim Clausius(RunThermodynamics run)
    {
        const string Text = "The deepest fall of the entropy of valley and bath, per direction";
        const double WorstOfMany = 2;
        List<Premise> premises = [.. HeatAsked(run, [.. run.Premises.Comparable, run.Premises.Resolved]), RunPremises.Calibrated(run)];
        if (premises.TrueForAll(premise => premise.IsSatisfied))
        {
            premises.Add(Premise.Of(
                "exchange-measured", "Heat was compared with the bath at two steps or more.", PremiseFailure.NotMeasurable,
                run.EntropyProduction.Count > 1, run.EntropyProduction.Count, 2, "steps",
                "Heat could be compared with the bath at fewer than two steps.", "More frequent validations would give more."));
        }

        var fall = run.EntropyProductionDip?.Fall ?? new(0, 0);
        return Claim.Judge("clausius", 6, Text, "min ΔS_tot", "nats", ClaimComparison.AtLeast, 0, WorstOfMany * Finite(fall.StandardError),
            -fall.Value, Finite(fall.StandardError)).Under(premises);
    }

    private static Claim ThirdLaw(RunThermodynamics run, Claim? kappa)
    {
        const string Text = "Heat left after the decay, over the least that its steps allow";
        var decay = run.Record.Spec.Schedule.Phases.LastOrDefault(span => span.Phase is RateDecay);
        var last = run.ComparableLoss.LastStep ?? -1;
        var trace = decay is null ? null : run.NoiseTrace.At(decay.FirstStep);
        List<Premise> premises =
        [
            Premise.Of(
                "plain-sgd", "The optimizer is gradient descent without momentum, for which the bound is proved.",
                PremiseFailure.NotApplicable,
                run.Record.Spec.Optimizer is { Kind: OptimizerKind.Sgd, Beta1: 0 },
                "The bound is proved for gradient descent without momentum only.", "It takes SGD with β₁ = 0."),
            Falls(run.Record),
            Premise.Of(
                "kappa-known", "The cooling rate κ of the trunk is known from a quench ladder.", PremiseFailure.NotMeasurable,
                kappa is not null,
                "The cooling rate κ is not known.", "Pick the runs of a quench ladder of the same trunk as well."),
            RunPremises.Calibrated(run),
            .. HeatAsked(run, run.Premises.Comparable),
            Premise.Of(
                "decay-measured", "The heat was compared with the bath after the decay began.", PremiseFailure.NotMeasurable,
                decay is not null && last > decay.FirstStep && trace is not null,
                "The heat could not be compared with the bath after the decay began.",
                "A slower decay, or a shorter horizon of the running mean, would make it measurable."),
        ];
        if (premises.Exists(premise => !premise.IsSatisfied))
        {
            return Claim.Unmeasured("third-law", 8, Text, "L_th/bound", "", ClaimComparison.AtLeast, 1, 0.1, "").Under(premises);
        }

        var capacity = run.EquilibriumEquipartition.Times(trace!.Value.Value);
        var bound = CoolingBounds.ThirdLaw(capacity.Value, kappa!.Measured, decay!.Phase.EntryRate, last - decay.FirstStep);
        var loss = run.ComparableLoss.Last!.Value.Value;
        var noise = RunningAverage.NoiseOf([.. run.ComparableLoss.Values]);
        var error = Math.Sqrt(Math.Pow(noise / bound, 2) + Math.Pow(loss / bound * capacity.StandardError / capacity.Value, 2));
        return Claim.Judge("third-law", 8, Text, "L_th/bound", "", ClaimComparison.AtLeast, 1, 0.1, loss / bound, error).Under(premises);
    }

    private static Claim BlockBalance(RunThermodynamics run)
    {
        const string Text = "Largest over smallest E|g|²_P of the blocks";
        return Claim.Unmeasured("balance", 14, Text, "max/min", "", ClaimComparison.AtMost, 2, 0, "").Under(
            Premise.Of(
                "metric", "The optimizer has a metric to measure gradients in.", PremiseFailure.NotApplicable,
                run.Record.Spec.Optimizer.Kind != OptimizerKind.Lion,
                "A sign rule has no metric to measure the gradient in.", "It takes AdamW or SGD."),
            Premise.Of(
                "shared-symmetry", "The layers are joined by an exact symmetry, by which one may grow as the other shrinks.",
                PremiseFailure.NotApplicable, false,
                "The blocks of a transformer with norms are not joined by an exact symmetry, so nothing balances their gradients " +
                "exactly. Their ratio is on the run's Thermodynamics page.",
                "The Lab's card on gradient balance tests the law on a net that has the symmetry."));
    }

    private static Claim Stationarity(RunThermodynamics run)
    {
        const string Text = "What updates take from the norm of the weights over what they add";
        var rho = run.Norm.Ratio;
        var claim = double.IsFinite(rho.Value)
            ? Claim.Judge("rho", 0, Text, "ρ", "", ClaimComparison.Absolute, 1, 0.1, rho.Value, Finite(rho.StandardError)).AsIdentity()
            : Claim.Unmeasured("rho", 0, Text, "ρ", "", ClaimComparison.Absolute, 1, 0.1, "");
        return claim.Under(run.Norm.Premises(run.Record));
    }

    private static Claim Stability(RunThermodynamics run)
    {
        const string Text = "The sharpest direction against the edge";
        List<Premise> premises =
        [
            Premise.Of(
                "edge-known", "The optimizer has an edge of stability.", PremiseFailure.NotApplicable, run.StabilityEdge is not null,
                "A sign rule has no edge: its steps have one length, whatever the curvature.", "It takes AdamW or SGD."),
            RunPremises.Probe("curvature-probe", "The largest curvature in the metric of the optimizer is measured.",
            !run.Sharpness.IsEmpty, "the curvature", run.Record, run.Record.Spec.Probes?.CurvatureIntervalSteps),
        ];
        if (run.StabilityEdge is not { } edge || run.Sharpness.IsEmpty)
        {
            return Claim.Unmeasured("stability", 0, Text, "ηλ̃_max", "", ClaimComparison.AtMost, run.StabilityEdge ?? 0, 0,
                "").Under(premises);
        }

        var near = Enumerable.Range(0, run.Sharpness.Count).Where(i => RunPremises.IsNearPeak(run.Record, run.Sharpness.Steps[i])).ToList();
        premises.Add(RunPremises.MeasuredNearPeak(run));
        var worst = (near.Count > 0 ? near : Enumerable.Range(0, run.Sharpness.Count)).MaxBy(i => run.Sharpness.Values[i]);
        var claim = Claim.Judge("stability", 0, Text, "ηλ̃_max", "", ClaimComparison.AtMost, edge, 0.1 * edge, run.Sharpness.Values[worst], Finite(run.Sharpness.StandardErrors[worst]));

        // Jensen: the largest eigenvalue is convex, so that a batch's lies above that of the whole loss in the mean. Below the edge it proves; above it does not.
        return claim
            .Unless(claim.Verdict == ClaimVerdict.Fails
                ? "It is beyond the edge on the one batch that is measured, whose sharpest direction is sharper than that of the " +
                    "whole loss." : null)
            .Under(premises);
    }

    private static bool IsFalling(RunRecord record, long step) =>
        step > record.Spec.FirstStep && record.Spec.Schedule.PhaseAt(Math.Min(step, record.Spec.TotalSteps) - 1).Phase is var phase
            && phase.ExitRate < phase.EntryRate;

    private static Premise Falls(RunRecord record)
    {
        var falls = record.Spec.Schedule.Phases.Any(span => span.EndStep > record.Spec.FirstStep
            && span.Phase.ExitRate < span.Phase.EntryRate);
        return Premise.Of("decay", "The rate falls somewhere.", PremiseFailure.NotApplicable, falls, "The rate never falls in this run.",
            "It takes a schedule with a decay.");
    }

    // Those that are asked at each step are told at the step that comes closest.
    private static List<Premise> HeatAsked(RunThermodynamics run, IReadOnlyList<StepPremise> atSteps)
    {
        List<Premise> premises = [RunPremises.HeatProbes(run)];
        if (premises[0].IsSatisfied)
        {
            premises.AddRange(RunPremises.AtClosest(run, atSteps, run.RawThermalLoss.Steps));
        }

        return premises;
    }

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;
}
