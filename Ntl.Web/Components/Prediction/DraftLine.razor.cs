using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Prediction;

/// <summary>One field of a question, its problem beside it.</summary>
public sealed partial class DraftLine
{
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    [Parameter]
    public string Hint { get; set; } = "";

    [Parameter]
    public string Placeholder { get; set; } = "";

    [Parameter]
    public string? Unit { get; set; }

    [Parameter]
    public string Mode { get; set; } = "decimal";

    /// <summary>What is wrong with it; null when nothing is.</summary>
    [Parameter]
    public string? Problem { get; set; }

    [Parameter]
    public EventCallback<string> Changed { get; set; }
}
