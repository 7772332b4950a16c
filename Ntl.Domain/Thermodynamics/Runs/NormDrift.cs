using System.Globalization;
using Ntl.Domain.Claims;
using Ntl.Domain.Metrics;
using Ntl.Domain.Numbers;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>Whether the norm of the weights stands still over the end of a hold, from the updates themselves.</summary>
/// <remarks>
/// An update changes |θ|² by exactly |ηu|² − 2η⟨θ·u⟩. Where these changes average to 0 within their error, the norm is stationary and ρ =
/// 2⟨θ·u⟩/(η⟨|u|²⟩) is 1 by arithmetic: ρ tests the premise, not a law of nature.
/// </remarks>
/// <param name="First">First step of the window.</param>
/// <param name="Last">Last step of the window; nothing was measured where it is before <paramref name="First"/>.</param>
/// <param name="Drift">Mean change of |θ|² per step over the mean of |ηu|²; NaN where nothing was measured.</param>
/// <param name="Ratio">ρ over the window; NaN where nothing was measured.</param>
/// <param name="Count">Updates that were measured in the window.</param>
internal sealed record NormDrift(long First, long Last, Estimate Drift, Estimate Ratio, int Count)
{
    private const int Fewest = 8;
    private const double WindowSteps = 2 * RunThermodynamics.HalfLifeSteps;

    // ρ = 1 ± 0.1 is what the law asks for: a drift that is not known this well could hide a failure.
    private const double Precision = 0.05;

    private const double Rounding = 1e-9;

    private static NormDrift None { get; } = new(0, -1, new(double.NaN, double.NaN), new(double.NaN, double.NaN), 0);

    /// <summary>Over the last steps, at most two half-lives and at most half of it, of the longest hold.</summary>
    public static NormDrift Of(RunRecord record)
    {
        var (squares, overlaps) = (record[ProbeKeys.UpdateSquare], record[ProbeKeys.UpdateOverlap]);
        if (squares.Count == 0 || record.LastStep is not { } last)
        {
            return None;
        }

        var holds = record.Spec.Schedule.Phases
            .Where(span => span.Phase is ConstantRate { Rate: > 0 })
            .Select(span => (First: Math.Max(span.FirstStep, record.Spec.FirstStep), End: Math.Min(span.EndStep, last + 1)))
            .Where(hold => hold.End > hold.First)
            .ToList();
        if (holds.Count == 0)
        {
            return None;
        }

        var (start, end) = holds.MaxBy(hold => hold.End - hold.First);
        var first = Math.Max((start + end) / 2, end - (long)WindowSteps);
        List<(double Added, double Taken)> changes = [];
        for (var i = squares.IndexOf(first); i < squares.Count && squares.Steps[i] < end; i++)
        {
            var (step, at) = (squares.Steps[i], overlaps.IndexOf(squares.Steps[i]));
            var rate = record.Rate(step);
            if (at < overlaps.Count && overlaps.Steps[at] == step && double.IsFinite(squares.Values[i])
                && double.IsFinite(overlaps.Values[at]))
            {
                changes.Add((rate * rate * squares.Values[i], 2 * rate * overlaps.Values[at]));
            }
        }

        if (changes.Count < 2)
        {
            return new(first, end - 1, new(double.NaN, double.NaN), new(double.NaN, double.NaN), changes.Count);
        }

        double[] added = [.. changes.Select(change => change.Added)];
        return new(
            first, end - 1, Estimate.OfRatio([.. changes.Select(change => change.Added - change.Taken)], added),
            Estimate.OfRatio([.. changes.Select(change => change.Taken)], added), changes.Count);
    }

    /// <summary>What ρ takes for granted.</summary>
    public IEnumerable<Premise> Premises(RunRecord record)
    {
        var decay = record.Spec.Optimizer.WeightDecay;
        yield return RunPremises.Probe("noise-probe", "The gradient's noise and the updates are measured.",
            record[ProbeKeys.UpdateSquare].Count > 0, "the gradient's noise", record, record.Spec.Probes?.NoiseIntervalSteps);
        yield return Premise.Of(
            "weight-decay", "Weight decay confines the weights.", PremiseFailure.NotApplicable, decay > 0, decay, 0, "",
            "Without weight decay nothing confines the weights: their norm grows on, and the relation is about weights whose norm " +
            "stands still.", "It takes weight decay above 0.");
        yield return Premise.Of(
            "rate-held", "The rate is held while the norm is watched.", PremiseFailure.NotApplicable, Last >= First,
            "The rate was not held anywhere, and the norm of the weights follows the rate.", "It takes a hold.");
        yield return Premise.Of(
            "updates-enough", "At least eight updates were measured in the last part of the hold.", PremiseFailure.NotMeasurable,
            Count >= Fewest, Count, Fewest, "updates",
            FormattableString.Invariant($"Only {Count} updates were measured in the last part of the hold."),
            "A longer hold or a lower noise interval would give more.");
        yield return Premise.Of(
            "norm-stationary", "The norm of the weights stands still: its drift over the window is within two standard errors of 0.",
            PremiseFailure.NotApplicable, IsStationary,
            Drift.Value, Estimate.ChanceErrors * Drift.StandardError, "|ηu|²",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Over steps {CountFormat.Count(First)} to {CountFormat.Count(Last)} the norm of the weights still {(Drift.Value > 0 ? "grows" : "shrinks")}: |θ|² changes per update by " +
                $"({EstimateFormat.Estimate(Drift.Value, Drift.StandardError)})·|ηu|², where 0 is stationary."),
            string.Create(
                CultureInfo.InvariantCulture,
                $"A hold much longer than 1/(ηλ) = {NumberFormat.Number(1 / (record.Rate(Math.Max(0, Last)) * decay))} steps, or stronger weight decay, would let the norm settle."));
        yield return Premise.Of(
            "drift-precise", "The drift of the norm is known to a twentieth of |ηu|².", PremiseFailure.NotMeasurable,
            !(Drift.StandardError > Precision), Drift.StandardError, Precision, "|ηu|²",
            $"The drift of the norm is known to {NumberText.Of(Drift.StandardError, 2)} of |ηu|² only.",
            "A longer hold or a lower noise interval would tell it better.");
    }

    private bool IsStationary => Math.Abs(Drift.Value) <= (Estimate.ChanceErrors * Drift.StandardError) + Rounding;
}
