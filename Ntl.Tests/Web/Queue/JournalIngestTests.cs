using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Live;
using Ntl.Web.Persistence;

namespace Ntl.Tests.Web.Queue;

public sealed class JournalIngestTests
{
    [Fact]
    public async Task Pass_OverARunFromStartToEnd_StoresItAndFinishesIt()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny(40))).Begin();
        trainer.Points(MetricKeys.ValidationLoss, 0, 1, _ => 5.5).Losses(0, 20).Saved(20);
        await store.IngestAllAsync();
        var midway = await store.RowAsync(trainer.Launch.Run);

        trainer.Losses(20, 20).Points(MetricKeys.TokensPerSecond, 0, 40, step => 1000 + step).End(AttemptOutcome.Finished, 40);
        await store.IngestAllAsync();

        var row = await store.RowAsync(trainer.Launch.Run);
        Assert.Equal(RunStatus.Running, midway.Status);
        Assert.Equal(20, midway.StepsDone);
        Assert.Equal(5.5, midway.ValidationLoss);
        Assert.Equal(RunStatus.Finished, row.Status);
        Assert.Equal(40, row.StepsDone);
        Assert.Equal(FakeTrainer.LossAt(39), row.TrainLoss);
        Assert.Equal(FakeTrainer.LossAt(39), row.BestTrainLoss);
        Assert.Equal(0.01 * 40, row.LearningRateSum!.Value, 12);
        Assert.Equal(1039, row.TokensPerSecond);
        Assert.Equal(Enumerable.Range(0, 40).Select(step => (long)step), (await PointsAsync(store, trainer.Launch.Run, MetricKeys.TrainLoss)).Select(point => point.Step));
    }

    [Fact]
    public async Task Pass_OverALastValidationThatIsNoNumber_LeavesNoEarlierOneInItsPlace()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny(40))).Begin();
        trainer.Points(MetricKeys.ValidationLoss, 0, 1, _ => 4.5).Points(MetricKeys.ValidationLoss, 20, 1, _ => 2.5).Losses(0, 40);
        await store.IngestAllAsync();
        trainer.Points(MetricKeys.ValidationLoss, 40, 1, _ => double.NaN).Evaluated(EvaluationSlice.Public, 40, double.NaN).End(AttemptOutcome.Finished, 40);
        await store.IngestAllAsync();

        var row = await store.RowAsync(trainer.Launch.Run);
        Assert.Equal((RunStatus.Finished, null, null, true), (row.Status, row.ValidationLoss, row.FinalLoss, row.Diverged));
        Assert.Equal((2.5, FinalLossState.Diverged), (row.BestValidationLoss, row.Final.State));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1500)]
    public async Task Pass_WithARestartAfterEachBatch_StoresEachPointOnce(int pointsPerBatch)
    {
        var store = await TestStore.OpenAsync();
        await using var first = store;
        const int Count = 3_000;
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny(Count))).Begin();
        var batches = pointsPerBatch == 1 ? 30 : Count / pointsPerBatch;
        for (var batch = 0; batch < batches; batch++)
        {
            trainer.Losses((long)batch * pointsPerBatch, pointsPerBatch);
            await store.IngestAllAsync();
            if (batch % 10 == 0 || pointsPerBatch > 100)
            {
                store = await store.RestartAsync();
            }
        }

        await store.IngestAllAsync();

        var points = await PointsAsync(store, trainer.Launch.Run, MetricKeys.TrainLoss);
        Assert.Equal(Enumerable.Range(0, batches * pointsPerBatch).Select(step => ((long)step, FakeTrainer.LossAt(step))), points);
        await store.Writer.DisposeAsync();
    }

    [Fact]
    public async Task Pass_WhoseTransactionFails_LosesNothingAndRepeatsNothing()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny(200_000))).Begin().Losses(0, 100);
        await store.IngestAllAsync();
        trainer.Losses(100, 100_000);
        await store.Writer.WriteAsync(Durability.ProcessCrash, context => context.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1"), CancellationToken.None);

        await Assert.ThrowsAsync<StoreException>(() => store.Ingest.PassAsync(CancellationToken.None));
        await store.Writer.WriteAsync(Durability.ProcessCrash, context => context.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1000000"), CancellationToken.None);
        await store.IngestAllAsync();

        Assert.Equal(100_100, (await PointsAsync(store, trainer.Launch.Run, MetricKeys.TrainLoss)).Count);
    }

    [Fact]
    public async Task Pass_OverATrainerThatVanished_StoresItsLastWordsThenInterruptsTheRun()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync()).Begin().Losses(0, 13).Die();

        await store.Monitor.PassAsync(CancellationToken.None);
        await store.IngestAllAsync();

        var detail = (await store.Queries.FindAsync(trainer.Launch.Run, TestContext.Current.CancellationToken))!;
        Assert.Equal(RunStatus.Interrupted, detail.Run.Status);
        Assert.Contains("exit code 137", detail.Run.StatusReason, StringComparison.Ordinal);
        Assert.Equal(13, detail.Run.StepsDone);
        Assert.NotNull(Assert.Single(detail.Attempts).EndedAt);
    }

    [Fact]
    public async Task Pass_OverASealedAttempt_StoresNothingThatItWritesLater()
    {
        await using var store = await TestStore.OpenAsync(new() { LeaseTimeout = TimeSpan.FromSeconds(10) });
        store.Launcher.CanStop = false; // a machine out of reach: the frozen trainer stays
        var stale = (await store.LaunchAsync()).Begin().Losses(0, 10).Saved(10);
        await store.IngestAllAsync();
        await store.Monitor.PassAsync(CancellationToken.None);
        store.Time.Advance(TimeSpan.FromSeconds(11));
        await store.Monitor.PassAsync(CancellationToken.None);
        await store.IngestAllAsync();
        var given = await store.RowAsync(stale.Launch.Run);

        // The fence refuses what goes through it; what a write already under way still adds is not read.
        Assert.Throws<Ntl.Training.Runs.SupersededException>(() => stale.Losses(10, 5));
        AppendPast(stale, 10, 5);
        store.Time.Advance(TimeSpan.FromSeconds(30));
        await store.Queue.PassAsync(CancellationToken.None);
        await store.IngestAllAsync();

        Assert.Equal(RunStatus.Interrupted, given.Status);
        Assert.Equal(10, (await PointsAsync(store, stale.Launch.Run, MetricKeys.TrainLoss)).Count);
    }

    [Fact]
    public async Task Pass_OverAResumedRun_ShowsTheNewAttemptAndKeepsTheOldTailApart()
    {
        await using var store = await TestStore.OpenAsync();
        var first = (await store.LaunchAsync()).Begin().Losses(0, 25).Saved(20).Die();
        await store.Monitor.PassAsync(CancellationToken.None);
        await store.IngestAllAsync();
        store.Time.Advance(TimeSpan.FromMinutes(5));
        await store.Queue.PassAsync(CancellationToken.None);
        store.Time.Advance(TimeSpan.FromMinutes(5));
        await store.Queue.PassAsync(CancellationToken.None);
        var second = store.Launcher.Trainers[^1].Begin(startStep: 20).Points(MetricKeys.TrainLoss, 20, 20, step => -step).End(AttemptOutcome.Finished, 40);
        await store.IngestAllAsync();

        var window = (await store.Series.QueryAsync(
            new SeriesRequest { Run = first.Launch.Run, Keys = [MetricKeys.TrainLoss.Value], IncludeOrphans = true }, TestContext.Current.CancellationToken))!;

        var series = Assert.Single(window.Series);
        Assert.Equal(2, second.Launch.Attempt);
        Assert.Equal(Enumerable.Range(0, 40).Select(step => (long)step), series.Steps);
        Assert.Equal(Enumerable.Range(0, 40).Select(step => step < 20 ? FakeTrainer.LossAt(step) : -step), series.Y);
        Assert.Equal([20], series.Seams);
        var orphan = Assert.Single(series.Orphans);
        Assert.Equal(1, orphan.Attempt);
        Assert.Equal([20.0, 21, 22, 23, 24], orphan.X);
        Assert.Equal(45, (await PointsAsync(store, first.Launch.Run, MetricKeys.TrainLoss)).Count);
    }

    private static async Task<List<(long Step, double Value)>> PointsAsync(TestStore store, RunId run, MetricKey key)
    {
        List<(long, double)> all = [];
        await foreach (var points in store.Series.ReadAllAsync(run, [key.Value], TestContext.Current.CancellationToken))
        {
            all.AddRange(points.Steps.Zip(points.Values));
        }

        return all;
    }

    // What a trainer does that looked at the fence a moment before it was raised: a whole record, at the journal's end.
    private static void AppendPast(FakeTrainer stale, long first, int count)
    {
        var other = new TemporaryDirectory();
        using (other)
        {
            var directory = new Ntl.Training.Runs.RunDirectory(other["run"]);
            directory.Create();
            var fence = Ntl.Training.Runs.Fence.Issue(1);
            fence.Raise(directory);
            var attempt = directory.CreateAttempt(1);
            using (var journal = new Ntl.Training.Runs.JournalWriter(attempt, new Ntl.Training.Runs.FenceGuard(directory, fence), new ManualTime()))
            {
                for (var step = first; step < first + count; step++)
                {
                    journal.AppendMetric(MetricKeys.TrainLoss, step, 1);
                }

                journal.Flush();
            }

            const int HeaderBytes = 16;
            using var end = new FileStream(stale.Attempt.JournalPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            end.Write(File.ReadAllBytes(attempt.JournalPath).AsSpan(HeaderBytes));
        }
    }
}
