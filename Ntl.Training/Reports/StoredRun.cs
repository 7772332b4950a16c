using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Training.Runs;

namespace Ntl.Training.Reports;

/// <summary>Reads what a run's directory holds, without a server.</summary>
public static class StoredRun
{
    /// <summary>Reads a run's spec and the journals of all its attempts. Where a later attempt went on, what an earlier one measured from there on is left out.</summary>
    /// <param name="directory">The run's.</param>
    /// <returns>The run, and what kept it from being read or from being read whole; null for either.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static (RunRecord? Record, string? Problem) Read(RunDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!File.Exists(directory.SpecPath))
        {
            return (null, $"'{directory.Root}' holds no spec.");
        }

        var (spec, problems) = RunSpecJson.Read(File.ReadAllText(directory.SpecPath));
        if (spec is null)
        {
            return (null, $"'{directory.SpecPath}' is not valid: {problems[0].Path}: {problems[0].Message}");
        }

        Dictionary<MetricKey, List<MetricPoint>> points = [];
        string? problem = null;
        foreach (var attempt in directory.Attempts())
        {
            try
            {
                ReadJournal(attempt.JournalPath, points);
            }
            catch (JournalCorruptException exception)
            {
                problem = exception.Message; // what was sound before the damage stays
            }
        }

        return (new(directory.Id, spec, points.ToDictionary(pair => pair.Key, pair => MetricSeries.Of([.. pair.Value]))), problem);
    }

    private static void ReadJournal(string path, Dictionary<MetricKey, List<MetricPoint>> points)
    {
        for (var (offset, page) = (0L, JournalReader.Read(path, 0)); page.Entries.Count > 0; page = JournalReader.Read(path, offset))
        {
            offset = page.NextOffset;
            foreach (var entry in page.Entries)
            {
                if (entry.Record is AttemptStarted started)
                {
                    foreach (var series in points.Values)
                    {
                        series.RemoveAll(point => point.Step >= started.StartStep);
                    }
                }
                else if (entry.Record is MetricsRecorded recorded)
                {
                    foreach (var segment in recorded.Segments)
                    {
                        Add(points, segment);
                    }
                }
            }
        }
    }

    private static void Add(Dictionary<MetricKey, List<MetricPoint>> points, MetricSegment segment)
    {
        if (!points.TryGetValue(segment.Key, out var series))
        {
            points[segment.Key] = series = [];
        }

        for (var i = 0; i < segment.Points.Count; i++)
        {
            var point = segment.Points[i];
            if (series.Count == 0 || point.Step > series[^1].Step)
            {
                series.Add(point);
            }
        }
    }
}
