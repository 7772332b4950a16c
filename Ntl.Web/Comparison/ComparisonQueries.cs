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
    private const int MostSpecs = 1_000;
    private const long MostPointBytes = 200_000_000;

    // A run's spec never changes.
    private readonly BoundedCache<string, RunSpec> _specs = new(MostSpecs);
    private readonly BoundedCache<(string Run, string Key), KeptPoints> _points = new(MostPointBytes);

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
        var specs = await SpecsAsync(context, ids, cancellationToken);
        var keys = (await context.MetricSeries.Where(series => ids.Contains(series.RunId)).Select(series => new { series.RunId, series.Key }).Distinct().ToListAsync(cancellationToken))
            .ToLookup(series => series.RunId, series => series.Key, StringComparer.Ordinal);
        var runs = rows.Select(row => new ComparedRun(row, specs[row.Id.Value], [.. keys[row.Id.Value].Order(StringComparer.Ordinal)]));
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
        List<long> all = [.. series.Select(own => own.Id)];
        var extents = await context.MetricChunks.Where(chunk => all.Contains(chunk.SeriesId)).GroupBy(chunk => chunk.SeriesId)
            .Select(own => new { Id = own.Key, Count = own.Sum(chunk => chunk.PointCount), Last = own.Max(chunk => chunk.LastStep) })
            .ToDictionaryAsync(own => own.Id, cancellationToken);
        Dictionary<string, List<SeriesPart>> parts = series.OrderBy(own => own.Attempt).GroupBy(own => own.RunId, StringComparer.Ordinal)
            .ToDictionary(own => own.Key, own => own.Select(PartOf).ToList(), StringComparer.Ordinal);
        return await PointsAsync(context, key, parts, cancellationToken);

        SeriesPart PartOf(MetricSeriesEntity own)
        {
            // As StoredSeries has it: a later attempt takes over from its first step on.
            var start = starts[own.RunId].FirstOrDefault(attempt => attempt.Number == own.Attempt)?.Start ?? 0;
            var end = starts[own.RunId].Where(attempt => attempt.Number > own.Attempt).Select(attempt => attempt.Start).DefaultIfEmpty(long.MaxValue).Min();
            var extent = extents.GetValueOrDefault(own.Id);
            return new(own.Id, own.Attempt, Math.Max(start, end), extent?.Count ?? 0, extent?.Last ?? -1);
        }
    }

    // What has not grown since it was read is not read again.
    private async Task<Dictionary<RunId, RunPoints>> PointsAsync(NtlDbContext context, string key, Dictionary<string, List<SeriesPart>> parts, CancellationToken cancellationToken)
    {
        Dictionary<RunId, RunPoints> points = [];
        foreach (var (run, own) in parts)
        {
            if (_points.Find((run, key)) is { } kept && kept.Parts.SequenceEqual(own))
            {
                points[new(run)] = kept.Points;
            }
        }

        List<KeyValuePair<string, List<SeriesPart>>> unread = [.. parts.Where(own => !points.ContainsKey(new(own.Key)))];
        if (unread.Count == 0)
        {
            return points;
        }

        var collectors = unread.SelectMany(own => own.Value).ToDictionary(part => part.Id, part => new SeriesCollector(part.Attempt, part.EndStep));
        List<long> seriesIds = [.. collectors.Keys];
        var chunks = context.MetricChunks.Where(chunk => seriesIds.Contains(chunk.SeriesId))
            .OrderBy(chunk => chunk.SeriesId).ThenBy(chunk => chunk.Ordinal)
            .Select(chunk => new { chunk.SeriesId, chunk.Points })
            .AsAsyncEnumerable();
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            collectors[chunk.SeriesId].Add(MetricChunkCodec.Decode(chunk.Points));
        }

        foreach (var (run, own) in unread)
        {
            KeptPoints read = new(own, SeriesCollector.Join([.. own.Select(part => collectors[part.Id])]));
            _points.Keep((run, key), read, read.Bytes);
            points[new(run)] = read.Points;
        }

        return points;
    }

    private async Task<Dictionary<string, RunSpec>> SpecsAsync(NtlDbContext context, List<string> ids, CancellationToken cancellationToken)
    {
        Dictionary<string, RunSpec> specs = new(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (_specs.Find(id) is { } spec)
            {
                specs[id] = spec;
            }
        }

        List<string> unread = [.. ids.Where(id => !specs.ContainsKey(id))];
        var stored = unread.Count == 0 ? [] : await context.Runs.Where(run => unread.Contains(run.Id)).Select(run => new { run.Id, run.SpecJson }).ToListAsync(cancellationToken);
        foreach (var run in stored)
        {
            var spec = SpecOf(new(run.Id), run.SpecJson);
            _specs.Keep(run.Id, spec, 1);
            specs[run.Id] = spec;
        }

        return specs;
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
