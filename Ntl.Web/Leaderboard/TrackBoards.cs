using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ntl.Domain.Runs;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Web.Leaderboard;

/// <inheritdoc cref="ITrackBoards"/>
/// <remarks>A change of a run makes its track's boards old and wakes their viewers; the first that looks computes, the others share the result. What a run has done wakes them at once, that it goes on does not.</remarks>
public sealed class TrackBoards(BoardReader boards, ILiveRunFeed feed, TimeProvider time) : BackgroundService, ITrackBoards
{
    private readonly ConcurrentDictionary<(string Track, string? Rules), BoardTopic> _topics = new();
    private readonly Dictionary<RunId, RunStatus> _statuses = [];

    public Task<TrackBoard?> ReadAsync(string trackId, string? rules, CancellationToken cancellationToken) => boards.ReadAsync(trackId, rules, cancellationToken);

    public async IAsyncEnumerable<TrackBoard> WatchAsync(string trackId, string? rules, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var topic = _topics.GetOrAdd((trackId, rules), _ => new BoardTopic(time));
        // Listening begins before the first read, so that nothing falls between the two.
        using var bell = topic.Listen();
        while (true)
        {
            bell.Clear();
            if (await topic.GetAsync(() => boards.ReadAsync(trackId, rules, cancellationToken), cancellationToken) is not { } board)
            {
                yield break;
            }

            yield return board;
            await bell.WaitAsync(cancellationToken);
        }
    }

    // Not known yet, or in another state than it was.
    private bool IsNews(RunRow run)
    {
        var isNews = !_statuses.TryGetValue(run.Id, out var status) || status != run.Status;
        _statuses[run.Id] = run.Status;
        return isNews;
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
            // No more often than the feed tells of runs, LiveRunFeed.UpdatesPerSecond.
            await foreach (var changed in feed.WatchRunsAsync(stoppingToken))
            {
                foreach (var runs in changed.Where(run => run.TrackId is not null).GroupBy(run => run.TrackId!, StringComparer.Ordinal))
                {
                    // Each is looked at: a state that was passed over would be news later.
                    var news = runs.Where(IsNews).ToList();
                    foreach (var (_, topic) in _topics.Where(own => string.Equals(own.Key.Track, runs.Key, StringComparison.Ordinal)))
                    {
                        topic.Change(isNews: news.Count > 0);
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
