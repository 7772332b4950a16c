namespace Ntl.Web.Persistence;

/// <summary>Table <c>entries</c>: a schedule on a track. A schedule is one entry, however often it is submitted.</summary>
public sealed class EntryEntity
{
    public required string Id { get; set; }

    public required string TrackId { get; set; }

    public required string ScheduleJson { get; set; }

    public required string ScheduleHash { get; set; }

    public required string ScheduleName { get; set; }

    public required string Name { get; set; }

    public required string By { get; set; }

    public required string Note { get; set; }

    /// <summary>What a fitted law said of the schedule before its first run; null where none was asked.</summary>
    public string? ForecastJson { get; set; }

    public long CreatedTicks { get; set; }
}
