using System.Collections.Immutable;
using Ntl.Domain.Landscapes;

namespace Ntl.Domain.Claims;

/// <summary>One claim, judged.</summary>
/// <param name="Id">Unique within a card's result.</param>
/// <param name="AcceptanceRow">Row of the acceptance table that it belongs to; 0 for none.</param>
/// <param name="Text">The claim in words.</param>
/// <param name="Symbol">Of the number.</param>
/// <param name="Unit">Of the number; may be empty.</param>
/// <param name="Expected">By theory.</param>
/// <param name="Measured">In the simulation; 0 when nothing could be measured.</param>
/// <param name="StandardError">Of the measurement, ≥ 0; 0 for an exact computation.</param>
/// <param name="Tolerance">≥ 0, in the comparison's sense.</param>
/// <param name="Comparison">In which sense.</param>
/// <param name="Verdict">What the measurement says.</param>
/// <param name="Why">One sentence.</param>
public sealed record Claim(
    string Id,
    int AcceptanceRow,
    string Text,
    string Symbol,
    string Unit,
    double Expected,
    double Measured,
    double StandardError,
    double Tolerance,
    ClaimComparison Comparison,
    ClaimVerdict Verdict,
    string Why)
{
    // Two standard errors: what chance explains nineteen times in twenty.
    private const double ChanceErrors = 2;

    /// <summary>Whether there is a number in <see cref="Measured"/>.</summary>
    public bool IsMeasured { get; init; } = true;

    /// <summary>What had to be true for the measurement to test the claim, in the order in which it was asked; empty where nothing was
    /// asked.</summary>
    public ImmutableArray<Premise> Premises { get; init; } = [];

    /// <summary>Two standard errors below the measurement.</summary>
    public double Low => Measured - (ChanceErrors * StandardError);

    /// <summary>Two standard errors above the measurement.</summary>
    public double High => Measured + (ChanceErrors * StandardError);

    /// <summary>Judges a measurement.</summary>
    /// <remarks>
    /// Beyond the tolerance by more than two standard errors fails; beyond it by less, or with two standard errors above the whole
    /// tolerance
    /// where that is not 0, is inconclusive.
    /// </remarks>
    internal static Claim Judge(
        string id, int row, string text, string symbol, string unit, ClaimComparison comparison, double expected, double tolerance, double measured, double standardError = 0)
    {
        if (!double.IsFinite(measured) || !double.IsFinite(standardError))
        {
            return Unmeasured(id, row, text, symbol, unit, comparison, expected, tolerance, "There is no finite number: what was measured diverged.");
        }

        var allowed = comparison == ClaimComparison.Relative ? tolerance * Math.Abs(expected) : tolerance;
        var deviation = comparison switch
        {
            ClaimComparison.AtLeast => expected - measured,
            ClaimComparison.AtMost => measured - expected,
            _ => Math.Abs(measured - expected),
        };
        var chance = ChanceErrors * standardError;
        var isOneSided = comparison is ClaimComparison.AtLeast or ClaimComparison.AtMost;
        var (verdict, why) = (deviation - allowed, isOneSided ? 0 : chance - allowed) switch
        {
            ( <= 0, <= 0) when isOneSided && deviation <= 0 => (ClaimVerdict.Holds, $"Within the bound by {Round(-deviation)}."),
            ( <= 0, <= 0) => (ClaimVerdict.Holds, $"Off by {Round(deviation)}, allowed {Round(allowed)}."),
            ( <= 0, _) =>
                (ClaimVerdict.Inconclusive,
                    $"Two standard errors, {Round(chance)}, exceed the tolerance {Round(allowed)}: it takes more data."),
            (var excess, _) when excess > chance =>
                (ClaimVerdict.Fails, $"Off by {Round(deviation)}, allowed {Round(allowed)}, and chance explains only {Round(chance)}."),
            _ => (ClaimVerdict.Inconclusive,
            $"Off by {Round(deviation)}, allowed {Round(allowed)}, but two standard errors are {Round(chance)}."),
        };
        return new(id, row, text, symbol, unit, expected, measured, standardError, tolerance, comparison, verdict, why);
    }

    /// <summary>A claim that nothing was measured for.</summary>
    internal static Claim Unmeasured(string id, int row, string text, string symbol, string unit, ClaimComparison comparison, double expected, double tolerance, string why) =>
        new(id, row, text, symbol, unit, expected, 0, 0, tolerance, comparison, ClaimVerdict.NotMeasurable, why) { IsMeasured = false };

    /// <summary>The same measurement, inconclusive for a stated reason; one that decides nothing already keeps its own reason.</summary>
    /// <param name="because">What makes the number say less than it seems to; null leaves the verdict.</param>
    internal Claim Unless(string? because) =>
        because is null || Verdict is not (ClaimVerdict.Holds or ClaimVerdict.Fails) ? this
            : this with { Verdict = ClaimVerdict.Inconclusive, Why = because };

    /// <summary>The claim if all of its premises hold; else without a number, and with the first failed premise as its reason.</summary>
    /// <param name="premises">In the order in which they are asked.</param>
    internal Claim Under(params IEnumerable<Premise> premises)
    {
        ImmutableArray<Premise> asked = [.. premises];
        return asked.FirstOrDefault(premise => !premise.IsSatisfied) is not { } failed ? this with { Premises = asked } : this with
        {
            Premises = asked,
            Measured = 0,
            StandardError = 0,
            IsMeasured = false,
            Verdict = failed.Failure == PremiseFailure.NotApplicable ? ClaimVerdict.NotApplicable : ClaimVerdict.NotMeasurable,
            Why = failed.Explanation,
        };
    }

    /// <summary>The same claim as an identity: where it closes, that is by construction and no law's merit.</summary>
    internal Claim AsIdentity() => Verdict == ClaimVerdict.Holds
        ? this with { Verdict = ClaimVerdict.Identity, Why = $"Closes by construction: a check of the bookkeeping. {Why}" }
        : this;

    /// <summary>Judges a mean over replicas; null when all had diverged.</summary>
    internal static Claim Judge(
        string id, int row, string text, string symbol, string unit, ClaimComparison comparison, double expected, double tolerance, EnsembleMean? measured, double scale = 1) =>
        Judge(id, row, text, symbol, unit, comparison, expected, tolerance, measured?.Mean * scale ?? double.NaN, measured?.StandardError * Math.Abs(scale) ?? double.NaN);

    private static string Round(double value) => NumberText.Of(value);
}
