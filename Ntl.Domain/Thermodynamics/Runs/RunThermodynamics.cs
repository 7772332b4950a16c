using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Metrics;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>A run's thermodynamics, derived from what its probes measured: every quantity over its steps, with errors.</summary>
/// <remarks>
/// Means over steps have a half-life of <see cref="HalfLifeSteps"/>. Clipping counts as a part of the preconditioner: see <see cref="Clipping"/>. A quantity whose probes are off is empty. Formulas: Liu et al. 2025, arXiv:2505.10559;
/// Ziyin, Xu &amp; Chuang 2025, arXiv:2505.12387 (balance, F_η); Yaida 2019, arXiv:1810.00004 (ρ).
/// </remarks>
public sealed class RunThermodynamics
{
    /// <summary>Steps over which a weight in a mean halves.</summary>
    public const double HalfLifeSteps = 200;

    /// <summary>α in equilibrium when all directions are warm, small beside the edge of stability, and seen by the cold probe.</summary>
    public const double IdealEquipartition = 0.25;

    private RunThermodynamics(RunRecord stored, long? divergedAt, RunRecord record, Estimate? equilibrium)
    {
        Stored = stored;
        DivergedAt = divergedAt;
        Record = record;
        var spec = record.Spec;
        NoiseTrace = RunningAverage.OfIndependent(record[ProbeKeys.Noise], HalfLifeSteps);
        TotalTemperature = NoiseTrace.Select((step, trace) => trace.Times(record.Rate(step) / 2));
        Temperature = TotalTemperature.Select((_, total) => total.Times(1.0 / spec.Model.ParameterCount));
        PredictedLoss = TotalTemperature.Select((_, total) => total.Times(0.5));
        LayerTemperatures = record.Layers.ToImmutableDictionary(layer => layer, layer => OfLayer(layer), StringComparer.Ordinal);

        RawThermalLoss = Measured(record[ProbeKeys.ThermalLoss], record[ProbeKeys.Error(ProbeKeys.ThermalLoss)]);
        Premises = new(record, NoiseTrace, RawThermalLoss);
        var (isHeat, isComparable) = (Premises.Heat, Premises.Comparable);
        ThermalLoss = RawThermalLoss.Select((step, loss) => StepPremise.AllHold(isHeat, step) ? loss : Nothing);
        ComparableLoss = RawThermalLoss.Select((step, loss) => StepPremise.AllHold(isComparable, step) ? loss : Nothing);
        Equipartition = Ratios(record);
        Plateau = FindPlateau(record);
        OwnEquilibrium = Plateau is { } plateau ? MeanEquipartition(plateau) : null;
        EquilibriumEquipartition = OwnEquilibrium ?? equilibrium ?? new(IdealEquipartition, double.NaN);
        IsCalibrated = OwnEquilibrium is not null || equilibrium is not null;
        EquilibriumRatio = RawThermalLoss.Select((step, _) => ComparableLoss.Holds(step) && IsCalibrated ? RatioAt(step) : Nothing);
        Ledger = Book(record);
        (EntropyProduction, EntropyProductionDip) = IsCalibrated ? Clausius.Cumulate(this) : (EstimateSeries.Empty, null);
        EntropyChange = EntropyChanges.Of(this);

        NoiseScale = NoiseScales(record);
        var edge = StabilityEdgeOf(spec.Optimizer);
        StabilityEdge = edge;
        Sharpness = Measured(record[ProbeKeys.LargestPreconditionedCurvature], record[ProbeKeys.Error(ProbeKeys.LargestPreconditionedCurvature)])
            .Select((step, curvature) => curvature.Times(record.Rate(step)));
        EntropicLoss = EntropicLosses(record);
        LayerGradients = record.Layers.ToImmutableDictionary(
            layer => layer, layer => RunningAverage.OfIndependent(record[ProbeKeys.Of(ProbeKeys.PreconditionedGradientSquare, layer)], HalfLifeSteps), StringComparer.Ordinal);
        (BalanceRatio, BalanceVariation) = Balance(record);
        Norm = NormDrift.Of(record);
        FluctuationRatio = Norm.Premises(record).All(premise => premise.IsSatisfied) ? Fluctuation(record) : EstimateSeries.Empty;
        RiverForce = Measured(record[ProbeKeys.RiverForce], record[ProbeKeys.Error(ProbeKeys.RiverForce)]);
        RiverDrive = Measured(record[ProbeKeys.RiverDrive], record[ProbeKeys.Error(ProbeKeys.RiverDrive)]);
        TrappingRatio = RiverForce.Select((step, force) =>
            RiverDrive.At(step) is { IsAboveZero: true } drive && force.Over(drive).Times(-1) is { IsAboveZero: true } ratio ? ratio
                : Nothing);
        ProbeShare = ShareOfProbes(record);
    }

