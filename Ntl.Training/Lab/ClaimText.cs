using Ntl.Domain.Claims;
using Ntl.Domain.Numbers;

namespace Ntl.Training.Lab;

/// <summary>Claims in text and in Markdown tables.</summary>
internal static class ClaimText
{
    public static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    public static string Mark(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.Fails => "FAILS",
        ClaimVerdict.NotApplicable => "not applicable",
        ClaimVerdict.NotMeasurable => "not measurable",
        ClaimVerdict.Identity => "identity",
        _ => "inconclusive",
    };

    public static string Expectation(Claim claim) => claim.Comparison switch
    {
        ClaimComparison.AtLeast => $"≥ {Number(claim.Expected)}",
        ClaimComparison.AtMost => $"≤ {Number(claim.Expected)}",
        ClaimComparison.Relative => $"{Number(claim.Expected)}, within {Number(100 * claim.Tolerance)} %",
        _ => $"{Number(claim.Expected)}, within {Number(claim.Tolerance)}",
    };

    /// <summary>The measurement with its standard error; a dash where there is none.</summary>
    public static string Measured(Claim claim) => claim.IsMeasured ? EstimateFormat.Estimate(claim.Measured, claim.StandardError) : "–";

    public static string Number(double value) => NumberFormat.Number(value);
}
