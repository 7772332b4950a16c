using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;

namespace Ntl.Training.Runs;

/// <summary>Metric points since the last such record.</summary>
/// <param name="Segments">One a metric, each with at least one point.</param>
public sealed record MetricsRecorded(IReadOnlyList<MetricSegment> Segments) : JournalRecord;
