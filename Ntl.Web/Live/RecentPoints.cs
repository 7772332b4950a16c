using Ntl.Domain.Metrics;

namespace Ntl.Web.Live;

/// <summary>Points of one key that were stored lately.</summary>
/// <param name="Key">The metric.</param>
/// <param name="Attempt">Who measured.</param>
/// <param name="StartStep">First step of that attempt.</param>
/// <param name="Points">Steps and values.</param>
public sealed record RecentPoints(string Key, int Attempt, long StartStep, MetricSeries Points);
