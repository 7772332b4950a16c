using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ntl.Web.Persistence;

namespace Ntl.Bench.Ingest;

/// <summary>How long the one writer's transactions take, from BEGIN to the return of COMMIT, as the product itself reports.</summary>
internal sealed class CommitTimes : IDisposable
{
    private readonly MeterListener _listener = new();
    private ConcurrentQueue<double> _milliseconds = new();

    public CommitTimes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, DatabaseWriter.MeterName, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _milliseconds.Enqueue(seconds * 1000));
        _listener.Start();
    }

    /// <summary>The times since the last call, in ms.</summary>
    public IReadOnlyList<double> Take() => [.. Interlocked.Exchange(ref _milliseconds, new())];

    public void Dispose() => _listener.Dispose();
}
