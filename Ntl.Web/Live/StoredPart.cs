using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Metrics;
using Ntl.Web.Persistence;

namespace Ntl.Web.Live;

/// <summary>The points of one key in one attempt.</summary>
/// <param name="SeriesId">Its row.</param>
/// <param name="Key">The metric.</param>
/// <param name="Attempt">Who measured.</param>
/// <param name="StartStep">First step of the attempt.</param>
/// <param name="VisibleUntilStep">Points from this step on are an orphaned tail: a later attempt measured them again.</param>
public sealed record StoredPart(long SeriesId, string Key, int Attempt, long StartStep, long VisibleUntilStep)
{
    /// <summary>At least how many points lie at or after a step: those of whole chunks are counted whole.</summary>
    public Task<int> CountFromAsync(NtlDbContext context, long firstStep, CancellationToken cancellationToken) =>
        context.MetricChunks.Where(chunk => chunk.SeriesId == SeriesId && chunk.FirstStep >= firstStep).SumAsync(chunk => chunk.PointCount, cancellationToken);

    /// <summary>The points at or after a step.</summary>
    public async Task<MetricSeries> ReadFromAsync(NtlDbContext context, long firstStep, CancellationToken cancellationToken)
    {
        var chunks = await context.MetricChunks
            .Where(chunk => chunk.SeriesId == SeriesId && chunk.LastStep >= firstStep)
            .OrderBy(chunk => chunk.Ordinal)
            .Select(chunk => chunk.Points)
            .ToListAsync(cancellationToken);
        var points = MetricSeries.Empty;
        foreach (var chunk in chunks)
        {
            points = points.Append(MetricChunkCodec.Decode(chunk));
        }

        return points.Window(firstStep, long.MaxValue);
    }

    /// <summary>The points of <c>[firstStep, endStep)</c> chunk by chunk, with those that share their chunks and those of the chunk before.</summary>
    public async IAsyncEnumerable<MetricSeries> ReadAroundAsync(
        NtlDbContext context, long firstStep, long endStep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = await context.MetricChunks.Where(chunk => chunk.SeriesId == SeriesId && chunk.LastStep >= firstStep)
            .MinAsync(chunk => (int?)chunk.Ordinal, cancellationToken) ?? 0;
        var chunks = context.MetricChunks
            .Where(chunk => chunk.SeriesId == SeriesId && chunk.Ordinal >= first - 1 && chunk.FirstStep < endStep)
            .OrderBy(chunk => chunk.Ordinal)
            .Select(chunk => chunk.Points)
            .AsAsyncEnumerable();
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            yield return MetricChunkCodec.Decode(chunk);
        }
    }

    /// <summary>Summaries of the chunks that touch <c>[firstStep, endStep)</c>, in order, with the number of the first.</summary>
    public async Task<(IReadOnlyList<ChunkSummary> Chunks, int FirstOrdinal)> ReadSummariesAsync(
        NtlDbContext context, long firstStep, long endStep, CancellationToken cancellationToken)
    {
        var rows = await context.MetricChunks
            .Where(chunk => chunk.SeriesId == SeriesId && chunk.LastStep >= firstStep && chunk.FirstStep < endStep)
            .OrderBy(chunk => chunk.Ordinal)
            .Select(chunk => new { chunk.Ordinal, chunk.Summary })
            .ToListAsync(cancellationToken);
        return (rows.ConvertAll(row => ChunkSummary.Decode(row.Summary)), rows.Count == 0 ? 0 : rows[0].Ordinal);
    }

    /// <summary>The points of some chunks.</summary>
    public async Task<IReadOnlyDictionary<int, MetricSeries>> ReadChunksAsync(NtlDbContext context, IReadOnlyCollection<int> ordinals, CancellationToken cancellationToken)
    {
        var rows = await context.MetricChunks
            .Where(chunk => chunk.SeriesId == SeriesId && ordinals.Contains(chunk.Ordinal))
            .Select(chunk => new { chunk.Ordinal, chunk.Points })
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Ordinal, row => MetricChunkCodec.Decode(row.Points));
    }
}
