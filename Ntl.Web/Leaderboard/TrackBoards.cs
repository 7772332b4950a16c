using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ntl.Web.Live;

namespace Ntl.Web.Leaderboard;

/// <inheritdoc cref="ITrackBoards"/>
/// <remarks>A change of a run makes its track's boards old and wakes their viewers; the first that looks computes, the others share the result.</remarks>
public sealed class TrackBoards(BoardReader boards, ILiveRunFeed feed, TimeProvider time) : BackgroundService, ITrackBoards
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<(string Track, string? Rules), BoardTopic> _topics = new();

    public Task<TrackBoard?> ReadAsync(string trackId, string? rules, CancellationToken cancellationToken) => boards.ReadAsync(trackId, rules, cancellationToken);

    public async IAsyncEnumerable<TrackBoard> WatchAsync(string trackId, string? rules, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var topic = _topics.GetOrAdd((trackId, rules), static _ => new BoardTopic());
        // Listening begins before the first read, so that nothing falls between the two.
        using var bell = topic.Listen();
        while (true)
        {
            bell.Clear();
            if (await topic.GetAsync(() => boards.ReadAsync(trackId, rules, cancellationToken), cancellationToken) is not { } board)
            {
                yield break;
            }

            var sentAt = time.GetTimestamp();
            yield return board;
            await bell.WaitAsync(cancellationToken);
            var rest = s_interval - time.GetElapsedTime(sentAt);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var topic in _topics.Values)
        {
            topic.Dispose();
        }

        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var changed in feed.WatchRunsAsync(stoppingToken))
            {
                var tracks = changed.Select(run => run.TrackId).OfType<string>().ToHashSet(StringComparer.Ordinal);
                foreach (var (key, topic) in _topics)
                {
                    if (tracks.Contains(key.Track))
                    {
                        topic.Change();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server leaves.
        }
    }
}
