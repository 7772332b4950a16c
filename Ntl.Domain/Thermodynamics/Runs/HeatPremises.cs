using System.Globalization;
using Ntl.Domain.Claims;
using Ntl.Domain.Metrics;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>When the difference between hot and cold loss is heat, and when that heat may be compared with a bath.</summary>
/// <param name="record">Cut where the run diverged.</param>
/// <param name="noise">Tr PΣ_B, averaged.</param>
/// <param name="thermalLoss">As measured.</param>
internal sealed class HeatPremises(RunRecord record, EstimateSeries noise, EstimateSeries thermalLoss)
{
    /// <summary>A rate may have been higher by this factor a horizon ago: then the running mean holds weights of nearly the same
    /// temperature.</summary>
    private const double SteadyRate = 1.25;

    /// <summary>The river may fall within a horizon by this share of the heat in full equilibrium: the running mean lags it by about that
    /// much.</summary>
    private const double SlowRiver = 1 / 3.0;

    private readonly double _horizon = record.Spec.Probes?.ColdHorizonSteps ?? RunThermodynamics.HalfLifeSteps;

    /// <summary>The step from which on the running mean has forgotten the start of the training: twice its horizon; for a branch, which
    /// has its trunk's mean, its first.</summary>
    public long FirstStep => record.Spec.Branch?.Step ?? (long)Math.Ceiling(2 * _horizon);

    /// <summary>That hot minus cold loss is heat, though it may not be significantly different from 0.</summary>
    public IReadOnlyList<StepPremise> Undistorted => [Learning, WarmUpOver, HorizonFilled, RateSteady];

    /// <summary>That the thermal loss has been measured.</summary>
    public IReadOnlyList<StepPremise> Heat => [.. Undistorted, Resolved];

    /// <summary>That the thermal loss may be compared with the bath, though it may not be significantly different from 0.</summary>
    public IReadOnlyList<StepPremise> Comparable => [.. Undistorted, RiverSlow];

    /// <summary>That the weights have felt one temperature: what a temperature of the valley, and its entropy, take for granted.</summary>
    public IReadOnlyList<StepPremise> Settled => [WarmUpOver, RateSteady];

    /// <summary>The loss is that of a model that has learned something: a spike, from which a run may recover, is no valley.</summary>
    public StepPremise Learning => new(IsLearning, step => Premise.Of(
        "learning", "The validation loss is at most a tenth above ln V, that of a uniform guess.", PremiseFailure.NotMeasurable,
        IsLearning(step),
        LossAt(step), Divergence.Limit(record), "nats",
        $"At step {Count(step)} the validation loss is {NumberText.Of(LossAt(step), 4)} nats, above that of a uniform guess.",
        "A lower rate, a longer warm-up or a clipped gradient would prevent that."));

    /// <summary>The rate no longer rises.</summary>
    public StepPremise WarmUpOver => new(step => !IsRising(step), step => Premise.Of(
        "warm-up-over", "The rate is not rising.", PremiseFailure.NotMeasurable, !IsRising(step),
        $"At step {Count(step)} the rate is still rising, so nothing is in equilibrium.", "It can be measured once the warm-up is over."));

    /// <summary>The running mean has forgotten the start.</summary>
    public StepPremise HorizonFilled => new(step => step >= FirstStep, step => Premise.Of(
        "horizon-filled", "The running mean of the weights has forgotten the start of the training: two of its horizons have passed.",
        PremiseFailure.NotMeasurable, step >= FirstStep,
        step, FirstStep, "steps",
        $"Until step {Count(FirstStep)} the running mean of the weights still holds the start of the training, so hot and cold loss " +
        $"differ by the fall of the loss, not by heat.",
        $"It can be measured from step {Count(FirstStep)} on; with a shorter horizon, earlier."));

    /// <summary>The rate is nearly that of a horizon ago.</summary>
    public StepPremise RateSteady => new(IsRateSteady, step => Premise.Of(
        "rate-steady", "The rate changes little within the running mean's horizon: a horizon ago it was at most 1.25 times as high.",
        PremiseFailure.NotMeasurable, IsRateSteady(step),
        RateFall(step), SteadyRate, "",
        $"At step {Count(step)} the rate has fallen to " +
        $"{(RateFall(step) is var fall && double.IsFinite(fall) ? $"1/{NumberText.Of(fall, 2)}" : "none")} of what it was {Horizon} " +
        $"steps ago, the horizon of the running mean, which therefore still holds hotter weights.",
        "A slower decay or a shorter horizon would make it measurable; an anneal branch measures the heat directly."));

