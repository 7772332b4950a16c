using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <inheritdoc cref="ILiveRunFeed"/>
/// <remarks>
/// Publishing never waits: it puts what was stored into a bounded window of recent points and rings a bell. Each subscriber, at its own pace, takes what
/// lies after its cursor from that window, or from the database when the window has moved on.
/// </remarks>
public sealed class LiveRunFeed(LiveCatchUp catchUp, TimeProvider time) : ILiveRunFeed
{
    /// <summary>The most updates a second that a subscriber gets.</summary>
    public const int UpdatesPerSecond = 4;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1.0 / UpdatesPerSecond);

    private readonly ConcurrentDictionary<RunId, RunTopic> _topics = new();
    private readonly RunListTopic _list = new();

    /// <summary>Tells subscribers of new points and events. Call after their commit.</summary>
    public void PublishPoints(StoredReading stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        TopicOf(stored.Run).Add(stored);
    }

    /// <summary>Tells subscribers of changed rows. Call after their commit.</summary>
    public void PublishRows(IReadOnlyList<RunRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            if (_topics.TryGetValue(row.Id, out var topic))
            {
                topic.Set(row);
            }
        }

        _list.Publish(rows);
    }

    public async IAsyncEnumerable<RunUpdate> WatchAsync(
        RunId run,
        IReadOnlyCollection<string> keys,
        SeriesAxis axis,
        SeriesCursor cursor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var topic = TopicOf(run);
        // Listening begins before the first read, so that nothing falls between the two.
        using var bell = topic.Listen();
        if (await catchUp.OpenAsync(run, axis, cancellationToken) is not { } viewer)
        {
            yield break;
        }

        var update = await viewer.ReadAsync(keys, cursor, cancellationToken);
        while (true)
        {
            cursor = update.Cursor;
            yield return update;

            var sentAt = time.GetTimestamp();
            await bell.WaitAsync(cancellationToken);
            var rest = s_interval - time.GetElapsedTime(sentAt);
            if (rest > TimeSpan.Zero)
            {
                // What comes in the meantime is in the same update.
                await Task.Delay(rest, time, cancellationToken);
            }

            bell.Clear();
            update = topic.TryTake(keys, cursor, viewer) ?? await viewer.ReadAsync(keys, cursor, cancellationToken);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<RunRow>> WatchRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var listener = _list.Listen();
        while (true)
        {
            yield return await listener.TakeAsync(cancellationToken);
            await Task.Delay(s_interval, time, cancellationToken);
        }
    }

    private RunTopic TopicOf(RunId run) => _topics.GetOrAdd(run, static _ => new RunTopic());
}
