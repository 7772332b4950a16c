using Ntl.Domain.Claims;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Components.Claims;

/// <summary>Claims and their verdicts in words.</summary>
internal static class ClaimWords
{
    public static string Word(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "Holds",
        ClaimVerdict.Fails => "Fails",
        ClaimVerdict.NotApplicable => "Not applicable",
        ClaimVerdict.NotMeasurable => "Not measurable",
        ClaimVerdict.Identity => "Identity",
        _ => "Inconclusive",
    };

    /// <summary>Name of the verdict's icon.</summary>
    public static string Icon(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "finished",
        ClaimVerdict.Fails => "cancelled",
        ClaimVerdict.NotApplicable or ClaimVerdict.NotMeasurable => "remove",
        ClaimVerdict.Identity => "table",
        _ => "unsure",
    };

    /// <summary>Class of the verdict's chip.</summary>
    public static string Chip(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "chip-finished",
        ClaimVerdict.Fails => "chip-failed",
        ClaimVerdict.NotApplicable or ClaimVerdict.NotMeasurable => "chip-cancelled",
        ClaimVerdict.Identity => "chip-queued",
        _ => "chip-paused",
    };

    public static string Expected(Claim claim) => claim.Comparison switch
    {
        ClaimComparison.AtLeast => $"≥ {Number(claim.Expected)}",
        ClaimComparison.AtMost => $"≤ {Number(claim.Expected)}",
        _ => Number(claim.Expected),
    };

    public static string Tolerance(Claim claim) => claim switch
    {
        { Comparison: ClaimComparison.Relative } => $"± {Format.Number(100 * claim.Tolerance, 3)} %",
        { Tolerance: 0 } => "none",
        { Comparison: ClaimComparison.AtLeast } => $"− {Format.Number(claim.Tolerance, 3)}",
        { Comparison: ClaimComparison.AtMost } => $"+ {Format.Number(claim.Tolerance, 3)}",
        _ => $"± {Format.Number(claim.Tolerance, 3)}",
    };

    /// <summary>The measurement with its standard error.</summary>
    public static string Measured(Claim claim) =>
        claim.IsMeasured ? Format.Estimate(claim.Measured, claim.StandardError) : "–";

    /// <summary>Two standard errors about the measurement; null where it is exact or missing.</summary>
    public static string? Interval(Claim claim) =>
        claim is { IsMeasured: true, StandardError: > 0 } ? Format.Range(claim.Low, claim.High) : null;

    private static string Number(double value) => Format.Number(value);
}
