using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Composer;

/// <summary>A field that is typed.</summary>
public sealed partial class DraftInput
{
    /// <summary>Unit shown at the field's end.</summary>
    [Parameter]
    public string? Unit { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>Lines; more than one makes a text area.</summary>
    [Parameter]
    public int Rows { get; set; } = 1;

    /// <summary>The keyboard a phone shows: <c>text</c> or <c>decimal</c>.</summary>
    [Parameter]
    public string InputMode { get; set; } = "decimal";
}