    /// <summary>The run as it is stored.</summary>
    public RunRecord Stored { get; }

    /// <summary>The step at which the run diverged; null where it did not.</summary>
    public long? DivergedAt { get; }

    /// <summary>The run up to where it diverged, clipping undone.</summary>
    public RunRecord Record { get; }

    /// <summary>Tr PΣ_B, averaged; nats per unit of rate.</summary>
    public EstimateSeries NoiseTrace { get; }

    /// <summary>½η Tr PΣ_B, temperature times the number of directions; nats.</summary>
    public EstimateSeries TotalTemperature { get; }

    /// <summary>T = ½η Tr PΣ_B/n, the mean temperature of a direction; nats.</summary>
    public EstimateSeries Temperature { get; }

    /// <summary>T of each layer's directions; nats. Empty for a layer that was not measured.</summary>
    public ImmutableDictionary<string, EstimateSeries> LayerTemperatures { get; }

    /// <summary>¼η Tr PΣ_B, the thermal loss in equilibrium when all directions are warm; nats.</summary>
    public EstimateSeries PredictedLoss { get; }

    /// <summary>L_val(θ) − L_val(θ̄) as measured, heat or not; nats. Its errors are those of other windows: they change all steps
    /// alike.</summary>
    public EstimateSeries RawThermalLoss { get; }

    /// <summary>The thermal loss, a lower bound of it: where the difference is heat, and above 0 by more than chance; nats.</summary>
    public EstimateSeries ThermalLoss { get; }

    /// <summary>α = L_th/(η Tr PΣ_B), a ratio of two means, where the heat may be compared with the bath; ¼ in full equilibrium.</summary>
    public EstimateSeries Equipartition { get; }

    /// <summary>The steps of the longest hold in which the valley had time to settle, <c>[First, End)</c>; null without any.</summary>
    public (long First, long End)? Plateau { get; }

    /// <summary>α over <see cref="Plateau"/>; null without any.</summary>
    public Estimate? OwnEquilibrium { get; }

    /// <summary>α that stands for equilibrium: the run's own on its plateau, else its trunk's, else ¼ with an unknown error.</summary>
    public Estimate EquilibriumEquipartition { get; }

    /// <summary>Whether <see cref="EquilibriumEquipartition"/> was measured.</summary>
    public bool IsCalibrated { get; }

    /// <summary>T_obj/T_bath = L_th/(α_eq η Tr PΣ_B) where both can be measured: 1 in equilibrium, 2 along the best anneal.</summary>
    public EstimateSeries EquilibriumRatio { get; }

    /// <summary>The first law's ledger, from the first measured thermal loss on.</summary>
    public ImmutableArray<LedgerEntry> Ledger { get; }

    /// <summary>ΔS_tot of system and bath since the first measurement, a direction; nats. Never falls but by noise.</summary>
    public EstimateSeries EntropyProduction { get; }

    /// <summary>The deepest fall of <see cref="EntropyProduction"/> below an earlier value in units of its error, and the step at which that began; null without a fall.</summary>
    public (long SinceStep, Estimate Fall)? EntropyProductionDip { get; }

    /// <summary>ΔS of the system since the first curvature measurement, a direction; nats.</summary>
    public EntropyReading EntropyChange { get; }

    /// <summary>B_simple = B Tr Σ_B/|∇L|², from the two averaged; sequences.</summary>
    public EstimateSeries NoiseScale { get; }

    /// <summary>ηλ̃_max.</summary>
    public EstimateSeries Sharpness { get; }

