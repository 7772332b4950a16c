using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Schedules;

/// <summary>A field that is typed, with what is wrong beside it.</summary>
public sealed partial class TextField
{
    /// <summary>The element's id; one of its own on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    [Parameter]
    public string? Problem { get; set; }

    /// <summary>Shown while there is no problem.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Extra class of the field's box, for its width.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Lines; more than one makes a text area.</summary>
    [Parameter]
    public int Rows { get; set; } = 1;

    /// <summary>Whether the text is prose.</summary>
    [Parameter]
    public bool IsProse { get; set; }

    private string Spellcheck => IsProse ? "true" : "false";

    private string Invalid => Problem is null ? "false" : "true";

    // Given to @bind, not to an event: only then does the renderer know what the browser holds.
    private Task SetAsync(string? text) => TextChanged.InvokeAsync(text ?? "");

    private string? DescribedBy => Problem is not null ? $"{Id}-problem" : Hint is not null ? $"{Id}-hint" : null;
}
