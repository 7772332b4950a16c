using System.Collections.Concurrent;
using Ntl.Web.Live;

namespace Ntl.Web.Leaderboard;

/// <summary>One board that viewers share: old as soon as a run has moved, computed by the first who asks again.</summary>
internal sealed class BoardTopic : IDisposable
{
    /// <summary>For so long progress is gathered before viewers are woken.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Bell, bool> _bells = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _progress;
    private int _isProgressDue;
    private long _version;
    private long _computedVersion = -1;
    private TrackBoard? _board;

    public BoardTopic(TimeProvider time) => _progress = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _progress.Dispose();
        _gate.Dispose();
    }

    public Bell Listen()
    {
        var bell = new Bell(left => _bells.TryRemove(left, out _));
        _bells[bell] = true;
        return bell;
    }

    /// <summary>A run has moved.</summary>
    /// <param name="isNews">Whether it came, began or ended, which viewers see at once; of mere progress they are told with the next news, or after <see cref="ProgressInterval"/>.</param>
    public void Change(bool isNews)
    {
        Interlocked.Increment(ref _version);
        if (isNews)
        {
            Wake();
        }
        else if (Interlocked.Exchange(ref _isProgressDue, 1) == 0)
        {
            _progress.Change(ProgressInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Wake()
    {
        // Before the bells: progress after this is told anew.
        Interlocked.Exchange(ref _isProgressDue, 0);
        foreach (var bell in _bells.Keys)
        {
            bell.Ring();
        }
    }

    public async Task<TrackBoard?> GetAsync(Func<Task<TrackBoard?>> read, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var version = Interlocked.Read(ref _version);
            if (version != _computedVersion)
            {
                _board = await read();
                _computedVersion = version;
            }

            return _board;
        }
        finally
        {
            _gate.Release();
        }
    }
}
