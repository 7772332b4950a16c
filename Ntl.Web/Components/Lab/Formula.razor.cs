using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Web.Components.Layout;

namespace Ntl.Web.Components.Lab;

/// <summary>A formula, set by KaTeX; its LaTeX until then, and where there is no script.</summary>
public sealed partial class Formula
{
    private ElementReference _place;
    private string? _shown;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <summary>Without delimiters.</summary>
    [Parameter, EditorRequired]
    public string Latex { get; set; } = "";

    /// <inheritdoc/>
    protected override bool ShouldRender() => !string.Equals(_shown, Latex, StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (string.Equals(_shown, Latex, StringComparison.Ordinal))
        {
            return;
        }

        _shown = Latex;
        try
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/formula.js"]}");
            await module.InvokeVoidAsync("showFormula", _place, Latex, Assets["lib/formula.css"]);
        }
        catch (Exception exception) when (ReaderGone.Explains(exception))
        {
            // The reader has gone.
        }
    }
}
