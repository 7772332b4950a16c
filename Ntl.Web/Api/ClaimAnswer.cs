using System.Collections.Immutable;
using Ntl.Domain.Claims;

namespace Ntl.Web.Api;

/// <summary>A judged claim as the API gives it: a claim without a number has null for one, and its reason in <c>why</c>.</summary>
internal sealed record ClaimAnswer(
    string Id,
    int AcceptanceRow,
    string Text,
    string Symbol,
    string Unit,
    ClaimComparison Comparison,
    double Expected,
    double Tolerance,
    double? Measured,
    double? StandardError,
    double? Low,
    double? High,
    bool IsMeasured,
    ClaimVerdict Verdict,
    string Why,
    ImmutableArray<Premise> Premises)
{
    public static ClaimAnswer Of(Claim claim) => new(
        claim.Id, claim.AcceptanceRow, claim.Text, claim.Symbol, claim.Unit, claim.Comparison, claim.Expected, claim.Tolerance,
        Known(claim, claim.Measured), Known(claim, claim.StandardError), Known(claim, claim.Low), Known(claim, claim.High),
        claim.IsMeasured, claim.Verdict, claim.Why, claim.Premises);

    private static double? Known(Claim claim, double value) => claim.IsMeasured && double.IsFinite(value) ? value : null;
}