    /// <summary>ηλ̃_max from which on a quadratic diverges under the optimizer; null where none is known, as for signs.</summary>
    public double? StabilityEdge { get; }

    /// <summary>F_η = L + ¼η E|g_B|²_P of the averaged training loss; nats.</summary>
    public EstimateSeries EntropicLoss { get; }

    /// <summary>E|g|²_P of each layer, averaged; nats per unit of rate. Empty for a layer that was not measured.</summary>
    public ImmutableDictionary<string, EstimateSeries> LayerGradients { get; }

    /// <summary>Largest over smallest E|g|²_P of the blocks.</summary>
    public EstimateSeries BalanceRatio { get; }

    /// <summary>Standard deviation over mean of E|g|²_P of the blocks.</summary>
    public EstimateSeries BalanceVariation { get; }

    /// <summary>ρ = 2⟨θ·u⟩/(η⟨|u|²⟩) over the end of the longest hold; empty where the norm of the weights is not stationary
    /// there.</summary>
    public EstimateSeries FluctuationRatio { get; }

    /// <summary>F_ent·û; nats/parameter.</summary>
    public EstimateSeries RiverForce { get; }

    /// <summary>−∇L(θ̄)·û; nats/parameter.</summary>
    public EstimateSeries RiverDrive { get; }

    /// <summary>η/η_c = −F_ent·û/(−∇L·û) where the drive is above 0 and the force against it: at 1 the river stops, above it flows
    /// backwards.</summary>
    public EstimateSeries TrappingRatio { get; }

    /// <summary>Time spent measuring over all time; NaN when it is not known.</summary>
    public double ProbeShare { get; }

    /// <summary>Derives a run's thermodynamics; its cost grows with the number of points alone.</summary>
    /// <param name="record">As stored.</param>
    /// <param name="equilibrium">α of the run's trunk in equilibrium, for a run without a plateau of its own; null where none is known.</param>
    public static RunThermodynamics Of(RunRecord record, Estimate? equilibrium = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        var divergedAt = Divergence.StepOf(record);
        return new(record, divergedAt, Clipping.Undo(divergedAt is { } step ? Divergence.Before(record, step) : record), equilibrium);
    }

    /// <summary>Where ηλ̃_max loses stability: 2 for gradient descent, <c>2(1+β)/(1−β)</c> in the metric of momentum and of Adam; null for signs.</summary>
    /// <remarks>Cohen et al. 2021, arXiv:2103.00065, and 2022, arXiv:2207.14484. In the metric 1/(1−β), heavy ball's ηλ &lt; 2(1+β) reads ηλ̃ &lt; 2(1+β)/(1−β).</remarks>
    public static double? StabilityEdgeOf(OptimizerSpec optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return optimizer.Kind == OptimizerKind.Lion ? null : 2 * (1 + optimizer.Beta1) / (1 - optimizer.Beta1);
    }

    /// <summary>The newest heat flow of each layer to the rest; nats per step.</summary>
    public IReadOnlyDictionary<string, Estimate> HeatFlows() => Record.Layers
        .Select(layer => (Layer: layer, Key: ProbeKeys.Of(ProbeKeys.HeatFlow, layer)))
        .Select(pair => (pair.Layer, Series: Measured(Record[pair.Key], Record[ProbeKeys.Error(pair.Key)])))
        .Where(pair => !pair.Series.IsEmpty)
        .ToDictionary(pair => pair.Layer, pair => pair.Series[pair.Series.Count - 1], StringComparer.Ordinal);

    /// <summary>The newest conductance between each pair of layers, in both orders; 1/rate.</summary>
    public IReadOnlyDictionary<(string First, string Second), Estimate> Conductances()
    {
        Dictionary<(string, string), Estimate> found = [];
        foreach (var (i, first) in Record.Layers.Index())
        {
            foreach (var second in Record.Layers.Skip(i + 1))
            {
                var key = ProbeKeys.ConductanceOf(first, second);
                if (Measured(Record[key], Record[ProbeKeys.Error(key)]).Last is { } last)
                {
                    (found[(first, second)], found[(second, first)]) = (last, last);
                }
            }
        }

        return found;
    }

