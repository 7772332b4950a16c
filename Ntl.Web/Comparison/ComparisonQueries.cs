using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Comparison;

/// <inheritdoc cref="IComparisons"/>
public sealed class ComparisonQueries(DatabaseReader reader) : IComparisons
{
    private const int ShortHash = 12;

    public async Task<ComparisonSet> FindAsync(ComparisonSelection selection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        if (selection.IsEmpty)
        {
            return ComparisonSet.Empty;
        }

        await using var context = reader.Open();
        List<string> named = [.. selection.Runs.Distinct(StringComparer.Ordinal).Take(ComparisonSelection.MostRuns)];
        var matching = Matching(context.Runs, selection, named);
        var total = named.Count > 0 ? named.Count : await matching.CountAsync(cancellationToken);
        var newest = matching.OrderByDescending(run => run.CreatedTicks).ThenBy(run => run.Id).Take(selection.Limit);
        var rows = await RunRows.ReadAsync(context, newest, cancellationToken);
        List<string> ids = [.. rows.Select(row => row.Id.Value)];
        var specs = await context.Runs.Where(run => ids.Contains(run.Id)).Select(run => new { run.Id, run.SpecJson }).ToDictionaryAsync(run => run.Id, run => run.SpecJson, StringComparer.Ordinal, cancellationToken);
        var keys = (await context.MetricSeries.Where(series => ids.Contains(series.RunId)).Select(series => new { series.RunId, series.Key }).Distinct().ToListAsync(cancellationToken))
            .ToLookup(series => series.RunId, series => series.Key, StringComparer.Ordinal);
        var runs = rows.Select(row => new ComparedRun(row, SpecOf(row.Id, specs[row.Id.Value]), [.. keys[row.Id.Value].Order(StringComparer.Ordinal)]));
        return named.Count == 0
            ? new([.. runs], total, [])
            : new([.. runs.OrderBy(run => named.IndexOf(run.Id.Value))], total, [.. named.Except(ids, StringComparer.Ordinal)]);
    }

    public async Task<IReadOnlyList<RunRow>> ReadRowsAsync(IReadOnlyCollection<RunId> runs, CancellationToken cancellationToken)
    {
        List<string> ids = [.. runs.Select(run => run.Value)];
        await using var context = reader.Open();
        return await RunRows.ReadAsync(context, context.Runs.Where(run => ids.Contains(run.Id)), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<RunId, RunPoints>> ReadAsync(IReadOnlyCollection<RunId> runs, string key, CancellationToken cancellationToken)
    {
        List<string> ids = [.. runs.Select(run => run.Value)];
        await using var snapshot = await reader.OpenSnapshotAsync(cancellationToken);
        var context = snapshot.Context;
        var series = await context.MetricSeries.Where(own => own.Key == key && ids.Contains(own.RunId)).ToListAsync(cancellationToken);
        var starts = (await context.Attempts
            .Where(attempt => attempt.StartStep != null && ids.Contains(attempt.RunId)
                && context.MetricSeries.Any(own => own.RunId == attempt.RunId && own.Attempt == attempt.Number))
            .Select(attempt => new { attempt.RunId, attempt.Number, Start = attempt.StartStep!.Value })
            .ToListAsync(cancellationToken)).ToLookup(attempt => attempt.RunId, StringComparer.Ordinal);
        Dictionary<long, SeriesCollector> collectors = [];
        foreach (var own in series)
        {
            // As StoredSeries has it: a later attempt takes over from its first step on.
            var start = starts[own.RunId].FirstOrDefault(attempt => attempt.Number == own.Attempt)?.Start ?? 0;
            var end = starts[own.RunId].Where(attempt => attempt.Number > own.Attempt).Select(attempt => attempt.Start).DefaultIfEmpty(long.MaxValue).Min();
            collectors[own.Id] = new(own.Attempt, Math.Max(start, end));
        }

        List<long> seriesIds = [.. collectors.Keys];
        var chunks = context.MetricChunks.Where(chunk => seriesIds.Contains(chunk.SeriesId))
            .OrderBy(chunk => chunk.SeriesId).ThenBy(chunk => chunk.Ordinal)
            .Select(chunk => new { chunk.SeriesId, chunk.Points })
            .AsAsyncEnumerable();
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            collectors[chunk.SeriesId].Add(MetricChunkCodec.Decode(chunk.Points));
        }

        return series.GroupBy(own => own.RunId, StringComparer.Ordinal).ToDictionary(
            group => new RunId(group.Key),
            group => SeriesCollector.Join([.. group.OrderBy(own => own.Attempt).Select(own => collectors[own.Id])]));
    }

    public async Task<ILookup<RunId, RunMark>> ReadMarksAsync(IReadOnlyCollection<RunId> runs, CancellationToken cancellationToken)
    {
        List<string> ids = [.. runs.Select(run => run.Value)];
        await using var context = reader.Open();
        var events = await context.RunEvents
            .Where(e => ids.Contains(e.RunId) && e.Step != null && (e.Kind == RunEventKind.Resumed || e.Kind == RunEventKind.Branched))
            .OrderBy(e => e.Sequence)
            .Select(e => new { e.RunId, e.Kind, Step = e.Step!.Value })
            .ToListAsync(cancellationToken);
        return events.ToLookup(e => new RunId(e.RunId), e => new RunMark(e.Kind, e.Step));
    }

    private static IQueryable<RunEntity> Matching(IQueryable<RunEntity> runs, ComparisonSelection selection, List<string> named)
    {
        if (named.Count > 0)
        {
            return runs.Where(run => named.Contains(run.Id));
        }

        if (selection.Experiment is { } experiment)
        {
            runs = runs.Where(run => run.ExperimentId == experiment);
        }

        if (selection.Schedule is { } schedule)
        {
            runs = schedule.Length == ShortHash ? runs.Where(run => run.ScheduleHash.StartsWith(schedule)) : runs.Where(run => run.ScheduleHash == schedule);
        }

        return selection.Search is { } search ? RunQueries.WithText(runs, search) : runs;
    }

    private static RunSpec SpecOf(RunId run, string json) =>
        RunSpecJson.Read(json).Spec ?? throw new InvalidDataException($"The stored spec of run {run} is not valid.");
}
