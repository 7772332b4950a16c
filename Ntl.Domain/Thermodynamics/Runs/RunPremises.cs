using System.Globalization;
using Ntl.Domain.Claims;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>Premises that several quantities and laws share.</summary>
internal static class RunPremises
{
    private const double HalfPeak = 0.5;

    /// <summary>A probe is on and has measured something.</summary>
    /// <param name="id">Stable name.</param>
    /// <param name="statement">What must be measured.</param>
    /// <param name="isMeasured">Whether it is.</param>
    /// <param name="probe">What to switch on.</param>
    /// <param name="record">The run.</param>
    /// <param name="interval">Steps between two measurements; null where the probe is off.</param>
    public static Premise Probe(string id, string statement, bool isMeasured, string probe, RunRecord record, long? interval) => Premise.Of(
        id, statement, PremiseFailure.NotMeasurable, isMeasured,
        interval is not { } steps ? "It was not measured."
            : record.LastStep is null ? string.Create(CultureInfo.InvariantCulture, $"It has not been measured yet: its probe measures every {CountFormat.Count(steps)} steps.")
            : string.Create(CultureInfo.InvariantCulture,
                $"It was not measured in {CountFormat.Count((record.LastStep ?? 0) - record.Spec.FirstStep)} steps: its probe measures every " +
                $"{CountFormat.Count(steps)} steps."),
        interval is null ? $"To measure it, switch on {probe} in the run's probes." : "A shorter interval would measure it sooner.");

    /// <summary>Both probes of heat are on.</summary>
    public static Premise HeatProbes(RunThermodynamics run) => Probe(
        "heat-probes", "The cold loss and the gradient's noise are measured.", !run.RawThermalLoss.IsEmpty && !run.NoiseTrace.IsEmpty,
        "the cold probe and the gradient's noise", run.Record,
        run.Record.Spec.Probes is { ColdHorizonSteps: not null, NoiseIntervalSteps: not null } ? run.Record.Spec.ValidationIntervalSteps
            : null);

    /// <summary>Premises that are asked at each step, at the one that comes closest to measuring; of a run that diverged before it could,
    /// that first.</summary>
    /// <param name="run">The run.</param>
    /// <param name="atSteps">In the order in which they are asked.</param>
    /// <param name="steps">At least one.</param>
    public static IEnumerable<Premise> AtClosest(RunThermodynamics run, IReadOnlyList<StepPremise> atSteps, IReadOnlyList<long> steps)
    {
        var premises = StepPremise.Closest(atSteps, steps);
        return run.DivergedAt is not { } step || premises.All(premise => premise.IsSatisfied) ? premises :
        [
            Premise.Of(
                "not-diverged", "The run has not diverged.", PremiseFailure.NotMeasurable, false,
                string.Create(CultureInfo.InvariantCulture, $"The run diverged at step {CountFormat.Count(step)}, before this could be measured."),
                "A lower rate, a longer warm-up or a clipped gradient would prevent that."),
            .. premises,
        ];
    }

    /// <summary>α has been measured, on a hold of the run or of its trunk.</summary>
    public static Premise Calibrated(RunThermodynamics run) => Premise.Of(
        "calibrated",
        "The bath's temperature is calibrated: α was measured on a hold of this run or of its trunk, at more than three standard " +
            "errors.", PremiseFailure.NotMeasurable, run.IsCalibrated,
        run.Plateau is null ? "No hold was long enough to measure α, the share of η Tr PΣ_B that equilibrium has." : run.CalibrationFailure,
        "It takes a hold of several horizons of the running mean, at a rate at which the loss falls slowly.");

    /// <summary>Whether the rate that led to a step's weights is at least half of the run's highest so far: only there does ηλ̃ say
    /// whether the run was stable.</summary>
    public static bool IsNearPeak(RunRecord record, long step) => record.Rate(step) >= HalfPeak * PeakUntil(record);

    /// <summary>The largest curvature was measured while the rate was high.</summary>
    public static Premise MeasuredNearPeak(RunThermodynamics run)
    {
        var highest = run.Sharpness.Steps.Select(step => run.Record.Rate(step) / PeakUntil(run.Record)).DefaultIfEmpty(double.NaN).Max();
        return Premise.Of(
            "measured-near-peak", "The largest curvature was measured while the rate was at least half of its peak.",
            PremiseFailure.NotMeasurable, highest >= HalfPeak, highest, HalfPeak, "of the peak",
            $"The curvature was measured only where the rate was {NumberText.Of(100 * highest, 2)} % of its peak, which says nothing " +
            $"about the stability at the peak.",
            "A shorter curvature interval would measure it there.");
    }

    /// <summary>α has been measured on a hold of the run itself.</summary>
    public static Premise OwnPlateau(RunThermodynamics run) => Premise.Of(
        "own-plateau", "α was measured on a hold of this run, at more than three standard errors.", PremiseFailure.NotMeasurable,
        run.OwnEquilibrium is not null,
        run.Plateau is null ? "The rate was not held for more than two horizons of the running mean, so the valley has not settled."
            : run.CalibrationFailure,
        "It takes a hold of several horizons of the running mean, at a rate at which the loss falls slowly.");

    private static double PeakUntil(RunRecord record)
    {
        var last = Math.Min(record.LastStep ?? 0, record.Spec.TotalSteps - 1);
        return record.Spec.Schedule.Phases
            .Where(span => span.FirstStep <= last && span.EndStep > record.Spec.FirstStep)
            .Max(span => Math.Max(record.Rate(Math.Max(span.FirstStep, record.Spec.FirstStep)),
                record.Rate(Math.Min(span.EndStep - 1, last))));
    }
}
