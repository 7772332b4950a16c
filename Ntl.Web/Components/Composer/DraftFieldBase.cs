using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Composer;

/// <summary>A field of the composer: shows the draft's text and, beside it, what is wrong with it.</summary>
public abstract class DraftFieldBase : ComponentBase
{
    [CascadingParameter]
    internal ComposerState State { get; set; } = null!;

    /// <summary>One of <see cref="DraftField"/>.</summary>
    [Parameter, EditorRequired]
    public string Field { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Shown under the field while it has no problem.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Extra class of the field's box, for its width.</summary>
    [Parameter]
    public string? Class { get; set; }

    protected string Id => $"draft-{Field}";

    protected string Text => State.Draft[Field];

    protected string? Problem => State.Reading.ProblemOf(Field);

    protected string Invalid => Problem is null ? "false" : "true";

    protected string? DescribedBy => Problem is not null ? $"{Id}-problem" : Hint is not null ? $"{Id}-hint" : null;

    // Given to @bind, not to an event: only then does the renderer know what the browser holds, and never answers a letter with an older text.
    protected void Set(string? text) => State.Set(Field, text ?? "");
}
