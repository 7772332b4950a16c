using System.Collections.Concurrent;
using Ntl.Web.Live;

namespace Ntl.Web.Leaderboard;

/// <summary>One board that viewers share: old as soon as a run has moved, computed by the first who asks again.</summary>
internal sealed class BoardTopic : IDisposable
{
    private readonly ConcurrentDictionary<Bell, bool> _bells = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _version;
    private long _computedVersion = -1;
    private TrackBoard? _board;

    public void Dispose() => _gate.Dispose();

    public Bell Listen()
    {
        var bell = new Bell(left => _bells.TryRemove(left, out _));
        _bells[bell] = true;
        return bell;
    }

    public void Change()
    {
        Interlocked.Increment(ref _version);
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
