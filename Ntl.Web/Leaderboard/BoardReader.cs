using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Leaderboard;

/// <summary>Reads a track's entries and runs, and ranks them. Three statements, however many runs; no point is read.</summary>
public sealed class BoardReader(DatabaseReader reader, TimeProvider time)
{
    // An entry never changes, and its schedule takes longer to parse than its runs to read.
    private readonly ConcurrentDictionary<string, SavedEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads the board as it is stored.</summary>
    /// <param name="trackId">The track.</param>
    /// <param name="rules">Which rules; null for the track's own.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Null when there is no such track, or no such rules.</returns>
    public async Task<TrackBoard?> ReadAsync(string trackId, string? rules, CancellationToken cancellationToken)
    {
        await using var snapshot = await reader.OpenSnapshotAsync(cancellationToken);
        var context = snapshot.Context;
        if (await context.Tracks.SingleOrDefaultAsync(track => track.Id == trackId, cancellationToken) is not { } stored)
        {
            return null;
        }

        var track = TrackRows.Of(stored);
        var version = rules ?? track.Spec.Rules;
        if (RuleBook.All.FirstOrDefault(book => string.Equals(book.Version, version, StringComparison.Ordinal)) is not { } book)
        {
            return null;
        }

        var entries = (await context.Entries.Where(entry => entry.TrackId == trackId).OrderBy(entry => entry.CreatedTicks).ToListAsync(cancellationToken))
            .ConvertAll(entry => _entries.GetOrAdd(entry.Id, static (_, entry) => TrackRows.Of(entry), entry));
        var runs = (await TrackRows.ReadRunsAsync(context.Runs.Where(run => run.TrackId == trackId), cancellationToken))
            .ToLookup(run => run.EntryId, StringComparer.Ordinal);
        IReadOnlyList<EntryResults> results = [.. entries.Select(entry => ResultsOf(book, entry.Id, runs[entry.Id]))];
        var board = Board.Of(book, results);
        var seeds = results.ToDictionary(entry => entry.Id, entry => entry.Seeds, StringComparer.Ordinal);
        var byId = entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        return new(
            track,
            book,
            results,
            board,
            [.. board.Rows.Select(row => new EntryStanding(byId[row.Id], row, [.. runs[row.Id]], book, seeds[row.Id]))],
            [.. entries.GroupBy(entry => entry.By, StringComparer.OrdinalIgnoreCase).Select(group => CostOf(group.Key, [.. group], runs, track)).OrderByDescending(cost => cost.Tokens)],
            time.GetUtcNow());
    }

    // Robustness is shown, not scored: the batches that count are numbered as if the others were not there.
    internal static EntryResults ResultsOf(RuleBook rules, string entry, IEnumerable<SeedRun> runs) => new(
        entry,
        rules.Judge([.. runs.Where(run => run.RateFactor is null).GroupBy(run => run.Batch).OrderBy(batch => batch.Key).SelectMany((batch, i) => batch.Select(run => ResultOf(rules, run, i + 1)))]));

    private static SeedResult ResultOf(RuleBook rules, SeedRun run, int batch)
    {
        var final = run.FinalUnder(rules);
        return new(run.Id.Value, run.Seed, batch, OutcomeOf(run, final), run.LossAfterLastStep ?? double.PositiveInfinity, run.HeldOutLoss, run.TokensToTarget);
    }

    // Only what a run did to itself counts against its schedule; a machine that failed leaves the seed open until it has been resumed.
    private static SeedOutcome OutcomeOf(SeedRun run, FinalLoss final) => final.State switch
    {
        FinalLossState.Measured => SeedOutcome.Finished,
        FinalLossState.Diverged => SeedOutcome.Diverged,
        FinalLossState.Exploded => SeedOutcome.Exploded,
        FinalLossState.Stopped => SeedOutcome.Stopped,
        // A paused seed waits for a person: left alone, it would keep a bad batch from ever counting.
        _ => run.Status == RunStatus.Paused ? SeedOutcome.Stopped : SeedOutcome.Waiting,
    };

    private static AuthorCost CostOf(string by, IReadOnlyList<SavedEntry> entries, ILookup<string, SeedRun> runs, SavedTrack track)
    {
        var own = entries.SelectMany(entry => runs[entry.Id]).ToList();
        return new(by, entries.Count, own.Count, own.Sum(run => run.StepsDone) * (track.Spec.Tokens / track.Spec.Steps));
    }
}
