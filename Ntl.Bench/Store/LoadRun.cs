using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Queue;

namespace Ntl.Bench.Store;

/// <summary>One run's load: generated points through the trainer's own journal writer, under the attempt's own fence.</summary>
internal sealed class LoadRun : IDisposable
{
    private readonly JournalWriter _journal;
    private readonly GeneratedSeries _series;
    private readonly Action<MetricKey, long, double> _append;

    public LoadRun(Launch launch, GeneratedSeries series)
    {
        (Run, _series) = (launch.Run, series);
        var guard = new FenceGuard(launch.Directory, new Fence(launch.Attempt, launch.Token));
        _journal = new JournalWriter(launch.Directory.Attempt(launch.Attempt), guard, TimeProvider.System);
        _append = _journal.AppendMetric;
        _journal.Append(new AttemptStarted(launch.Run, launch.Attempt, launch.Token, 0, 0, DateTimeOffset.UtcNow, new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    public RunId Run { get; }

    /// <summary>Steps measured so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Points written so far.</summary>
    public long Points { get; private set; }

    /// <summary>Measures some steps; the journal's timer writes them out.</summary>
    public void Measure(long steps)
    {
        for (var end = Steps + steps; Steps < end; Steps++)
        {
            Points += _series.Measure(Steps, _append);
        }
    }

    /// <summary>Measures some steps and writes them out as one flush, as of a trainer that did them since the last.</summary>
    public void MeasureAndFlush(long steps)
    {
        Measure(steps);
        _journal.Flush();
    }

    /// <summary>The last record: the trainer has finished.</summary>
    public void Finish()
    {
        _journal.Append(new AttemptEnded(AttemptOutcome.Finished, Steps, DateTimeOffset.UtcNow, null));
        _journal.Flush();
    }

    public void Dispose() => _journal.Dispose();
}