    /// <summary>α_eq η Tr PΣ_B, what the thermal loss would be in equilibrium with the rate that led to a step's weights; NaN before any noise was measured.</summary>
    internal Estimate BathLoss(long step) =>
        NoiseTrace.At(step) is { } trace
            ? trace.Times(EquilibriumEquipartition.Value * BathRate(step))
            : Nothing;

    /// <summary>The rate of the update before a step: what its weights have felt last.</summary>
    internal double BathRate(long step) => Record.Rate(Math.Max(0, step - 1));

    /// <summary>What the thermal loss and its comparison with the bath take for granted.</summary>
    internal HeatPremises Premises { get; }

    /// <summary>The thermal loss where it may be compared with the bath, though it may not be significantly different from 0; nats.</summary>
    internal EstimateSeries ComparableLoss { get; }

    /// <summary>Whether and how the norm of the weights drifts.</summary>
    internal NormDrift Norm { get; }

    /// <summary>Why the longest hold does not give α; empty where it does, or without a hold.</summary>
    internal string CalibrationFailure { get; private set; } = "";

    /// <summary>Whether the rate has fallen so much within the cold probe's horizon that the mean of the weights still holds hotter ones: its thermal loss is then too low.</summary>
    internal bool ProbeLags(long step) => !Premises.IsRateSteady(step);

    private static Estimate Nothing => new(double.NaN, double.NaN);

    // The error of α is common to all steps; it counts in each.
    private Estimate RatioAt(long step)
    {
        var ratio = RawThermalLoss.At(step)!.Value.Over(BathLoss(step));
        var alpha = EquilibriumEquipartition;
        return new Estimate(ratio.Value,
            Hypotenuse(ratio.StandardError, ratio.Value * alpha.StandardError / alpha.Value)) is { IsAboveZero: true } known ? known
                : Nothing;
    }

    /// <summary>Several runs; those without a plateau take α from their trunk where it is among them.</summary>
    internal static IReadOnlyList<RunThermodynamics> OfAll(IReadOnlyList<RunRecord> records)
    {
        var own = records.Select(record => Of(record)).ToList();
        return [.. own.Select(run => run.IsCalibrated ? run : own.Find(trunk => trunk.Record.Id == run.Record.Spec.Branch?.Run)?.OwnEquilibrium is { } equilibrium ? Of(run.Record, equilibrium) : run)];
    }

    /// <summary>Measurements with their errors; without errors, with the noise between neighbours where there are enough of them.</summary>
    internal static EstimateSeries Measured(MetricSeries series, MetricSeries errors)
    {
        const int Enough = 8;
        var noise = errors.Count == 0 && series.Count >= Enough ? RunningAverage.NoiseOf([.. series.Values]) : double.NaN;
        return EstimateSeries.From(Enumerable.Range(0, series.Count).Select(i => (series.Steps[i], new Estimate(series.Values[i], ErrorAt(series.Steps[i])))));

        double ErrorAt(long step) => errors.IndexOf(step) is var at && at < errors.Count && errors.Steps[at] == step ? errors.Values[at] : noise;
    }

    private EstimateSeries OfLayer(string layer) =>
        RunningAverage.OfIndependent(Record[ProbeKeys.Of(ProbeKeys.Noise, layer)], HalfLifeSteps)
            .Select((step, trace) => trace.Times(Record.Rate(step) / 2 / Record.ParametersIn(layer)));

    // Both means forget alike, so that a change of rate does not show as one of α.
    private EstimateSeries Ratios(RunRecord record)
    {
        var losses = RunningAverage.OfCorrelated(new(ComparableLoss.Steps.ToArray(), ComparableLoss.Values.ToArray()), HalfLifeSteps);
        var baths = RunningAverage.OfIndependent(record[ProbeKeys.Noise], HalfLifeSteps, record.Rate);
        return (losses with { Gaps = ComparableLoss.Gaps }).Select((step, loss) =>
            baths.At(step) is { IsAboveZero: true } bath && WithWindows(step, loss).Over(bath) is { IsAboveZero: true } ratio ? ratio : Nothing);
    }

