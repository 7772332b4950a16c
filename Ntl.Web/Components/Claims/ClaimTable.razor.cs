using Microsoft.AspNetCore.Components;
using Ntl.Domain.Claims;

namespace Ntl.Web.Components.Claims;

/// <summary>Claims with what was expected, what was measured, and the verdict with its reason.</summary>
public sealed partial class ClaimTable
{
    [Parameter, EditorRequired]
    public IEnumerable<Claim> Claims { get; set; } = [];

    /// <summary>For those who cannot see the table.</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    /// <summary>What a claim was judged on; null where all are about the same.</summary>
    [Parameter]
    public RenderFragment<Claim>? Subject { get; set; }
}
