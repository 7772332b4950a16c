using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Composer;

/// <summary>The kinds of schedule, each with its picture.</summary>
public sealed partial class ShapePicker
{
    [CascadingParameter]
    internal ComposerState State { get; set; } = null!;

    private bool IsChosen(ScheduleShape shape) => string.Equals(State.Draft[DraftField.Shape], shape.Id, StringComparison.Ordinal);
}
