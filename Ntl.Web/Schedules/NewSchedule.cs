using Ntl.Domain.Schedules;

namespace Ntl.Web.Schedules;

/// <summary>A schedule to be saved under a name of its own.</summary>
public sealed record NewSchedule
{
    public required ScheduleLabel Label { get; init; }

    public required ScheduleSpec Schedule { get; init; }

    /// <summary>What the first version is for; at most 1,000 characters.</summary>
    public string Note { get; init; } = "";

    /// <summary>Who saves it; null for the owner.</summary>
    public string? Author { get; init; }

    /// <summary>The version that this is a fork of; null for a schedule of its own.</summary>
    public ScheduleReference? ForkOf { get; init; }
}
