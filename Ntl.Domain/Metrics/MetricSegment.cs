namespace Ntl.Domain.Metrics;

/// <summary>A batch of one metric's points: what a trainer writes and a store takes.</summary>
/// <param name="Key">The metric.</param>
/// <param name="Points">Its points, in step order.</param>
public sealed record MetricSegment(MetricKey Key, MetricSeries Points);
