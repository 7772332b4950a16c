using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;

namespace Ntl.Web.Schedules;

/// <inheritdoc cref="IScheduleLibrary"/>
internal sealed class ScheduleLibrary(DatabaseReader reader, DatabaseWriter writer, TimeProvider time) : IScheduleLibrary
{
    private const int LongestJson = 1 << 20;
    private const int MostKnown = 100;

    private static readonly TimeSpan s_keyLifetime = TimeSpan.FromDays(1);

    private readonly ScheduleChanges _changes = new();

    public async Task<SchedulePage> ListAsync(ScheduleListRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var context = reader.Open();
        return await ScheduleListing.ReadAsync(context, request, cancellationToken);
    }

    public async Task<ScheduleFacets> FacetsAsync(CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var labels = await context.Schedules.Where(schedule => schedule.ArchivedTicks == null).Select(schedule => new { schedule.Owner, schedule.Tags }).ToListAsync(cancellationToken);
        return new ScheduleFacets(Counted(labels.Select(label => label.Owner)), Counted(labels.SelectMany(label => ScheduleRows.TagsOf(label.Tags))));
    }

    public async Task<SavedSchedule?> FindAsync(string id, int? version, CancellationToken cancellationToken)
    {
        await using var snapshot = await reader.OpenSnapshotAsync(cancellationToken);
        return await ScheduleRows.ReadAsync(snapshot.Context, id, version, cancellationToken);
    }

    public async Task<IReadOnlyList<KnownSchedule>> FindByHashAsync(string hash, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var found = await context.ScheduleVersions
            .Where(version => version.Hash == hash)
            .Join(context.Schedules, version => version.ScheduleId, schedule => schedule.Id, (version, schedule) => new { schedule, version.Number })
            .OrderBy(known => known.schedule.ArchivedTicks != null).ThenBy(known => known.schedule.CreatedTicks).ThenByDescending(known => known.Number)
            .Take(MostKnown)
            .ToListAsync(cancellationToken);
        return [.. found.DistinctBy(known => known.schedule.Id, StringComparer.Ordinal).Select(known => new KnownSchedule(
            known.schedule.Id,
            known.schedule.Name,
            known.schedule.Owner,
            known.Number,
            known.Number == known.schedule.CurrentVersion,
            known.schedule.ArchivedTicks is not null))];
    }

    public async Task<ScheduleLineage?> LineageAsync(string id, CancellationToken cancellationToken)
    {
        await using var snapshot = await reader.OpenSnapshotAsync(cancellationToken);
        return await LineageReader.ReadAsync(snapshot.Context, id, cancellationToken);
    }

    public Task<SaveOutcome> SaveAsync(NewSchedule schedule, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var label = ScheduleLabelRules.Normalize(schedule.Label);
        var author = string.IsNullOrWhiteSpace(schedule.Author) ? label.Owner : schedule.Author.Trim();
        List<SpecProblem> problems = [.. ScheduleLabelRules.Validate(label), .. VersionProblems(schedule.Schedule, schedule.Note)];
        if (label.Owner.Length > 0 && ScheduleLabelRules.Author(author) is { } problem && !string.Equals(author, label.Owner, StringComparison.Ordinal))
        {
            problems.Add(problem);
        }

        return problems.Count > 0
            ? Task.FromResult(Invalid(problems))
            : ChangeAsync(context => SaveAsync(context, schedule, label, author, idempotencyKey), cancellationToken);
    }

    public Task<SaveOutcome> AddVersionAsync(
        string id, int expectedVersion, ScheduleSpec schedule, string note, string author, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(author);
        List<SpecProblem> problems = [.. VersionProblems(schedule, note)];
        if (ScheduleLabelRules.Author(author.Trim()) is { } problem)
        {
            problems.Add(problem);
        }

        return problems.Count > 0
            ? Task.FromResult(Invalid(problems))
            : ChangeAsync(context => AddVersionAsync(context, id, expectedVersion, schedule, note.Trim(), author.Trim(), idempotencyKey), cancellationToken);
    }

    public Task<SaveOutcome> DescribeAsync(string id, int expectedRevision, ScheduleLabel label, CancellationToken cancellationToken)
    {
        var normalized = ScheduleLabelRules.Normalize(label);
        List<SpecProblem> problems = [.. ScheduleLabelRules.Validate(normalized)];
        return problems.Count > 0
            ? Task.FromResult(Invalid(problems))
            : ChangeAsync(
                id,
                async (context, stored) =>
                {
                    if (stored.Revision != expectedRevision)
                    {
                        return await ConflictAsync(context, id, "Somebody else has changed the name, owner, tags or notes meanwhile. Look at theirs, then save yours again.", missed: null);
                    }

                    if (IsLabelled(stored, normalized))
                    {
                        return await OutcomeAsync(context, id, SaveResult.Unchanged, "Nothing had changed.");
                    }

                    (stored.Name, stored.Owner, stored.Tags, stored.Notes) = (normalized.Name, normalized.Owner, ScheduleRows.Stored(normalized.Tags), normalized.Notes);
                    stored.Revision++;
                    return await TouchedAsync(context, stored, "The description is saved.");
                },
                cancellationToken);
    }

