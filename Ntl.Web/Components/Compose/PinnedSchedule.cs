using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Compose;

/// <summary>A schedule kept beside the one being composed, to compare with.</summary>
/// <param name="Name">For people.</param>
/// <param name="Schedule">The schedule.</param>
public sealed record PinnedSchedule(string Name, ScheduleSpec Schedule)
{
    /// <summary>The most beside the one being composed: six curves in one view.</summary>
    public const int Most = 5;
}
