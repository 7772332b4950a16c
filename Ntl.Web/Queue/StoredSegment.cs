using Ntl.Domain.Metrics;

namespace Ntl.Web.Queue;

/// <summary>Points of one key that were stored together.</summary>
/// <param name="Key">The metric.</param>
/// <param name="PreviousStep">Last step of the key in the same attempt that was stored before; −1 for none.</param>
/// <param name="Points">The points.</param>
public sealed record StoredSegment(MetricKey Key, long PreviousStep, MetricSeries Points);