    /// <summary>The thermal loss is above its error.</summary>
    public StepPremise Resolved => new(step => thermalLoss.At(step) is { IsAboveZero: true }, step =>
    {
        var heat = thermalLoss.At(step) ?? new(double.NaN, double.NaN);
        return Premise.Of(
            "heat-resolved", "The thermal loss is more than two standard errors above 0.", PremiseFailure.NotMeasurable, heat.IsAboveZero,
            heat.Value / heat.StandardError, Estimate.ChanceErrors, "standard errors",
            heat.IsBelowZero
                ? $"At step {Count(step)} the loss at the mean of the weights is higher than at the weights themselves, because the " +
                    $"mean lags a loss that falls fast; heat cannot be negative."
                : $"At step {Count(step)} the thermal loss is not significantly different from 0: it is at most " +
                    $"{NumberText.Of(heat.UpperBound)} nats.",
            heat.IsBelowZero ? "A longer hold or a shorter horizon would make it measurable."
                : "More validation batches or a higher rate would resolve it.");
    });

    /// <summary>The river falls little within the horizon.</summary>
    public StepPremise RiverSlow => new(IsRiverSlow, step => Premise.Of(
        "river-slow", "The cold loss falls within the running mean's horizon by less than a third of the predicted heat ¼η Tr PΣ_B.",
        PremiseFailure.NotMeasurable, IsRiverSlow(step),
        RiverFall(step) / Predicted(step), SlowRiver, "",
        $"At step {Count(step)} the cold loss still falls by {NumberText.Of(RiverFall(step), 2)} nats within the running mean's " +
        $"horizon of {Horizon} steps, against a predicted heat of {NumberText.Of(Predicted(step), 2)} nats: the mean lags by about as " +
        $"much as there is to measure.",
        "A longer hold, later in the training, or a shorter horizon would make it measurable."));

    /// <summary>Whether the rate has fallen so much within the horizon that the mean still holds hotter weights.</summary>
    public bool IsRateSteady(long step) => !(RateFall(step) > SteadyRate);

    private bool IsLearning(long step) => !(LossAt(step) > Divergence.Limit(record));

    private double LossAt(long step) => record[MetricKeys.ValidationLoss] is var losses && losses.IndexOf(step) is var at
        && at < losses.Count ? losses.Values[at] : double.NaN;

    private string Horizon => _horizon.ToString("0", CultureInfo.InvariantCulture);

    private static string Count(long step) => CountFormat.Count(step);

    private bool IsRising(long step) =>
        record.Spec.Schedule.PhaseAt(Math.Clamp(step - 1, 0, record.Spec.TotalSteps - 1)).Phase is var phase
            && phase.ExitRate > phase.EntryRate;

    private double RateFall(long step) =>
        record.Rate(Math.Max(Math.Min(record.Spec.FirstStep, step), step - (long)_horizon)) / record.Rate(Math.Max(0, step - 1));

    private bool IsRiverSlow(long step) => RiverFall(step) <= SlowRiver * Predicted(step);

    private double Predicted(long step) => noise.At(step) is { } trace ? trace.Value * record.Rate(Math.Max(0, step - 1)) / 4 : double.NaN;

    // By a difference over a horizon or more backwards; where the record begins within it, forwards.
    private double RiverFall(long step)
    {
        var cold = record[ProbeKeys.ColdLoss];
        var at = cold.IndexOf(step);
        if (at >= cold.Count || cold.Steps[at] != step || cold.Count < 2)
        {
            return double.NaN;
        }

        var before = cold.IndexOf(step - (long)_horizon + 1) - 1;
        var (from, to) = before >= 0 ? (before, at)
            : (0, Math.Min(cold.Count - 1, Math.Max(1, cold.IndexOf(cold.Steps[0] + (long)_horizon))));
        return (cold.Values[from] - cold.Values[to]) * _horizon / (cold.Steps[to] - cold.Steps[from]);
    }
}
