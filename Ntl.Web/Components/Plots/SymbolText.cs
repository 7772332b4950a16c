using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Ntl.Web.Components.Plots;

/// <summary>Words with symbols: what follows an underscore, as in η_min, is set as a subscript.</summary>
public sealed partial class SymbolText : ComponentBase
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder) =>
        builder.AddMarkupContent(0, Subscript().Replace(WebUtility.HtmlEncode(Text), "<sub>${below}</sub>"));

    [GeneratedRegex(@"_(?<below>[\p{L}0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Subscript();
}
