using Ntl.Domain.Metrics;

namespace Ntl.Training.Runs;

/// <summary>Gathers metric points into columns between two flushes.</summary>
internal sealed class MetricBuffer
{
    private readonly List<(MetricKey Key, List<long> Steps, List<double> Values)> _columns = [];

    public void Add(MetricKey key, long step, double value)
    {
        foreach (var (known, steps, values) in _columns)
        {
            if (known == key)
            {
                steps.Add(step);
                values.Add(value);
                return;
            }
        }

        _columns.Add((key, [step], [value]));
    }

    /// <summary>Hands out what was gathered; null when nothing was.</summary>
    public MetricsRecorded? Take()
    {
        if (_columns.Count == 0)
        {
            return null;
        }

        var metrics = new MetricsRecorded(
            [.. _columns.Select(column => new MetricSegment(column.Key, new MetricSeries([.. column.Steps], [.. column.Values])))]);
        _columns.Clear();
        return metrics;
    }
}
