using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Live;

namespace Ntl.Tests.Web.Live;

public sealed class LiveRunFeedTests
{
    private static readonly string[] s_loss = [MetricKeys.TrainLoss.Value];

    [Fact]
    public async Task Watch_FromTheCursorOfAWindow_GoesOnWithoutGapOrRepeat()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny(500))).Begin().Losses(0, 50);
        await store.IngestAllAsync();
        var window = (await store.Series.QueryAsync(new SeriesRequest { Run = trainer.Launch.Run, Keys = s_loss }, TestContext.Current.CancellationToken))!;
        trainer.Losses(50, 10); // stored after the window was read, before the viewer listens
        await store.IngestAllAsync();

        List<long> seen = [.. window.Series[0].Steps];
        await foreach (var update in store.Feed.WatchAsync(trainer.Launch.Run, s_loss, SeriesAxis.Step, window.Cursor, TestContext.Current.CancellationToken))
        {
            seen.AddRange(update.Deltas.SelectMany(delta => delta.Steps));
            if (seen.Count >= 200)
            {
                break;
            }

            trainer.Losses(seen.Count, 20);
            await store.IngestAllAsync();
            trainer.Losses(seen.Count + 20, 20);
            await store.IngestAllAsync();
        }

        Assert.Equal(Enumerable.Range(0, seen.Count).Select(step => (long)step), seen);
    }

    [Fact]
    public async Task Watch_AcrossAResume_TellsFromWhichStepTheOldPointsNoLongerCount()
    {
        await using var store = await TestStore.OpenAsync();
        var first = (await store.LaunchAsync()).Begin().Losses(0, 25).Saved(20).End(AttemptOutcome.Interrupted, 25);
        await store.IngestAllAsync();
        var window = (await store.Series.QueryAsync(new SeriesRequest { Run = first.Launch.Run, Keys = s_loss }, TestContext.Current.CancellationToken))!;
        await store.Queue.PassAsync(CancellationToken.None);
        await store.Queue.PassAsync(CancellationToken.None);
        store.Launcher.Trainers[^1].Begin(startStep: 20).Points(MetricKeys.TrainLoss, 20, 3, step => -step);
        await store.IngestAllAsync();

        var update = await FirstAsync(store.Feed.WatchAsync(first.Launch.Run, s_loss, SeriesAxis.Tokens, window.Cursor, TestContext.Current.CancellationToken));

        var delta = Assert.Single(update.Deltas);
        Assert.Equal((2, 20L), (delta.Attempt, delta.RewindToStep));
        Assert.Equal([20L, 21, 22], delta.Steps);
        Assert.Equal([21 * 16.0, 22 * 16, 23 * 16], delta.X);
        Assert.Equal(["train/loss"], update.NewKeys);
    }

    [Fact]
    public async Task Watch_ByAViewerThatTheWindowLeftBehind_ReadsWhatItMissedFromTheStore()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny(100_000))).Begin().Losses(0, 10);
        await store.IngestAllAsync();
        await using var viewer = store.Feed.WatchAsync(trainer.Launch.Run, s_loss, SeriesAxis.Step, SeriesCursor.Start, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await viewer.MoveNextAsync();
        trainer.Losses(10, 100);
        await store.IngestAllAsync();
        trainer.Points(MetricKeys.GradientNorm, 0, 30_000, step => step);
        await store.IngestAllAsync();

        await viewer.MoveNextAsync();

        Assert.False(viewer.Current.MustReload);
        Assert.Equal(Enumerable.Range(10, 100).Select(step => (long)step), Assert.Single(viewer.Current.Deltas).Steps);
    }

    [Fact]
    public async Task Watch_FarBehindOnItsOwnKey_IsToldToReload()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny(100_000))).Begin().Losses(0, 30_000);
        await store.IngestAllAsync();

        var update = await FirstAsync(store.Feed.WatchAsync(trainer.Launch.Run, s_loss, SeriesAxis.Step, SeriesCursor.Start, TestContext.Current.CancellationToken));

        Assert.True(update.MustReload);
        Assert.Empty(update.Deltas);
    }

    [Fact]
    public async Task WatchRuns_OfManyChanges_GivesEachRunOnceABatchAndEndsWithItsNewestRow()
    {
        await using var store = await TestStore.OpenAsync();
        await using var viewer = store.Feed.WatchRunsAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = viewer.MoveNextAsync();
        var run = await store.CreateAsync();
        await first;
        var next = viewer.MoveNextAsync();
        await store.Commands.PauseAsync(run, CancellationToken.None);
        await store.Commands.ResumeAsync(run, CancellationToken.None);
        await store.Commands.CancelAsync(run, CancellationToken.None);

        await next;

        // On a slow machine the three changes may leave in more than one batch, each with the run once.
        while (Assert.Single(viewer.Current).Status != RunStatus.Cancelled)
        {
            await viewer.MoveNextAsync();
        }
    }

    [Fact]
    public async Task Watch_OfNoRun_Ends()
    {
        await using var store = await TestStore.OpenAsync();

        await foreach (var _ in store.Feed.WatchAsync(RunId.New(), s_loss, SeriesAxis.Step, SeriesCursor.Start, TestContext.Current.CancellationToken))
        {
            Assert.Fail("There is nothing to watch.");
        }
    }

    private static async Task<RunUpdate> FirstAsync(IAsyncEnumerable<RunUpdate> updates)
    {
        await foreach (var update in updates)
        {
            return update;
        }

        throw new InvalidOperationException("There was no update.");
    }
}
