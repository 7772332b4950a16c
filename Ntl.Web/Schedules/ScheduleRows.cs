using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;

namespace Ntl.Web.Schedules;

/// <summary>From stored schedules to what pages and the API show.</summary>
internal static class ScheduleRows
{
    private const char TagBorder = ',';

    /// <summary>Reads a schedule with one of its versions; null when there is none of that number.</summary>
    public static async Task<SavedSchedule?> ReadAsync(NtlDbContext context, string id, int? version, CancellationToken cancellationToken)
    {
        if (await context.Schedules.AsNoTracking().SingleOrDefaultAsync(schedule => schedule.Id == id, cancellationToken) is not { } stored)
        {
            return null;
        }

        var number = version ?? stored.CurrentVersion;
        var json = await context.ScheduleVersions.Where(v => v.ScheduleId == id && v.Number == number).Select(v => v.Json).SingleOrDefaultAsync(cancellationToken);
        if (json is null)
        {
            return null;
        }

        var versions = await context.ScheduleVersions
            .Where(v => v.ScheduleId == id)
            .OrderByDescending(v => v.Number)
            .Select(v => new { v.Number, v.Hash, v.Description, v.TotalSteps, v.Peak, v.Minimum, v.IntrinsicTime, v.Note, v.Author, v.CreatedTicks })
            .ToListAsync(cancellationToken);
        var rows = versions.ConvertAll(v => new ScheduleVersionRow(
            v.Number, v.Hash, v.Description, v.TotalSteps, v.Peak, v.Minimum, v.IntrinsicTime, v.Note, v.Author, RunRows.Instant(v.CreatedTicks)));
        return new SavedSchedule
        {
            Id = id,
            Label = LabelOf(stored),
            Revision = stored.Revision,
            CurrentVersion = stored.CurrentVersion,
            Version = rows.Single(row => row.Number == number),
            Schedule = ScheduleSpec.Parse(json),
            Versions = rows,
            ForkOf = ForkOf(stored.ForkOfId, stored.ForkOfVersion),
            CreatedAt = RunRows.Instant(stored.CreatedTicks),
            UpdatedAt = RunRows.Instant(stored.UpdatedTicks),
            ArchivedAt = RunRows.Instant(stored.ArchivedTicks),
        };
    }

    public static ScheduleVersionRow RowOf(ScheduleVersionEntity version) => new(
        version.Number,
        version.Hash,
        version.Description,
        version.TotalSteps,
        version.Peak,
        version.Minimum,
        version.IntrinsicTime,
        version.Note,
        version.Author,
        RunRows.Instant(version.CreatedTicks));

    public static ScheduleLabel LabelOf(ScheduleEntity schedule) => new(schedule.Name, schedule.Owner, TagsOf(schedule.Tags), schedule.Notes);

    public static ScheduleReference? ForkOf(string? id, int? version) => id is null || version is null ? null : new ScheduleReference(id, version.Value);

    public static string[] TagsOf(string stored) => stored.Split(TagBorder, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The stored form of tags: no tag holds the border, so that a whole tag is found as text between two.</summary>
    public static string Stored(IReadOnlyList<string> tags) => tags.Count == 0 ? "" : $"{TagBorder}{string.Join(TagBorder, tags)}{TagBorder}";
}
