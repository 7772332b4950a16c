using Ntl.Domain.Metrics;

namespace Ntl.Web.Queue;

/// <summary>The last, still growing chunk of a series.</summary>
/// <param name="SeriesId">The series' row.</param>
/// <param name="Ordinal">The chunk's number in the series.</param>
/// <param name="Points">Its points; empty only before the first.</param>
public sealed record SeriesTail(long SeriesId, int Ordinal, MetricSeries Points)
{
    /// <summary>The last stored step; −1 before the first.</summary>
    public long LastStep => Points.Count == 0 ? -1 : Points.Steps[^1];
}
