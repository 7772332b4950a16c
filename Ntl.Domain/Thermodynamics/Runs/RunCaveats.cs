using System.Globalization;
using Ntl.Domain.Metrics;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What limits a reading now, a sentence each.</summary>
internal sealed class RunCaveats(RunThermodynamics run)
{
    private const double SomeClipped = 0.05;
    private const double FastSecondMoment = 0.9;

    private readonly RunRecord _record = run.Record;

    private RunSpec Spec => _record.Spec;

    private long Now => _record.LastStep ?? Spec.FirstStep;

    /// <summary>Of the gradient's noise, and so of temperature.</summary>
    public IEnumerable<string> Noise() => Some(
        Spec.GradientAccumulationSteps == 1
            ? "A step is one micro-batch: the noise is measured between two halves of it, at one step of each interval. Two or more " +
                "micro-batches would measure it better." : null,
        Clipped() is > SomeClipped and var share
            ? string.Create(CultureInfo.InvariantCulture,
                $"The gradient was clipped in {100 * share:0} % of the last steps. This counts as a smaller preconditioner; what " +
                $"clipping takes from the noise along the gradient itself is not counted.") : null,
        Spec.Optimizer is { Kind: OptimizerKind.AdamW, Beta2: < FastSecondMoment }
            ? "β₂ is below 0.9: P follows the noise itself, and the constant ¼ is up to a quarter too low." : null,
        Spec.Optimizer.WeightDecay > 0 ? "Weight decay adds curvature and lets norms settle: weights before a norm have an effective rate η/|w|²." : null);

    /// <summary>Of the thermal loss by the running mean.</summary>
    public IEnumerable<string> ThermalLoss() => Some(
        WarmingUp(),
        "The running mean misses directions slower than its horizon and lags the river: the thermal loss is a lower bound.");

    /// <summary>Of the curvature.</summary>
    public IEnumerable<string> Curvature()
    {
        var measured = new[] { ProbeKeys.LargestPreconditionedCurvature, ProbeKeys.PreconditionedCurvatureTrace, ProbeKeys.LogDeterminant }
            .Select(key => _record[key]).Where(series => series.Count > 0).Select(series => (long?)series.Steps[^1]).Max();
        return Some(measured is { } step && Now - step > (Spec.Probes?.CurvatureIntervalSteps ?? 0) / 2 && Now > step
            ? string.Create(CultureInfo.InvariantCulture, $"The curvature is of step {CountFormat.Count(step)}, {Ago(Now - step)}.")
            : null);
    }

    /// <summary>Of what comes from one measurement at a cadence of its own.</summary>
    public IEnumerable<string> Age(MetricKey key, string what) => Some(_record[key] is { Count: > 0 } series && Now > series.Steps[^1]
        ? string.Create(CultureInfo.InvariantCulture, $"{what} of step {CountFormat.Count(series.Steps[^1])}, {Ago(Now - series.Steps[^1])}.")
        : null);

    private static string Ago(long steps) => steps == 1 ? "1 step ago" : $"{CountFormat.Count(steps)} steps ago";

    /// <summary>Of a law about a stationary state.</summary>
    public string? WarmingUp() => Spec.Schedule.PhaseAt(Math.Min(Now, Spec.TotalSteps - 1)).Phase is LinearRamp
        ? "The rate is still warming up: nothing is in equilibrium." : null;

    public static IEnumerable<string> Some(params IEnumerable<string?> sentences) => sentences.OfType<string>();

    private double Clipped()
    {
        const int Recent = 200;
        var norms = _record[MetricKeys.GradientNorm];
        var from = Math.Max(0, norms.Count - Recent);
        return Spec.Optimizer.GradientClip is { } clip && norms.Count > 0 ? norms.Values[from..].ToArray().Count(norm => norm > clip) / (double)(norms.Count - from) : 0;
    }
}
