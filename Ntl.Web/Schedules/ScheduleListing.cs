using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;

namespace Ntl.Web.Schedules;

/// <summary>Searches, sorts and pages the library, in the database.</summary>
internal static class ScheduleListing
{
    private const int LongestPage = 200;
    private const int CurvePoints = 96;

    public static async Task<SchedulePage> ReadAsync(NtlDbContext context, ScheduleListRequest request, CancellationToken cancellationToken)
    {
        var matching = Filter(context, request);
        var total = await matching.CountAsync(cancellationToken);
        var rows = await Sort(Listed(context, matching), request)
            .Skip(Math.Max(0, request.Skip)).Take(Math.Clamp(request.Take, 1, LongestPage))
            .ToListAsync(cancellationToken);
        return new SchedulePage([.. rows.Select(RowOf)], total);
    }

    private static ScheduleRow RowOf(Entry entry) => new(
        entry.Schedule.Id,
        ScheduleRows.LabelOf(entry.Schedule),
        ScheduleRows.RowOf(entry.Version),
        ScheduleSpec.Parse(entry.Version.Json).Sample(CurvePoints),
        ScheduleRows.ForkOf(entry.Schedule.ForkOfId, entry.Schedule.ForkOfVersion),
        entry.RunCount,
        entry.BestValidationLoss,
        RunRows.Instant(entry.Schedule.CreatedTicks),
        RunRows.Instant(entry.Schedule.UpdatedTicks),
        RunRows.Instant(entry.Schedule.ArchivedTicks));

    // A run belongs to a schedule by content: it need not have been queued from here, and two schedules may share it.
    private static IQueryable<Entry> Listed(NtlDbContext context, IQueryable<ScheduleEntity> schedules) =>
        from schedule in schedules
        join version in context.ScheduleVersions
            on new { schedule.Id, Number = schedule.CurrentVersion } equals new { Id = version.ScheduleId, version.Number }
        select new Entry
        {
            Schedule = schedule,
            Version = version,
            RunCount = context.Runs.Count(run => context.ScheduleVersions.Where(v => v.ScheduleId == schedule.Id).Select(v => v.Hash).Contains(run.ScheduleHash)),
            BestValidationLoss = context.Runs
                .Where(run => context.ScheduleVersions.Where(v => v.ScheduleId == schedule.Id).Select(v => v.Hash).Contains(run.ScheduleHash))
                .Where(StoredFinalLoss.HasNotDiverged)
                .Min(run => run.BestValidationLoss),
        };

    private static IQueryable<ScheduleEntity> Filter(NtlDbContext context, ScheduleListRequest request)
    {
        var schedules = request.Archived ? context.Schedules.Where(schedule => schedule.ArchivedTicks != null) : context.Schedules.Where(schedule => schedule.ArchivedTicks == null);
        if (!string.IsNullOrWhiteSpace(request.Text))
        {
            var text = Escape(request.Text.Trim());
            var (within, start) = ($"%{text}%", $"{text}%");
            schedules = schedules.Where(schedule => EF.Functions.Like(schedule.Name, within, "\\")
                || EF.Functions.Like(schedule.Id, within, "\\")
                || EF.Functions.Like(schedule.Owner, within, "\\")
                || EF.Functions.Like(schedule.Tags, within, "\\")
                || EF.Functions.Like(schedule.Notes, within, "\\")
                || context.ScheduleVersions.Any(version => version.ScheduleId == schedule.Id
                    && (EF.Functions.Like(version.Hash, start, "\\") || (version.Number == schedule.CurrentVersion && EF.Functions.Like(version.Description, within, "\\")))));
        }

        foreach (var tag in request.Tags)
        {
            var whole = ScheduleRows.Stored([tag.Trim().ToLowerInvariant()]);
            schedules = schedules.Where(schedule => schedule.Tags.Contains(whole));
        }

        if (!string.IsNullOrWhiteSpace(request.Owner))
        {
            var owner = request.Owner.Trim();
            schedules = schedules.Where(schedule => schedule.Owner == owner);
        }

        if (!string.IsNullOrWhiteSpace(request.Hash))
        {
            var hash = request.Hash.Trim().ToLowerInvariant();
            schedules = schedules.Where(schedule => context.ScheduleVersions.Any(version => version.ScheduleId == schedule.Id && version.Hash == hash));
        }

        return schedules;
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static IQueryable<Entry> Sort(IQueryable<Entry> entries, ScheduleListRequest request)
    {
        var ordered = request.Sort switch
        {
            ScheduleSort.UpdatedAt => By(entries, entry => entry.Schedule.UpdatedTicks, request.Descending),
            ScheduleSort.CreatedAt => By(entries, entry => entry.Schedule.CreatedTicks, request.Descending),
            ScheduleSort.Name => By(entries, entry => entry.Schedule.Name, request.Descending),
            ScheduleSort.Owner => By(entries, entry => entry.Schedule.Owner, request.Descending),
            ScheduleSort.Version => By(entries, entry => entry.Schedule.CurrentVersion, request.Descending),
            ScheduleSort.TotalSteps => By(entries, entry => entry.Version.TotalSteps, request.Descending),
            ScheduleSort.Peak => By(entries, entry => entry.Version.Peak, request.Descending),
            ScheduleSort.IntrinsicTime => By(entries, entry => entry.Version.IntrinsicTime, request.Descending),
            ScheduleSort.RunCount => By(entries, entry => entry.RunCount, request.Descending),
            // A schedule without a loss is last either way.
            ScheduleSort.BestValidationLoss => request.Descending
                ? entries.OrderBy(entry => entry.BestValidationLoss == null).ThenByDescending(entry => entry.BestValidationLoss)
                : entries.OrderBy(entry => entry.BestValidationLoss == null).ThenBy(entry => entry.BestValidationLoss),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Sort, "There is no such column."),
        };
        return ordered.ThenByDescending(entry => entry.Schedule.UpdatedTicks).ThenBy(entry => entry.Schedule.Id);
    }

    private static IOrderedQueryable<Entry> By<TKey>(IQueryable<Entry> entries, Expression<Func<Entry, TKey>> key, bool descending) =>
        descending ? entries.OrderByDescending(key) : entries.OrderBy(key);

    private sealed class Entry
    {
        public required ScheduleEntity Schedule { get; init; }

        public required ScheduleVersionEntity Version { get; init; }

        public required int RunCount { get; init; }

        public required double? BestValidationLoss { get; init; }
    }
}
