using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Compose;

/// <summary>The schedules that are drawn together: their figures side by side, and what the composed one has otherwise, in words.</summary>
public sealed partial class ComparePanel
{
    private const int MostLines = 12;

    [Parameter, EditorRequired]
    public ScheduleSpec Schedule { get; set; } = null!;

    [Parameter]
    public string CurrentName { get; set; } = "";

    [Parameter]
    public IReadOnlyList<PinnedSchedule> Pins { get; set; } = [];

    /// <summary>The predicted final loss of a schedule in words; a dash where there is none.</summary>
    [Parameter, EditorRequired]
    public Func<ScheduleSpec, string> LossOf { get; set; } = null!;

    [Parameter]
    public EventCallback Pinned { get; set; }

    [Parameter]
    public EventCallback<int> Removed { get; set; }

    /// <summary>The composer is to go on with a pinned schedule.</summary>
    [Parameter]
    public EventCallback<int> Taken { get; set; }

    [Parameter]
    public EventCallback<(int Index, string Name)> Renamed { get; set; }

    private Task RenameAsync(int index, string? name) => Renamed.InvokeAsync((index, name?.Trim() is { Length: > 0 } given ? given : $"Schedule {index + 1}"));
}