    public Task<SaveOutcome> ArchiveAsync(string id, bool isArchived, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            async (context, stored) =>
            {
                if (stored.ArchivedTicks is not null == isArchived)
                {
                    return await OutcomeAsync(context, id, SaveResult.Unchanged, isArchived ? "It is archived already." : "It is not archived.");
                }

                stored.ArchivedTicks = isArchived ? time.GetUtcNow().UtcTicks : null;
                return await TouchedAsync(context, stored, isArchived ? "The schedule is archived; its versions and forks stay." : "The schedule is back in the library.");
            },
            cancellationToken);

    public IAsyncEnumerable<bool> WatchAsync(string? id, CancellationToken cancellationToken) => _changes.WatchAsync(id, cancellationToken);

    private static ScheduleFacet[] Counted(IEnumerable<string> values) =>
        [.. values.CountBy(value => value, StringComparer.Ordinal).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.OrdinalIgnoreCase).Select(count => new ScheduleFacet(count.Key, count.Value))];

    private static IEnumerable<SpecProblem> VersionProblems(ScheduleSpec schedule, string note)
    {
        if (schedule.CanonicalJson.Length > LongestJson)
        {
            yield return new SpecProblem("schedule", FormattableString.Invariant($"A schedule of the library has at most {LongestJson:N0} characters of JSON; this one has {schedule.CanonicalJson.Length:N0}."));
        }

        if (ScheduleLabelRules.Note(note.Trim()) is { } problem)
        {
            yield return problem;
        }
    }

    private static SaveOutcome Invalid(List<SpecProblem> problems) => new(SaveResult.Invalid, problems[0].Message, null, problems);

    private static bool IsLabelled(ScheduleEntity stored, ScheduleLabel label) =>
        (stored.Name, stored.Owner, stored.Tags, stored.Notes) == (label.Name, label.Owner, ScheduleRows.Stored(label.Tags), label.Notes);

    private static async Task<SaveOutcome> OutcomeAsync(NtlDbContext context, string id, SaveResult result, string message, int? version = null) =>
        new(result, message, await ScheduleRows.ReadAsync(context, id, version, CancellationToken.None), []);

    private static async Task<SaveOutcome> ConflictAsync(NtlDbContext context, string id, string message, ScheduleDiff? missed) =>
        new(SaveResult.Conflict, message, await ScheduleRows.ReadAsync(context, id, null, CancellationToken.None), [], missed);

    private async Task<SaveOutcome> ChangeAsync(Func<NtlDbContext, Task<SaveOutcome>> change, CancellationToken cancellationToken)
    {
        var outcome = await writer.WriteAsync(Durability.PowerCut, change, cancellationToken);
        if (outcome is { Result: SaveResult.Saved, Saved.Id: var id })
        {
            _changes.Publish(id);
        }

        return outcome;
    }

    private Task<SaveOutcome> ChangeAsync(string id, Func<NtlDbContext, ScheduleEntity, Task<SaveOutcome>> change, CancellationToken cancellationToken) =>
        ChangeAsync(
            async context => await context.Schedules.SingleOrDefaultAsync(schedule => schedule.Id == id) is { } stored
                ? await change(context, stored)
                : new SaveOutcome(SaveResult.NotFound, $"There is no schedule '{id}'.", null, []),
            cancellationToken);

    private async Task<SaveOutcome> TouchedAsync(NtlDbContext context, ScheduleEntity stored, string message)
    {
        stored.UpdatedTicks = time.GetUtcNow().UtcTicks;
        await context.SaveChangesAsync();
        return await OutcomeAsync(context, stored.Id, SaveResult.Saved, message);
    }

    private async Task<SaveOutcome> SaveAsync(NtlDbContext context, NewSchedule schedule, ScheduleLabel label, string author, string? key)
    {
        if (await EarlierAsync(context, key, earlier => earlier.Number == 1 && IsVersion(earlier, schedule.Schedule, author)) is { } known)
        {
            return known;
        }

        if (schedule.ForkOf is { } fork && !await context.ScheduleVersions.AnyAsync(version => version.ScheduleId == fork.Id && version.Number == fork.Version))
        {
            return Invalid([new SpecProblem("forkOf", $"There is no version {fork} to fork.")]);
        }

        var now = time.GetUtcNow().UtcTicks;
        var id = RunId.New().Value; // ten characters, as unlikely to meet another as a run's
        context.Schedules.Add(new ScheduleEntity
        {
            Id = id,
            Name = label.Name,
            Owner = label.Owner,
            Tags = ScheduleRows.Stored(label.Tags),
            Notes = label.Notes,
            CurrentVersion = 1,
            ForkOfId = schedule.ForkOf?.Id,
            ForkOfVersion = schedule.ForkOf?.Version,
            CreatedTicks = now,
            UpdatedTicks = now,
        });
        Add(context, id, 1, schedule.Schedule, schedule.Note.Trim(), author, now, key);
        await context.SaveChangesAsync();
        return await OutcomeAsync(context, id, SaveResult.Saved, schedule.ForkOf is null ? "The schedule is in the library." : $"The fork of {schedule.ForkOf} is in the library.");
    }

    private async Task<SaveOutcome> AddVersionAsync(NtlDbContext context, string id, int expected, ScheduleSpec schedule, string note, string author, string? key)
    {
        if (await EarlierAsync(context, key, earlier => string.Equals(earlier.ScheduleId, id, StringComparison.Ordinal) && IsVersion(earlier, schedule, author)) is { } known)
        {
            return known;
        }

        if (await context.Schedules.SingleOrDefaultAsync(stored => stored.Id == id) is not { } stored)
        {
            return new SaveOutcome(SaveResult.NotFound, $"There is no schedule '{id}'.", null, []);
        }

        if (expected < 1 || expected > stored.CurrentVersion)
        {
            return Invalid([new SpecProblem("expectedVersion", FormattableString.Invariant($"The schedule has versions 1 to {stored.CurrentVersion}; there is no version {expected} to follow."))]);
        }

        if (stored.ArchivedTicks is not null)
        {
            return Invalid([new SpecProblem(string.Empty, "The schedule is archived. Restore it first, or save yours as a fork.")]);
        }

        // The read and the write are one transaction of the one writer: no other version can come between.
        var current = await context.ScheduleVersions.SingleAsync(version => version.ScheduleId == id && version.Number == stored.CurrentVersion);
        if (string.Equals(current.Hash, schedule.Hash.Value, StringComparison.Ordinal))
        {
            return await OutcomeAsync(context, id, SaveResult.Unchanged, FormattableString.Invariant($"This is version {current.Number} already: the two schedules are equal."));
        }

        if (expected != stored.CurrentVersion)
        {
            var mine = await context.ScheduleVersions.Where(version => version.ScheduleId == id && version.Number == expected).Select(version => version.Json).SingleAsync();
            var missed = ScheduleDiff.Between(ScheduleSpec.Parse(mine), ScheduleSpec.Parse(current.Json));
            return await ConflictAsync(context, id, FormattableString.Invariant($"{current.Author} saved version {current.Number} while you edited version {expected}. {missed.Words()[0]}"), missed);
        }

        stored.CurrentVersion = expected + 1;
        Add(context, id, stored.CurrentVersion, schedule, note, author, time.GetUtcNow().UtcTicks, key);
        return await TouchedAsync(context, stored, FormattableString.Invariant($"Version {stored.CurrentVersion} is saved."));
    }

    private static bool IsVersion(ScheduleVersionEntity version, ScheduleSpec schedule, string author) =>
        string.Equals(version.Hash, schedule.Hash.Value, StringComparison.Ordinal) && string.Equals(version.Author, author, StringComparison.Ordinal);

    private static void Add(NtlDbContext context, string id, int number, ScheduleSpec schedule, string note, string author, long now, string? key)
    {
        context.ScheduleVersions.Add(new ScheduleVersionEntity
        {
            ScheduleId = id,
            Number = number,
            Json = schedule.CanonicalJson,
            Hash = schedule.Hash.Value,
            Description = schedule.Description,
            TotalSteps = schedule.TotalSteps,
            Peak = schedule.Peak,
            Minimum = schedule.Minimum,
            IntrinsicTime = schedule.IntrinsicTime,
            Note = note,
            Author = author,
            CreatedTicks = now,
        });
        if (!string.IsNullOrEmpty(key))
        {
            context.ScheduleKeys.Add(new ScheduleKeyEntity { Key = key, ScheduleId = id, Version = number, CreatedTicks = now });
        }
    }

    // What this key saved within the last day; null when it is new.
    private async Task<SaveOutcome?> EarlierAsync(NtlDbContext context, string? key, Func<ScheduleVersionEntity, bool> isSame)
    {
        if (string.IsNullOrEmpty(key))
        {
            return null;
        }

        var oldest = (time.GetUtcNow() - s_keyLifetime).UtcTicks;
        await context.ScheduleKeys.Where(stored => stored.CreatedTicks < oldest).ExecuteDeleteAsync();
        var earlier = await context.ScheduleKeys.Where(stored => stored.Key == key)
            .Join(context.ScheduleVersions, stored => new { stored.ScheduleId, Number = stored.Version }, version => new { version.ScheduleId, version.Number }, (stored, version) => version)
            .SingleOrDefaultAsync();
        return earlier is null ? null
            : isSame(earlier) ? await OutcomeAsync(context, earlier.ScheduleId, SaveResult.Unchanged, "This is saved already.", earlier.Number)
            : Invalid([new SpecProblem(string.Empty, "This idempotency key was used for something else within the last day.")]);
    }
}
