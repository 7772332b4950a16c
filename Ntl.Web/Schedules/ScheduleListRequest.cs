namespace Ntl.Web.Schedules;

/// <summary>Which schedules a grid shows.</summary>
public sealed record ScheduleListRequest
{
    /// <summary>Part of the name, id, owner, tags, notes or the schedule in words; case does not matter. Null or blank: all.</summary>
    public string? Text { get; init; }

    /// <summary>Only schedules that carry all of these; empty: all.</summary>
    public IReadOnlyCollection<string> Tags { get; init; } = [];

    /// <summary>Only this owner's; null: all.</summary>
    public string? Owner { get; init; }

    /// <summary>Only schedules that have, or once had, a version of this content hash; null: all.</summary>
    public string? Hash { get; init; }

    /// <summary>Whether the archived ones are shown, in place of the others.</summary>
    public bool Archived { get; init; }

    public ScheduleSort Sort { get; init; } = ScheduleSort.UpdatedAt;

    public bool Descending { get; init; } = true;

    public int Skip { get; init; }

    /// <summary>Rows on the page; 1 to 200.</summary>
    public int Take { get; init; } = 50;
}
