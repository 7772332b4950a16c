using Microsoft.AspNetCore.Components;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>The versions of a schedule.</summary>
public sealed partial class VersionTable
{
    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public SavedSchedule Saved { get; set; } = null!;

    /// <summary>A version is to be held against the one that is shown.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ScheduleReference> Compare { get; set; }
}
