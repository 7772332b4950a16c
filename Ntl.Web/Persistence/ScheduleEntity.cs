namespace Ntl.Web.Persistence;

/// <summary>Table <c>schedules</c>: a schedule of the library, by name. What it is stands in its versions. Rows are archived, never deleted.</summary>
public sealed class ScheduleEntity
{
    /// <summary>Ten characters, formed like a run's.</summary>
    public required string Id { get; set; }

    public required string Name { get; set; }

    /// <summary>A name as its owner typed it; nobody logs in.</summary>
    public required string Owner { get; set; }

    /// <summary>Every tag between commas, the first and the last one too, so that one comparison finds a whole tag; empty for none.</summary>
    public required string Tags { get; set; }

    public required string Notes { get; set; }

    public int CurrentVersion { get; set; }

    /// <summary>How often name, owner, tags or notes have been changed.</summary>
    public int Revision { get; set; }

    /// <summary>The schedule that this one was forked from, and which version of it.</summary>
    public string? ForkOfId { get; set; }

    public int? ForkOfVersion { get; set; }

    public long CreatedTicks { get; set; }

    /// <summary>Last new version, description or archiving.</summary>
    public long UpdatedTicks { get; set; }

    public long? ArchivedTicks { get; set; }
}
