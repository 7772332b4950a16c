using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Live;
using Ntl.Web.Thermodynamics;

namespace Ntl.Tests.Web.Thermodynamics;

public sealed class RunPointsTests
{
    [Fact]
    public async Task Read_RunThatWentBack_LeavesOrphanedTailsOutAndStandsAtTheirEnd()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await ResumedRunAsync(store);

        var points = await ReadAsync(store, run);

        var record = points.ToRecord();
        Assert.Equal(Enumerable.Range(0, 12).Select(step => (long)step), record[MetricKeys.TrainLoss].Steps.ToArray());
        Assert.Equal([0, 2, 4, 6, 8, 10], record[ProbeKeys.Noise].Steps.ToArray());
        Assert.Equal([1.0, 1, 1, 2, 2, 2], record[ProbeKeys.Noise].Values.ToArray());
        Assert.Equal(new SeriesPosition(2, 11), points.Cursor[MetricKeys.TrainLoss.Value]);
        Assert.DoesNotContain(MetricKeys.TokensPerSecond.Value, points.Keys);
    }

    [Fact]
    public async Task Read_RunWithoutNeededPoints_IsEmptyAndReadsNothingElse()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync()).Begin();
        trainer.Points(MetricKeys.TokensPerSecond, 0, 5, _ => 1);
        await store.IngestAllAsync();

        var points = await ReadAsync(store, trainer.Launch.Run);

        Assert.Empty(points.Keys);
        Assert.Empty(points.ToRecord().Series);
    }

    [Fact]
    public async Task Add_AttemptThatWentBack_DropsWhatItHasNotMeasuredAgain()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await ResumedRunAsync(store);
        var points = await ReadAsync(store, run);
        var before = points.ToRecord();
        var row = await store.RowAsync(run);

        var isMeasured = points.Add(new RunUpdate(row, [new(MetricKeys.TrainLoss.Value, 3, 5, [5, 6], [5, 6], [0.5, 0.25])], [], [], points.Cursor, MustReload: false));

        var record = points.ToRecord();
        Assert.False(isMeasured);
        Assert.Equal([0, 2, 4], record[ProbeKeys.Noise].Steps.ToArray());
        Assert.Equal(7, record[MetricKeys.TrainLoss].Count);
        Assert.Equal(0.25, record[MetricKeys.TrainLoss].Values[^1]);
        Assert.Equal(12, before[MetricKeys.TrainLoss].Count);
    }

    [Theory]
    [InlineData("probe/noise/h.0", true)]
    [InlineData("val/loss", true)]
    [InlineData("train/tokens_per_second", false)]
    public void IsNeeded_Key_IsWhatThermodynamicsAreMadeOf(string key, bool isNeeded) => Assert.Equal(isNeeded, RunPoints.IsNeeded(key));

    private static async Task<RunPoints> ReadAsync(TestStore store, RunId run)
    {
        var detail = (await store.Queries.FindAsync(run, TestContext.Current.CancellationToken))!;
        return await RunPoints.ReadAsync(store.Series, run, detail.Spec, detail.MetricKeys, TestContext.Current.CancellationToken);
    }

    // Attempt 1 measured steps 0 to 9; attempt 2 went on from step 6.
    private static async Task<RunId> ResumedRunAsync(TestStore store)
    {
        var first = (await store.LaunchAsync(TestSpecs.Tiny())).Begin();
        Measure(first, 0, 10, 1);
        first.Saved(6).End(AttemptOutcome.Interrupted, 10);
        await store.IngestAllAsync();
        await store.Queue.PassAsync(TestContext.Current.CancellationToken);
        var second = store.Launcher.Trainers.Last();
        Assert.NotSame(first, second);
        Measure(second.Begin(6), 6, 6, 2);
        await store.IngestAllAsync();
        return first.Launch.Run;
    }

    private static void Measure(FakeTrainer trainer, long first, int count, double value)
    {
        trainer.Points(MetricKeys.TokensPerSecond, first, count, _ => 100).Losses(first, count);
        for (var step = first + (first % 2); step < first + count; step += 2)
        {
            trainer.Points(ProbeKeys.Noise, step, 1, _ => value);
        }
    }
}
