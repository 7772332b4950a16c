using Ntl.Domain.Schedules;

namespace Ntl.Web.Schedules;

/// <summary>A schedule of the library with one of its versions.</summary>
public sealed record SavedSchedule
{
    public required string Id { get; init; }

    public required ScheduleLabel Label { get; init; }

    /// <summary>How often the label has been changed; what <see cref="IScheduleLibrary.DescribeAsync"/> expects.</summary>
    public required int Revision { get; init; }

    /// <summary>The newest version's number; what <see cref="IScheduleLibrary.AddVersionAsync"/> expects.</summary>
    public required int CurrentVersion { get; init; }

    /// <summary>The version that was asked for.</summary>
    public required ScheduleVersionRow Version { get; init; }

    /// <summary>That version's schedule.</summary>
    public required ScheduleSpec Schedule { get; init; }

    /// <summary>All versions, newest first.</summary>
    public required IReadOnlyList<ScheduleVersionRow> Versions { get; init; }

    public required ScheduleReference? ForkOf { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? ArchivedAt { get; init; }

    public ScheduleReference Reference => new(Id, Version.Number);

    public bool IsCurrent => Version.Number == CurrentVersion;
}
