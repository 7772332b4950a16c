using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Ntl.Web.Components.Layout;

/// <summary>A link of the navigation, marked on its own page and on those below it but one, which has a link of its own.</summary>
public sealed class PlaceLink : NavLink
{
    /// <summary>Path that is not this place although it lies below it.</summary>
    [Parameter]
    public string? Except { get; set; }

    /// <inheritdoc/>
    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) && (Except is null || !string.Equals(new Uri(uriAbsolute).AbsolutePath, Except, StringComparison.OrdinalIgnoreCase));
}
