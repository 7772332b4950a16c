namespace Ntl.Domain.Metrics;

/// <summary>Cuts a growing series into chunks: all full but the last.</summary>
public static class MetricChunks
{
    /// <summary>Puts new points after the last chunk's.</summary>
    /// <param name="tail">The last chunk's points; empty when there is none, at most <see cref="MetricChunkCodec.MaximumPoints"/>.</param>
    /// <param name="added">Points after them.</param>
    /// <returns>The chunks that take the tail's place, in order.</returns>
    /// <exception cref="ArgumentException">The first new step is not after the last old one.</exception>
    public static IReadOnlyList<MetricSeries> Append(MetricSeries tail, MetricSeries added)
    {
        var points = tail.Count == 0 ? added : tail.Append(added);
        if (points.Count <= MetricChunkCodec.MaximumPoints)
        {
            return [points];
        }

        var chunks = new List<MetricSeries>();
        for (var start = 0; start < points.Count; start += MetricChunkCodec.MaximumPoints)
        {
            chunks.Add(points.Slice(start, Math.Min(MetricChunkCodec.MaximumPoints, points.Count - start)));
        }

        return chunks;
    }
}
