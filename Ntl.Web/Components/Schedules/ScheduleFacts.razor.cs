using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>A schedule's figures.</summary>
public sealed partial class ScheduleFacts
{
    [Parameter, EditorRequired]
    public ScheduleSpec Schedule { get; set; } = null!;
}
