using System.Globalization;
using Ntl.Domain.Claims;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Web.Components.Thermodynamics;

/// <summary>Laws in words.</summary>
internal static class LawWords
{
    /// <summary>"2 hold, 1 fails, 11 are inconclusive": how often each verdict was found over all laws; those never found are left
    /// out.</summary>
    public static string Sum(IEnumerable<LawTest> laws) => string.Join(", ", laws
        .SelectMany(law => law.Findings)
        .CountBy(finding => finding.Claim.Verdict)
        .OrderBy(pair => pair.Key)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {Verb(pair.Key, pair.Value == 1)}")));

    private static string Verb(ClaimVerdict verdict, bool isOne) => (verdict, isOne) switch
    {
        (ClaimVerdict.Holds, true) => "holds",
        (ClaimVerdict.Holds, _) => "hold",
        (ClaimVerdict.Fails, true) => "fails",
        (ClaimVerdict.Fails, _) => "fail",
        (ClaimVerdict.Identity, true) => "is an identity that closes by construction",
        (ClaimVerdict.Identity, _) => "are identities that close by construction",
        (ClaimVerdict.NotApplicable, true) => "is not applicable",
        (ClaimVerdict.NotApplicable, _) => "are not applicable",
        (ClaimVerdict.NotMeasurable, true) => "is not measurable",
        (ClaimVerdict.NotMeasurable, _) => "are not measurable",
        (_, true) => "is inconclusive",
        _ => "are inconclusive",
    };

    /// <summary>How often each verdict was found, the best first; those never found are left out.</summary>
    public static IEnumerable<(ClaimVerdict Verdict, int Count)> Count(LawTest law) => law.Findings
        .CountBy(finding => finding.Claim.Verdict)
        .OrderBy(pair => pair.Key)
        .Select(pair => (pair.Key, pair.Value));
}
