using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Web.Comparison;
using Ntl.Web.Components.Runs;

namespace Ntl.Web.Components.Comparison;

/// <summary>How a comparison is drawn: axes, smoothing, the three channels of its groups, and its metrics.</summary>
public sealed partial class ComparisonControls
{
    [Parameter, EditorRequired]
    public ComparisonView View { get; set; } = null!;

    [Parameter]
    public EventCallback<ComparisonView> ViewChanged { get; set; }

    [Parameter, EditorRequired]
    public ComparisonFields Fields { get; set; } = null!;

    /// <summary>Metrics that the runs have.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Keys { get; set; } = [];

    /// <summary>Metrics that are shown.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Shown { get; set; } = [];

    private string XMetric => View.XMetric ?? "";

    private string Smoothing => View.Smoothing.ToString(CultureInfo.InvariantCulture);

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";

    private IEnumerable<Channel> Channels() =>
    [
        new("Colour", "each run", string.Join(',', View.Group), text => ViewChanged.InvokeAsync(View with { Group = Listed(text), Base = null, Highlight = null })),
        new("Dashes", "none", string.Join(',', View.Dash), text => ViewChanged.InvokeAsync(View with { Dash = Listed(text), Base = null, Highlight = null })),
        new("Panels", "one", string.Join(',', View.Panel), text => ViewChanged.InvokeAsync(View with { Panel = Listed(text), Base = null, Highlight = null })),
    ];

    private static string[] Listed(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private Task ChooseXMetricAsync(string? key) => ViewChanged.InvokeAsync(View with { XMetric = string.IsNullOrEmpty(key) ? null : key, Window = null });

    private Task ChooseBandAsync(string? name) => ViewChanged.InvokeAsync(View with { Band = BandNames.FromUrl(name) });

    private Task SmoothAsync(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var strength) ? ViewChanged.InvokeAsync(View with { Smoothing = Math.Clamp(strength, 0, RunView.StrongestSmoothing) }) : Task.CompletedTask;

    private Task ToggleMetricAsync(string key)
    {
        List<string> chosen = [.. Shown];
        if (!chosen.Remove(key))
        {
            chosen.Add(key);
        }

        return ViewChanged.InvokeAsync(View with { Metrics = chosen });
    }

    private sealed record Channel(string Title, string None, string Value, Func<string, Task> Choose);
}
