using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Composer;

/// <summary>A field that is chosen from a list.</summary>
public sealed partial class DraftChoice
{
    /// <summary>Values of the draft and what a person reads.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; set; } = [];
}