    // The windows' error is the same at all steps: a mean does not shrink it. A mean of one has no error but that.
    private Estimate WithWindows(long step, Estimate loss) =>
        RawThermalLoss.At(step)?.StandardError is { } windows && double.IsFinite(windows)
            ? new(loss.Value, double.IsFinite(loss.StandardError) ? Hypotenuse(loss.StandardError, windows) : windows)
            : loss;

    private Estimate? MeanEquipartition((long First, long End) plateau)
    {
        var horizon = Record.Spec.Probes?.ColdHorizonSteps ?? 1;
        var points = Enumerable.Range(0, ComparableLoss.Count)
            .Where(i => ComparableLoss.Steps[i] >= plateau.First && ComparableLoss.Steps[i] <= plateau.End)
            .Select(i => (Loss: ComparableLoss[i], Bath: NoiseTrace.At(ComparableLoss.Steps[i])?.Times(BathRate(ComparableLoss.Steps[i]))))
            .Where(point => point.Bath is { Value: > 0 })
            .Select(point => (point.Loss, Bath: point.Bath!.Value.Value))
            .ToList();
        const int Fewest = 3;
        if (points.Count < Fewest)
        {
            CalibrationFailure = string.Create(
                CultureInfo.InvariantCulture,
                $"On the longest hold, steps {CountFormat.Count(plateau.First)} to {CountFormat.Count(plateau.End)}, the heat could be compared with the bath at " +
                $"{points.Count} validations; {Fewest} are needed to measure α.");
            return null;
        }

        // Independent values are a horizon apart; the windows' error is the same in all of them.
        var independent = Math.Clamp((plateau.End - plateau.First) / horizon, 1, points.Count);
        var bath = points.Average(point => point.Bath);
        var spread = Estimate.Of([.. points.Select(point => point.Loss.Value)]);
        var windows = points.Average(point => double.IsFinite(point.Loss.StandardError) ? point.Loss.StandardError : 0);
        var alpha = new Estimate(spread.Value, Hypotenuse(spread.StandardError * Math.Sqrt(points.Count / independent), windows)).Times(1 / bath);

        // A river that falls faster than the valley is hot leaves nothing to calibrate by.
        const double Sigmas = 3;
        if (alpha.Value > Sigmas * alpha.StandardError)
        {
            return alpha;
        }

        CalibrationFailure = $"On the longest hold α = {Claims.NumberText.Of(alpha.Value, 2)} ± " +
            $"{Claims.NumberText.Of(alpha.StandardError, 1)}, within three standard errors of 0.";
        return null;
    }

    // A hold in which the mean of the weights has forgotten what was before.
    private (long First, long End)? FindPlateau(RunRecord record)
    {
        if (RawThermalLoss.LastStep is not { } last)
        {
            return null;
        }

        var horizon = (long)Math.Ceiling(record.Spec.Probes?.ColdHorizonSteps ?? HalfLifeSteps);
        var holds = record.Spec.Schedule.Phases
            .Where(span => span.Phase is ConstantRate { Rate: > 0 })
            .Select(span => (First: Math.Max(span.FirstStep, record.Spec.FirstStep) + (2 * horizon), End: Math.Min(span.EndStep, last)))
            .Where(hold => hold.End > hold.First)
            .ToList();
        return holds.Count == 0 ? null : holds.MaxBy(hold => hold.End - hold.First);
    }

    private ImmutableArray<LedgerEntry> Book(RunRecord record)
    {
        var (cold, hot) = (record[ProbeKeys.ColdLoss], record[MetricKeys.ValidationLoss]);
        var lines = ImmutableArray.CreateBuilder<LedgerEntry>();
        (double Cold, double Hot, Estimate Thermal)? start = null;
        for (var i = 0; i < ThermalLoss.Count; i++)
        {
            var (step, thermal) = (ThermalLoss.Steps[i], ThermalLoss[i]);
            if (At(cold, step) is not { } coldLoss || At(hot, step) is not { } hotLoss)
            {
                continue;
            }

            start ??= (coldLoss, hotLoss, thermal);
            var change = EnergyChange.OfTraining(start.Value.Cold, coldLoss, start.Value.Cold + start.Value.Thermal.Value, coldLoss + thermal.Value);
            lines.Add(new(step, hotLoss - start.Value.Hot, change, lines.Count == 0 ? 0
                : Hypotenuse(start.Value.Thermal.StandardError, thermal.StandardError)));
        }

        return lines.ToImmutable();

        static double? At(MetricSeries series, long step) =>
            series.IndexOf(step) is var index && index < series.Count && series.Steps[index] == step && double.IsFinite(series.Values[index]) ? series.Values[index] : null;
    }

