using Ntl.Domain.Schedules;

namespace Ntl.Web.Schedules;

/// <summary>The lab's schedules: named, versioned, forked, described. A version never changes and nothing is deleted, so what a run or a paper refers to stays.</summary>
public interface IScheduleLibrary
{
    /// <summary>One page of the schedules that match.</summary>
    Task<SchedulePage> ListAsync(ScheduleListRequest request, CancellationToken cancellationToken);

    /// <summary>The owners and tags in use, for filters and suggestions.</summary>
    Task<ScheduleFacets> FacetsAsync(CancellationToken cancellationToken);

    /// <summary>A schedule with one of its versions.</summary>
    /// <param name="id">Any text.</param>
    /// <param name="version">Which version; null for the current one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such schedule, or it has no such version.</returns>
    Task<SavedSchedule?> FindAsync(string id, int? version, CancellationToken cancellationToken);

    /// <summary>Where a schedule with this content hash is in the library; empty when it is not known.</summary>
    Task<IReadOnlyList<KnownSchedule>> FindByHashAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Everything that a schedule was forked from and that was forked from it; null when there is no such schedule.</summary>
    Task<ScheduleLineage?> LineageAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves a new schedule, or a fork of a version, as version 1.</summary>
    /// <param name="schedule">What to save.</param>
    /// <param name="idempotencyKey">The client's own; the same key and schedule within a day give the same saved schedule. Null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<SaveOutcome> SaveAsync(NewSchedule schedule, string? idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Saves another version, if the current one is still the expected one. A schedule equal to the current version makes no new one.</summary>
    Task<SaveOutcome> AddVersionAsync(
        string id, int expectedVersion, ScheduleSpec schedule, string note, string author, string? idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Changes name, owner, tags and notes, if nobody else has since the expected revision.</summary>
    Task<SaveOutcome> DescribeAsync(string id, int expectedRevision, ScheduleLabel label, CancellationToken cancellationToken);

    /// <summary>Takes a schedule out of the lists, or puts it back. Asking twice is no error.</summary>
    Task<SaveOutcome> ArchiveAsync(string id, bool isArchived, CancellationToken cancellationToken);

    /// <summary>Yields once for every time that a schedule has changed since the last look; several changes may be told as one.</summary>
    /// <param name="id">Which schedule; null for any.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    IAsyncEnumerable<bool> WatchAsync(string? id, CancellationToken cancellationToken);
}
