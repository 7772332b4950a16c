using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Leaderboard;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Leaderboard;

/// <summary>When the viewers of a live board are woken: at once for what a run has done, later for its mere progress.</summary>
public sealed class TrackBoardsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Viewers_AreToldAtOnceOfWhatHappenedAndAfterAWhileOfProgress()
    {
        await using var track = await TrackStore.OpenAsync();
        var row = await track.Store.RowAsync((await track.SubmitAsync(1e-3)).Runs[0]);
        var (feed, time) = (new HeldFeed(), new ManualTime());
        using var boards = new TrackBoards(track.Boards, feed, time);
        await boards.StartAsync(Cancellation);
        await using var viewer = boards.WatchAsync(track.Track, null, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await viewer.MoveNextAsync());

        // A run that nobody knew: news.
        await feed.TellAsync(row);
        Assert.True(await viewer.MoveNextAsync());

        // It goes on: the viewer sleeps until the time is up.
        var next = viewer.MoveNextAsync().AsTask();
        await feed.TellAsync(row with { StepsDone = 1 });
        await feed.TellAsync(row with { StepsDone = 2 });
        Assert.False(next.IsCompleted);
        time.Advance(BoardTopic.ProgressInterval);
        Assert.True(await next);

        // Another state: news again, at the same time of the clock.
        await feed.TellAsync(row with { Status = RunStatus.Cancelled });
        Assert.True(await viewer.MoveNextAsync());
        await boards.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Runs_OfOtherTracks_WakeNobody()
    {
        await using var track = await TrackStore.OpenAsync();
        var row = await track.Store.RowAsync((await track.SubmitAsync(1e-3)).Runs[0]);
        var (feed, time) = (new HeldFeed(), new ManualTime());
        using var boards = new TrackBoards(track.Boards, feed, time);
        await boards.StartAsync(Cancellation);
        await using var viewer = boards.WatchAsync(track.Track, null, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await viewer.MoveNextAsync());
        var next = viewer.MoveNextAsync().AsTask();

        await feed.TellAsync(row with { TrackId = "another" });
        await feed.TellAsync(row with { TrackId = null });
        time.Advance(BoardTopic.ProgressInterval);

        Assert.False(next.IsCompleted);
        await feed.TellAsync(row with { Status = RunStatus.Cancelled });
        Assert.True(await next);
        await boards.StopAsync(Cancellation);
    }

    // Tells of runs when the test says so.
    private sealed class HeldFeed : ILiveRunFeed
    {
        private readonly Channel<(RunRow Row, TaskCompletionSource Heard)> _told = Channel.CreateUnbounded<(RunRow, TaskCompletionSource)>();

        // Until the listener has dealt with it.
        public Task TellAsync(RunRow row)
        {
            TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _told.Writer.TryWrite((row, heard));
            return heard.Task.WaitAsync(Cancellation);
        }

        public async IAsyncEnumerable<IReadOnlyList<RunRow>> WatchRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (true)
            {
                var (row, heard) = await _told.Reader.ReadAsync(cancellationToken);
                yield return [row];
                heard.SetResult();
            }
        }

        public IAsyncEnumerable<RunUpdate> WatchAsync(RunId run, IReadOnlyCollection<string> keys, SeriesAxis axis, SeriesCursor cursor, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A board follows the list of runs, no single one.");
    }
}
