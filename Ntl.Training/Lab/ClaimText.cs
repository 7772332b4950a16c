using System.Globalization;
using Ntl.Domain.Claims;

namespace Ntl.Training.Lab;

/// <summary>Claims in text and in Markdown tables.</summary>
internal static class ClaimText
{
    public static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    public static string Mark(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.Violated => "VIOLATED",
        _ => "cannot tell",
    };

    public static string Expectation(Claim claim) => claim.Comparison switch
    {
        ClaimComparison.AtLeast => $"≥ {Number(claim.Expected)}",
        ClaimComparison.AtMost => $"≤ {Number(claim.Expected)}",
        ClaimComparison.Relative => $"{Number(claim.Expected)} ± {Number(100 * claim.Tolerance)} %",
        _ => $"{Number(claim.Expected)} ± {Number(claim.Tolerance)}",
    };

    public static string Error(Claim claim) => claim.StandardError > 0 ? $" ± {claim.StandardError.ToString("G2", CultureInfo.InvariantCulture)}" : "";

    public static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
