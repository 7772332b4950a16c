using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>Everything needed to repeat a run.</summary>
public sealed partial class SpecPanel
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private bool _isCopied;
    private string? _shownJson;
    private bool _mustRender;
    private string? _json;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunDetail Detail { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!string.Equals(_shownJson, Detail.SpecJson, StringComparison.Ordinal))
        {
            (_shownJson, _json, _mustRender) = (Detail.SpecJson, null, true);
        }
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => _mustRender;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _mustRender = false;

    private string Json => _json ??= Indent(Detail.SpecJson);

    private static string Short(string hash) => hash.Length > 16 ? $"{hash[..16]}…" : hash;

    private static string Indent(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, s_indented);
    }

    private async Task CopyAsync()
    {
        await using var page = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/page.js"]}");
        _isCopied = await page.InvokeAsync<bool>("copyText", Detail.SpecJson);
        _mustRender = true;
    }
}
