using System.Globalization;
using Ntl.Domain.Claims;
using Ntl.Domain.Laboratory;

namespace Ntl.Web.Components.Lab;

/// <summary>A laboratory's findings in words.</summary>
internal static class LabWords
{
    /// <summary>A card's verdict: its worst claim's; nothing holds where replicas diverged or nothing was claimed.</summary>
    public static ClaimVerdict Overall(LabResult result) =>
        result.Claims.Any(claim => claim.Verdict == ClaimVerdict.Fails) ? ClaimVerdict.Fails
        : result.Claims.IsEmpty || result.Outcome.DivergedShare > 0
            || result.Claims.Any(claim => claim.Verdict is not (ClaimVerdict.Holds or ClaimVerdict.Identity)) ? ClaimVerdict.Inconclusive
        : ClaimVerdict.Holds;

    /// <summary>"17 of 18 claims hold".</summary>
    public static string Count(LabResult result)
    {
        var (held, all) = (result.Claims.Count(claim => claim.Verdict == ClaimVerdict.Holds), result.Claims.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{held} of {all} {(all == 1 ? "claim holds" : "claims hold")}");
    }
}
