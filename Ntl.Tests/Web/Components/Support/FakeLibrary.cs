using System.Runtime.CompilerServices;
using Ntl.Domain.Schedules;
using Ntl.Web.Schedules;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>A library in memory. Changes are remembered, not made; nobody else changes anything.</summary>
internal sealed class FakeLibrary : IScheduleLibrary
{
    public List<SavedSchedule> Schedules { get; } = [];

    public List<NewSchedule> Saved { get; } = [];

    public ScheduleListRequest? LastRequest { get; private set; }

    public ScheduleLineage? Lineage { get; set; }

    public static SavedSchedule Schedule(string id, string name, params ScheduleSpec[] versions)
    {
        var rows = versions.Select((schedule, i) => new ScheduleVersionRow(
            i + 1, schedule.Hash.Value, schedule.Description, schedule.TotalSteps, schedule.Peak, schedule.Minimum, schedule.IntrinsicTime, $"Note {i + 1}", "Ada", DateTimeOffset.UnixEpoch)).ToList();
        return new()
        {
            Id = id,
            Label = new(name, "Ada", ["wsd"], "Notes."),
            Revision = 0,
            CurrentVersion = versions.Length,
            Version = rows[^1],
            Schedule = versions[^1],
            Versions = [.. rows.AsEnumerable().Reverse()],
            ForkOf = null,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            ArchivedAt = null,
        };
    }

    public Task<SchedulePage> ListAsync(ScheduleListRequest request, CancellationToken cancellationToken)
    {
        LastRequest = request;
        return Task.FromResult(new SchedulePage(
            [.. Schedules.Select(saved => new ScheduleRow(saved.Id, saved.Label, saved.Version, saved.Schedule.Sample(20), saved.ForkOf, 3, 2.5, saved.CreatedAt, saved.UpdatedAt, saved.ArchivedAt))],
            Schedules.Count));
    }

    public Task<ScheduleFacets> FacetsAsync(CancellationToken cancellationToken) => Task.FromResult(new ScheduleFacets([new("Ada", Schedules.Count)], [new("wsd", Schedules.Count)]));

    // Only the newest version's schedule is kept: an older one is shown with it.
    public Task<SavedSchedule?> FindAsync(string id, int? version, CancellationToken cancellationToken) => Task.FromResult(
        Schedules.Find(saved => saved.Id == id) is { } found && found.Versions.FirstOrDefault(row => row.Number == (version ?? found.CurrentVersion)) is { } row
            ? found with { Version = row }
            : null);

    public Task<IReadOnlyList<KnownSchedule>> FindByHashAsync(string hash, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<KnownSchedule>>(
        [.. Schedules.Where(saved => saved.Version.Hash == hash).Select(saved => new KnownSchedule(saved.Id, saved.Label.Name, saved.Label.Owner, saved.Version.Number, true, false))]);

    public Task<ScheduleLineage?> LineageAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Lineage);

    public Task<SaveOutcome> SaveAsync(NewSchedule schedule, string? idempotencyKey, CancellationToken cancellationToken)
    {
        Saved.Add(schedule);
        return Task.FromResult(new SaveOutcome(SaveResult.Saved, "Saved.", Schedule("1111111111", schedule.Label.Name, schedule.Schedule), []));
    }

    public Task<SaveOutcome> AddVersionAsync(
        string id, int expectedVersion, ScheduleSpec schedule, string note, string author, string? idempotencyKey, CancellationToken cancellationToken) => NothingAsync();

    public Task<SaveOutcome> DescribeAsync(string id, int expectedRevision, ScheduleLabel label, CancellationToken cancellationToken) => NothingAsync();

    public Task<SaveOutcome> ArchiveAsync(string id, bool isArchived, CancellationToken cancellationToken) => NothingAsync();

    public async IAsyncEnumerable<bool> WatchAsync(string? id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    private static Task<SaveOutcome> NothingAsync() => Task.FromResult(new SaveOutcome(SaveResult.NotFound, "Not here.", null, []));
}
