using System.Runtime;
using Microsoft.Data.Sqlite;

namespace Ntl.Web.Load;

/// <summary>
/// Gives memory back after a burst. The collector keeps what it has grown to, as long as the machine has room, and collects seldom while
/// nobody asks
/// for anything; so when expensive work has ended and none has followed for a while, the heap is collected and compacted once.
/// </summary>
public sealed class MemoryTrim(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(10);

    private long _lastHeavy;
    private int _running;
    private int _sinceTrim;

    /// <summary>An expensive request begins; disposing of the answer ends it.</summary>
    public IDisposable Enter()
    {
        Interlocked.Increment(ref _running);
        Interlocked.Increment(ref _sinceTrim);
        return new Work(this);
    }

    /// <summary>Whether expensive work has been done since the last time, and has been over for a while.</summary>
    internal bool IsDue =>
        Volatile.Read(ref _sinceTrim) > 0
        && Volatile.Read(ref _running) == 0
        && time.GetElapsedTime(Interlocked.Read(ref _lastHeavy)) >= s_quiet;

    /// <summary>Collects and compacts, and closes connections that a burst opened.</summary>
    internal void Trim()
    {
        Interlocked.Exchange(ref _sinceTrim, 0);
        // Those in use are left alone; each of the others keeps up to 2 MB of pages.
        SqliteConnection.ClearAllPools();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsDue)
            {
                Trim();
            }
        }
    }

    private void Leave()
    {
        Interlocked.Exchange(ref _lastHeavy, time.GetTimestamp());
        Interlocked.Decrement(ref _running);
    }

    private sealed class Work(MemoryTrim trim) : IDisposable
    {
        private MemoryTrim? _trim = trim;

        public void Dispose() => Interlocked.Exchange(ref _trim, null)?.Leave();
    }
}
