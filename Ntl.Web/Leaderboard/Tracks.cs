using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Leaderboard;

/// <inheritdoc cref="ITracks"/>
internal sealed class Tracks(DatabaseReader reader, DatabaseWriter writer, NewRunValidator validator, TimeProvider time) : ITracks
{
    public async Task<IReadOnlyList<TrackRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var tracks = await context.Tracks.OrderByDescending(track => track.CreatedTicks).ToListAsync(cancellationToken);
        var entries = await context.Entries.GroupBy(entry => entry.TrackId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, cancellationToken);
        var runs = await context.Runs.Where(run => run.TrackId != null).GroupBy(run => run.TrackId!)
            .Select(group => new { group.Key, Count = group.Count(), Finished = group.Count(run => run.Status == RunStatus.Finished) })
            .ToDictionaryAsync(group => group.Key, StringComparer.Ordinal, cancellationToken);
        var seeds = (await TrackRows.ReadRunsAsync(context.Runs.Where(run => run.TrackId != null), cancellationToken)).ToLookup(run => run.EntryId, StringComparer.Ordinal);
        var entriesOf = await context.Entries.Select(entry => new { entry.Id, entry.TrackId }).ToListAsync(cancellationToken);
        return tracks.ConvertAll(track => RowOf(
            TrackRows.Of(track),
            entries.GetValueOrDefault(track.Id),
            entriesOf.Where(entry => string.Equals(entry.TrackId, track.Id, StringComparison.Ordinal)).Select(entry => entry.Id)));

        TrackRow RowOf(SavedTrack track, int count, IEnumerable<string> own)
        {
            var rules = RuleBook.Of(track.Spec.Rules);
            var counts = runs.GetValueOrDefault(track.Id);
            return new(track, count, counts?.Count ?? 0, counts?.Finished ?? 0, Board.LowestMean(rules, own.Select(entry => BoardReader.ResultsOf(rules, entry, seeds[entry]))));
        }
    }

    public async Task<SavedTrack?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        return await context.Tracks.SingleOrDefaultAsync(track => track.Id == id, cancellationToken) is { } track ? TrackRows.Of(track) : null;
    }

    public async Task<TrackOutcome> OpenAsync(NewTrack track, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(track);
        List<SpecProblem> problems = [.. track.Spec.Validate(), .. PersonRules.Problems(track.By, track.Note, "note")];
        if (problems.Count == 0)
        {
            // As its runs will be: the data must be here, the device too, and both halves of the validation share long enough.
            var probe = track.Spec.RunOf(track.Spec.Name, StandardSchedules.Constant(track.Spec.Steps, 1e-3), 0, new() { Track = RunId.New().Value, Entry = RunId.New().Value, Batch = 1 });
            problems.AddRange(await validator.ValidateAsync(probe, cancellationToken));
        }

        if (problems.Count > 0)
        {
            return TrackOutcome.Refused(problems);
        }

        var entity = new TrackEntity
        {
            Id = RunId.New().Value,
            Name = track.Spec.Name.Trim(),
            SpecJson = TrackSpecJson.Write(track.Spec),
            SpecHash = TrackSpecJson.Hash(track.Spec),
            By = track.By.Trim(),
            Note = track.Note.Trim(),
            CreatedTicks = time.GetUtcNow().UtcTicks,
        };
        await writer.WriteAsync(Durability.PowerCut, context => Task.FromResult(context.Tracks.Add(entity)), cancellationToken);
        return new(entity.Id, [], []);
    }

    public async Task<IReadOnlyList<(string Name, IReadOnlyList<string> Values)>> EnvironmentsAsync(string entryId, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var stored = await context.Attempts
            .Join(context.Runs.Where(run => run.EntryId == entryId), attempt => attempt.RunId, run => run.Id, (attempt, _) => attempt.EnvironmentJson)
            .Where(json => json != null).Distinct().ToListAsync(cancellationToken);
        return [.. stored.SelectMany(json => JsonSerializer.Deserialize<Dictionary<string, string>>(json!)!)
            .GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(pair => pair.Value).Distinct(StringComparer.Ordinal)]))];
    }

    public async Task<EntryDetail?> FindEntryAsync(string id, CancellationToken cancellationToken)
    {
        await using var snapshot = await reader.OpenSnapshotAsync(cancellationToken);
        var context = snapshot.Context;
        if (await context.Entries.SingleOrDefaultAsync(entry => entry.Id == id, cancellationToken) is not { } entry)
        {
            return null;
        }

        var track = await context.Tracks.SingleAsync(t => t.Id == entry.TrackId, cancellationToken);
        var batches = await context.SeedBatches.Where(batch => batch.EntryId == id || batch.AgainstEntryId == id).OrderBy(batch => batch.CreatedTicks).ThenBy(batch => batch.Number).ToListAsync(cancellationToken);
        var runs = await TrackRows.ReadRunsAsync(context.Runs.Where(run => run.EntryId == id), cancellationToken);
        return new(TrackRows.Of(track), TrackRows.Of(entry), batches.ConvertAll(TrackRows.Of), runs);
    }
}
