using Microsoft.AspNetCore.Components;
using Ntl.Domain.Claims;

namespace Ntl.Web.Components.Claims;

/// <summary>A verdict in a word, a colour and an icon.</summary>
public sealed partial class VerdictChip
{
    [Parameter, EditorRequired]
    public ClaimVerdict Verdict { get; set; }
}
