using System.Globalization;
using Ntl.Domain.Metrics;
using Ntl.Domain.Numbers;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What a person should look at in a run. Thresholds are in standard errors and wide: a quiet run raises none.</summary>
public static class RunAlerts
{
    private static readonly TimeSpan s_shortestSilence = TimeSpan.FromMinutes(10);

    private static readonly MetricKey[] s_watched = [MetricKeys.TrainLoss, MetricKeys.ValidationLoss, MetricKeys.GradientNorm];

    private static readonly MetricKey[] s_probes = [ProbeKeys.Noise, ProbeKeys.ColdLoss, ProbeKeys.ThermalLoss, ProbeKeys.CurvatureTrace, ProbeKeys.LargestPreconditionedCurvature];

    /// <summary>All alerts, the gravest first.</summary>
    /// <param name="record">As stored.</param>
    /// <param name="silence">Time since the newest point of a run that should be training; null when it should not, or when nobody knows.</param>
    public static IReadOnlyList<RunAlert> Of(RunRecord record, TimeSpan? silence = null) => Of(RunThermodynamics.Of(record), silence);

    /// <summary>All alerts, the gravest first.</summary>
    /// <param name="run">What was derived of the run.</param>
    /// <param name="silence">Time since the newest point of a run that should be training; null when it should not, or when nobody knows.</param>
    public static IReadOnlyList<RunAlert> Of(RunThermodynamics run, TimeSpan? silence = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunAlert?[] found = [.. NotFinite(run.Stored), Diverged(run), Silent(run.Stored, silence), Flat(run), Heating(run), EarlyDecay(run),
            Unstable(run), EntropyFalls(run)];
        return [.. found.OfType<RunAlert>().OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.SinceStep)];
    }

    private static IEnumerable<RunAlert?> NotFinite(RunRecord record)
    {
        foreach (var (key, severity) in s_watched.Select(key => (key, RunAlertSeverity.Error)).Concat(s_probes.Select(key => (key, RunAlertSeverity.Warning))))
        {
            var series = record[key];
            var count = series.Values.ToArray().Count(value => !double.IsFinite(value));
            if (count > 0)
            {
                var first = Enumerable.Range(0, series.Count).First(i => !double.IsFinite(series.Values[i]));
                yield return new(
                    RunAlertKind.NotFinite, severity, series.Steps[first],
                    severity == RunAlertSeverity.Error
                        ? "The run diverged: a lower rate, a longer warm-up or a clipped gradient would prevent it."
                            : "A probe measured something that is not a number; what follows from it is left out.",
                    string.Create(CultureInfo.InvariantCulture, $"{key} is {series.Values[first]} at step {series.Steps[first]}, and {count} times in all."));
            }
        }
    }

    // Numbers may stay finite far above the loss of a uniform guess.
    private static RunAlert? Diverged(RunThermodynamics run)
    {
        if (run.DivergedAt is not { } step)
        {
            return null;
        }

        var losses = run.Stored[MetricKeys.ValidationLoss];
        var limit = Divergence.Limit(run.Stored);
        var index = losses.IndexOf(step);

        // One that is not a number has an alert of its own.
        return index >= losses.Count || !double.IsFinite(losses.Values[index]) || losses.Values[index] <= limit ? null
            : new(RunAlertKind.Diverged, RunAlertSeverity.Error, step,
                "The run diverged: a lower rate, a longer warm-up or a clipped gradient would prevent it. Nothing after that is measured.",
                string.Create(CultureInfo.InvariantCulture,
                $"The validation loss is {NumberFormat.Number(losses.Values[index])} nats at step {CountFormat.Count(losses.Steps[index])}; a uniform guess has " +
                    $"{Math.Log(run.Stored.Spec.Model.VocabularySize):G4}."));
    }

    private static RunAlert? Silent(RunRecord record, TimeSpan? silence)
    {
        const double ManySteps = 100;
        var elapsed = record[MetricKeys.ElapsedSeconds];
        var stepSeconds = elapsed.Count < 2 ? 0 : (elapsed.Values[^1] - elapsed.Values[0]) / (elapsed.Steps[^1] - elapsed.Steps[0]);
        var longest = double.IsFinite(stepSeconds) && ManySteps * stepSeconds > s_shortestSilence.TotalSeconds ? TimeSpan.FromSeconds(ManySteps * stepSeconds) : s_shortestSilence;
        return silence > longest
            ? new(RunAlertKind.Stall, RunAlertSeverity.Warning, record.LastStep ?? record.Spec.FirstStep,
                "There has been no step for a long time: the trainer may hang, or wait for the disk.",
                string.Create(CultureInfo.InvariantCulture, $"Nothing for {silence.Value.TotalMinutes:0} minutes; a step took {stepSeconds:G2} seconds."))
            : null;
    }

    // A line through the validations of the last half of the hold of now: its fall must be significant.
    private static RunAlert? Flat(RunThermodynamics run)
    {
        if (run.DivergedAt is not null)
        {
            return null;
        }

        var record = run.Record;
        const int Fewest = 16;
        const double Sigmas = 4;
        const double Little = 1e-3;
        const double Much = 1e-2;
        var losses = EqualTime.Losses(record);
        if (losses.Count == 0 || record.Spec.Schedule.PhaseAt(Math.Min(losses[^1].Step, record.Spec.TotalSteps - 1)) is not { Phase: ConstantRate { Rate: > 0 } } span)
        {
            return null;
        }

        var start = Math.Max(span.FirstStep, record.Spec.FirstStep);
        var late = losses.Where(point => point.Step >= (start + losses[^1].Step) / 2).Select(point => ((double)point.Step, point.Loss)).ToList();
        if (late.Count < Fewest)
        {
            return null;
        }

        var fit = LineFit.Of(late);
        var length = late[^1].Item1 - late[0].Item1;
        var (change, error) = (fit.Slope.Value * length / fit.Mean, fit.Slope.StandardError * length / Math.Abs(fit.Mean));
        var evidence = string.Create(CultureInfo.InvariantCulture, $"The validation loss changed by {100 * change:0.00} ± {100 * error:0.00} % over {length:0} steps.");
        return change > Much && change > Sigmas * error
            ? new(RunAlertKind.Stall, RunAlertSeverity.Warning, (long)late[0].Item1, "The validation loss rises though the rate is held.", evidence)
            : change - (Sigmas * error) > -Little
            ? new(RunAlertKind.Stall, RunAlertSeverity.Notice, (long)late[0].Item1,
                "The loss no longer falls at this rate: what is left is heat, which a decay would release, or the model's limit.", evidence)
            : null;
    }

    private static RunAlert? Heating(RunThermodynamics run)
    {
        const double Sigmas = 5;
        const double Rise = 1.5;
        var trace = run.NoiseTrace;
        if (trace.LastStep is not { } last || last >= run.Record.Spec.TotalSteps || run.Record.Spec.Schedule.PhaseAt(last) is not { Phase: ConstantRate { Rate: > 0 } } span)
        {
            return null;
        }

        // Two half-lives on, the mean is of the hold.
        var settled = Math.Max(span.FirstStep, run.Record.Spec.FirstStep) + (2 * RunThermodynamics.HalfLifeSteps);
        var held = Enumerable.Range(0, trace.Count).Where(i => trace.Steps[i] >= settled && double.IsFinite(trace.StandardErrors[i])).ToList();
        if (held.Count == 0)
        {
            return null;
        }

        var least = held.MinBy(i => trace.Values[i]);
        var (low, high) = (trace[least], trace[trace.Count - 1]);
        var noise = Math.Sqrt((low.StandardError * low.StandardError) + (high.StandardError * high.StandardError));
        return low.Value > 0 && high.Value > Rise * low.Value && high.Value - low.Value > Sigmas * noise
            ? new(RunAlertKind.Heating, high.Value > 2 * low.Value ? RunAlertSeverity.Warning : RunAlertSeverity.Notice, trace.Steps[least],
                "The valley heats up though the rate is held: the gradient's noise grows. A larger batch or a lower rate would reduce it.",
                string.Create(CultureInfo.InvariantCulture, $"η Tr PΣ_B rose by a factor of {high.Value / low.Value:0.00}, {(high.Value - low.Value) / noise:0} standard errors, since step {trace.Steps[least]}."))
            : null;
    }

    // At the end of the hold before the first decay the thermal loss must have stopped rising. Only where it is heat: a lagging mean
    // catches up, which looks like warming.
    private static RunAlert? EarlyDecay(RunThermodynamics run)
    {
        const int Fewest = 6;
        const double Sigmas = 4;
        const double Rise = 0.25;
        var spec = run.Record.Spec;
        var horizon = (long)(spec.Probes?.ColdHorizonSteps ?? RunThermodynamics.HalfLifeSteps);
        foreach (var (hold, decay) in spec.Schedule.Phases.Zip(spec.Schedule.Phases.Skip(1)).Where(pair => pair.First.Phase is ConstantRate && pair.Second.Phase.ExitRate < pair.First.Phase.ExitRate))
        {
            var start = Math.Max(hold.FirstStep, spec.FirstStep);
            var from = Math.Max(start + (2 * horizon), (start + hold.EndStep) / 2);
            var heat = run.ComparableLoss;
            var points = Enumerable.Range(0, heat.Count)
                .Where(i => heat.Steps[i] >= from && heat.Steps[i] <= hold.EndStep)
                .Select(i => ((double)heat.Steps[i], heat.Values[i]))
                .ToList();
            if (points.Count < Fewest || run.RawThermalLoss.LastStep <= decay.FirstStep)
            {
                continue;
            }

            var fit = LineFit.Of(points);
            var rise = fit.Slope.Value * (points[^1].Item1 - points[0].Item1);
            if (fit.Mean > 0 && fit.Slope.Value > Sigmas * fit.Slope.StandardError && rise > Rise * fit.Mean)
            {
                return new(
                    RunAlertKind.EarlyDecay, RunAlertSeverity.Notice, decay.FirstStep, "The rate began to fall while the valley was still warming up: slow directions never got warm, and the river lost time at the high rate.",
                    string.Create(CultureInfo.InvariantCulture, $"From step {points[0].Item1:0} to the decay the thermal loss still rose by {100 * rise / fit.Mean:0} %, {fit.Slope.Value / fit.Slope.StandardError:0} standard errors."));
            }
        }

        return null;
    }

    private static RunAlert? Unstable(RunThermodynamics run)
    {
        const double Beyond = 1.25;
        const double FarBeyond = 2;
        const double Sigmas = 3;
        if (run.StabilityEdge is not { } edge || run.Sharpness.Last is not { } last)
        {
            return null;
        }

        var isBeyond = last.IsAboveZero && last.Value > Beyond * edge && !(last.Value - edge <= Sigmas * last.StandardError);
        return isBeyond
            ? new(RunAlertKind.Unstable, last.Value > FarBeyond * edge ? RunAlertSeverity.Warning : RunAlertSeverity.Notice, run.Sharpness.Steps.Where((_, i) => run.Sharpness.Values.Skip(i).All(value => value > edge)).First(),
                "The sharpest direction of the batch that is measured is beyond the rate's stability edge. That of the whole loss is less sharp; where the loss spikes too, a lower rate would stop it.",
                string.Create(CultureInfo.InvariantCulture, $"ηλ̃_max is {last.Value:G3}, the edge of {run.Record.Spec.Optimizer.Kind} lies at {edge:G3}."))
            : null;
    }

    private static RunAlert? EntropyFalls(RunThermodynamics run)
    {
        const double Sigmas = 4;
        const double Little = 0.02;
        return run.IsCalibrated && run.EntropyProductionDip is { } dip && dip.Fall.Value > Little && dip.Fall.Value > Sigmas * dip.Fall.StandardError
            ? new(RunAlertKind.EntropyFalls, RunAlertSeverity.Warning, dip.SinceStep,
                "System and bath lose entropy together: something other than the bath's noise cools or heats the valley, such as a change of data, or its curvature changes.",
                string.Create(CultureInfo.InvariantCulture,
                $"Entropy production fell by {dip.Fall.Value:G3} ± {dip.Fall.StandardError:G2} nats per direction since step " +
                    $"{dip.SinceStep}."))
            : null;
    }
}
