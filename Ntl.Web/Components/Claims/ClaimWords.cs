using Ntl.Domain.Claims;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Components.Claims;

/// <summary>Claims and their verdicts in words.</summary>
internal static class ClaimWords
{
    private const double SmallestPlain = 1e-3;

    public static string Word(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "Holds",
        ClaimVerdict.Violated => "Violated",
        _ => "Cannot tell",
    };

    /// <summary>Name of the verdict's icon.</summary>
    public static string Icon(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "finished",
        ClaimVerdict.Violated => "cancelled",
        _ => "unsure",
    };

    /// <summary>Class of the verdict's chip.</summary>
    public static string Chip(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "chip-finished",
        ClaimVerdict.Violated => "chip-failed",
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
        !claim.IsMeasured ? "–" : claim.StandardError > 0 ? $"{Number(claim.Measured)} ± {Format.Number(claim.StandardError, claim.StandardError < SmallestPlain ? 4 : 2)}" : Number(claim.Measured);

    /// <summary>Two standard errors about the measurement; null where it is exact or missing.</summary>
    public static string? Interval(Claim claim) =>
        claim is { IsMeasured: true, StandardError: > 0 } ? $"{Format.Number(claim.Low, 3)} … {Format.Number(claim.High, 3)}" : null;

    // As many digits of a small number, which is written with a power of ten, as of others.
    private static string Number(double value) => Format.Number(value, Math.Abs(value) < SmallestPlain ? 6 : 4);
}
