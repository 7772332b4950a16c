using Ntl.Domain.Metrics;
using Ntl.Tests.Support;
using Ntl.Web.Live;

namespace Ntl.Tests.Web.Live;

public sealed class SeriesQueriesTests
{
    private const int Count = 100_000;
    private const int SpikeAt = 77_777;

    [Fact]
    public async Task Query_OfALongSeries_GivesAThousandPointsWithTheSpike()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await LongRunAsync(store);

        var window = (await store.Series.QueryAsync(new SeriesRequest { Run = run, Keys = ["train/loss", "no/such"] }, TestContext.Current.CancellationToken))!;

        var series = window.Series[0];
        Assert.InRange(series.ShownPoints, 200, 1_000);
        Assert.Equal(Count, series.TotalPoints);
        Assert.Equal(99.0, series.Y.Max());
        Assert.Equal((0L, (long)Count - 1), (series.Steps[0], series.Steps[^1]));
        Assert.Equal(new SeriesPosition(1, Count - 1), window.Cursor["train/loss"]);
        Assert.Equal(0, window.Series[1].TotalPoints);
    }

    [Theory]
    [InlineData(SeriesAxis.Step, 77_700.0, 77_799.0)]
    [InlineData(SeriesAxis.Tokens, 77_701 * 16.0, 77_800 * 16.0)]
    [InlineData(SeriesAxis.LearningRateSum, 777.01, 778.0)]
    [InlineData(SeriesAxis.Elapsed, 7_770.1, 7_780.0)]
    public async Task Query_OfAWindow_GivesEveryPointInItOnAnyAxis(SeriesAxis axis, double from, double to)
    {
        await using var store = await TestStore.OpenAsync();
        var run = await LongRunAsync(store);

        var window = (await store.Series.QueryAsync(
            new SeriesRequest { Run = run, Keys = ["train/loss"], Axis = axis, From = from - 1e-6, To = to + 1e-6 }, TestContext.Current.CancellationToken))!;

        var series = window.Series[0];
        Assert.Equal(Enumerable.Range(77_700, 100).Select(step => (long)step), series.Steps);
        Assert.Equal(from, series.X[0], Math.Abs(from) * 1e-9);
        Assert.Equal(to, series.X[^1], Math.Abs(to) * 1e-9);
    }

    [Fact]
    public async Task Query_WithSmoothing_SmoothsAllPointsBeforeItReducesThem()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await LongRunAsync(store);

        var coarse = (await store.Series.QueryAsync(new SeriesRequest { Run = run, Keys = ["train/loss"], Smoothing = 0.9, MaxPoints = 100 }, TestContext.Current.CancellationToken))!.Series[0];
        var fine = (await store.Series.QueryAsync(new SeriesRequest { Run = run, Keys = ["train/loss"], Smoothing = 0.9, MaxPoints = 4_000 }, TestContext.Current.CancellationToken))!.Series[0];

        var byStep = fine.Steps.Zip(fine.Smoothed!).ToDictionary(pair => pair.First, pair => pair.Second);
        var shared = coarse.Steps.Zip(coarse.Smoothed!).Where(pair => byStep.ContainsKey(pair.First)).ToList();
        Assert.NotEmpty(shared);
        Assert.All(shared, pair => Assert.Equal(byStep[pair.First], pair.Second));
    }

    [Fact]
    public void Cursor_WrittenAndRead_IsTheSame()
    {
        var cursor = SeriesCursor.Start.Advance([KeyValuePair.Create("train/loss", new SeriesPosition(3, 70)), KeyValuePair.Create("a:b;c", new SeriesPosition(1, 0))], 12);

        var read = SeriesCursor.Parse(cursor.ToString())!;

        Assert.Equal(cursor.ToString(), read.ToString());
        Assert.Equal(new SeriesPosition(3, 70), read["train/loss"]);
        Assert.Equal(new SeriesPosition(1, 0), read["a:b;c"]);
        Assert.Equal(12, read.EventSequence);
        Assert.Null(SeriesCursor.Parse("12;train/loss:3"));
        Assert.Null(SeriesCursor.Parse("x"));
    }

    private static async Task<Ntl.Domain.Runs.RunId> LongRunAsync(TestStore store)
    {
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny(Count))).Begin();
        trainer.Points(MetricKeys.TrainLoss, 0, Count, step => step == SpikeAt ? 99.0 : (float)(3 + Math.Sin(step / 100.0)));
        trainer.Points(MetricKeys.ElapsedSeconds, 0, Count, step => (step + 1) * 0.1);
        await store.IngestAllAsync();
        return trainer.Launch.Run;
    }
}
