using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Live;

/// <inheritdoc cref="ISeriesQueries"/>
public sealed class SeriesQueries(DatabaseReader reader, RunSpecs specs) : ISeriesQueries
{
    private const int FewestPoints = 16;
    private const int MostPoints = 4_000;
    private const int OrphanPoints = 200;

    public async Task<SeriesWindow?> QueryAsync(SeriesRequest request, CancellationToken cancellationToken)
    {
        if (await specs.FindAsync(request.Run, cancellationToken) is not { } spec)
        {
            return null;
        }

        await using var snapshot = await reader.OpenSnapshotAsync(cancellationToken);
        var query = new SeriesQuery(snapshot.Context, spec, request with { MaxPoints = Math.Clamp(request.MaxPoints, FewestPoints, MostPoints) });
        return await query.RunAsync(OrphanPoints, cancellationToken);
    }

    public async IAsyncEnumerable<StoredPoints> ReadAllAsync(RunId run, IReadOnlyList<string> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var snapshot = await reader.OpenSnapshotAsync(cancellationToken);
        var context = snapshot.Context;
        var stored = await StoredSeries.ReadAsync(context, run, keys.Count == 0 ? null : keys, cancellationToken);
        foreach (var part in stored.Parts)
        {
            var chunks = context.MetricChunks.Where(chunk => chunk.SeriesId == part.SeriesId).OrderBy(chunk => chunk.Ordinal).Select(chunk => chunk.Points).AsAsyncEnumerable();
            await foreach (var chunk in chunks.WithCancellation(cancellationToken))
            {
                var points = MetricChunkCodec.Decode(chunk);
                yield return new StoredPoints(part.Key, part.Attempt, part.VisibleUntilStep, points.Steps.ToArray(), points.Values.ToArray());
            }
        }
    }
}
