using Ntl.Domain.Claims;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Web.Components.Thermodynamics;

/// <summary>Laws in words.</summary>
internal static class LawWords
{
    /// <summary>How often each verdict was found, the best first; those never found are left out.</summary>
    public static IEnumerable<(ClaimVerdict Verdict, int Count)> Count(LawTest law) => law.Findings
        .CountBy(finding => finding.Claim.Verdict)
        .OrderBy(pair => pair.Key)
        .Select(pair => (pair.Key, pair.Value));
}
