using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Bench.Live;

/// <summary>
/// When each step of a run ended, by the trainer's own words: a saved checkpoint tells the time of day, the elapsed seconds of the steps
/// tell the rest. What the trainer does between steps besides training is not in the elapsed seconds, so a time is, if anything, too early.
/// </summary>
internal static class StepTimes
{
    /// <summary>Reads an attempt's journal.</summary>
    /// <returns>End of each step after the first checkpoint; ms since the epoch.</returns>
    public static IReadOnlyDictionary<long, double> Read(string journalPath)
    {
        var elapsed = new SortedDictionary<long, double>();
        var checkpoints = new SortedDictionary<long, DateTimeOffset>();
        for (long offset = 0; JournalReader.Read(journalPath, offset) is { Entries.Count: > 0 } page; offset = page.NextOffset)
        {
            foreach (var entry in page.Entries)
            {
                Take(entry.Record, elapsed, checkpoints);
            }
        }

        var times = new Dictionary<long, double>();
        (double At, double Elapsed)? anchor = null;
        foreach (var (step, seconds) in elapsed)
        {
            if (checkpoints.TryGetValue(step, out var at) && elapsed.TryGetValue(step - 1, out var before))
            {
                anchor = (at.ToUnixTimeMilliseconds(), before);
            }

            if (anchor is { } known)
            {
                times[step] = known.At + ((seconds - known.Elapsed) * 1000);
            }
        }

        return times;
    }

    private static void Take(JournalRecord record, SortedDictionary<long, double> elapsed, SortedDictionary<long, DateTimeOffset> checkpoints)
    {
        switch (record)
        {
            case RunEventRecorded { Kind: RunEventKind.CheckpointSaved } saved:
                checkpoints[saved.Step] = saved.At;
                break;
            case MetricsRecorded metrics:
                foreach (var segment in metrics.Segments.Where(segment => segment.Key == MetricKeys.ElapsedSeconds))
                {
                    for (var i = 0; i < segment.Points.Count; i++)
                    {
                        elapsed[segment.Points.Steps[i]] = segment.Points.Values[i];
                    }
                }

                break;
            default:
                break;
        }
    }
}