    private static EstimateSeries NoiseScales(RunRecord record)
    {
        var covariances = RunningAverage.OfIndependent(record[ProbeKeys.GradientCovariance], HalfLifeSteps);
        var squares = RunningAverage.OfIndependent(record[ProbeKeys.GradientSquare], HalfLifeSteps);
        double batch = record.Spec.BatchSize * (double)record.Spec.GradientAccumulationSteps;
        return covariances.Select((step, covariance) =>
        {
            var square = squares.At(step) ?? Nothing;
            var signal = new Estimate(square.Value - covariance.Value, Hypotenuse(square.StandardError, covariance.StandardError));
            return signal.IsAboveZero && double.IsFinite(signal.StandardError)
                && covariance.Over(signal).Times(batch) is { IsAboveZero: true } scale ? scale : Nothing;
        });
    }

    private static EstimateSeries EntropicLosses(RunRecord record)
    {
        var losses = RunningAverage.OfIndependent(record[MetricKeys.TrainLoss], HalfLifeSteps);
        return RunningAverage.OfIndependent(record[ProbeKeys.PreconditionedGradientSquare], HalfLifeSteps).Select((step, square) => losses.At(step) is { } loss
            ? new(Thermodynamics.EntropicLoss.Of(loss.Value, record.Rate(step), Math.Max(0, square.Value)), Hypotenuse(loss.StandardError, record.Rate(step) / 4 * square.StandardError))
            : Nothing);
    }

    // Blocks alone: they are of one shape, the embeddings and the last norm are not.
    private (EstimateSeries Ratio, EstimateSeries Variation) Balance(RunRecord record)
    {
        var blocks = record.Layers.Where(layer => layer.StartsWith("h.", StringComparison.Ordinal)).Select(layer => LayerGradients[layer]).ToList();
        if (blocks.Count < 2 || blocks.Exists(block => block.IsEmpty))
        {
            return (EstimateSeries.Empty, EstimateSeries.Empty);
        }

        return (blocks[0].Select((step, _) => At(step, isRatio: true)), blocks[0].Select((step, _) => At(step, isRatio: false)));

        Estimate At(long step, bool isRatio)
        {
            var squares = blocks.Select(block => block.At(step)).ToList();
            if (squares.Exists(square => square is not { IsAboveZero: true }))
            {
                return Nothing;
            }

            var (ratio, variation) = GradientBalance.OfLayers([.. squares.Select(square => square!.Value.Value)]);
            var worst = squares.Max(square => square!.Value.StandardError / square.Value.Value);
            return !(worst * Math.Sqrt(2) < 1.0 / 2) ? Nothing : isRatio ? new(ratio, ratio * worst * Math.Sqrt(2)) : new(variation, worst);
        }
    }

    private EstimateSeries Fluctuation(RunRecord record)
    {
        var (first, end) = (Norm.First, Norm.Last + 1);
        var squares = RunningAverage.OfIndependent(record[ProbeKeys.UpdateSquare].Window(first, end), HalfLifeSteps, record.Rate);
        return RunningAverage.OfIndependent(record[ProbeKeys.UpdateOverlap].Window(first, end), HalfLifeSteps).Select((step, overlap) =>
            squares.At(step) is { Value: > 0 } square ? overlap.Times(2).Over(square) : Nothing);
    }

    private static double ShareOfProbes(RunRecord record)
    {
        var (seconds, elapsed) = (record[ProbeKeys.Seconds], record[MetricKeys.ElapsedSeconds]);
        return seconds.Count == 0 || elapsed.Count == 0 ? double.NaN : seconds.Values[^1] / (seconds.Values[^1] + elapsed.Values[^1]);
    }

    private static double Hypotenuse(double first, double second) => Math.Sqrt((first * first) + (second * second));
}
