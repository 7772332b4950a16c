using Microsoft.Extensions.Logging.Abstractions;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Thermodynamics;

namespace Ntl.Tests.Web.Thermodynamics;

public sealed class RunAnalysesTests
{
    [Fact]
    public async Task Watch_RunThatMeasuresMore_GivesWhatIsThereAndThenWhatComes()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = await NoisyAsync(store);
        var analyses = Analyses(store);
        await using var watching = analyses.WatchAsync(trainer.Launch.Run, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await watching.MoveNextAsync());
        var first = watching.Current;
        trainer.Points(ProbeKeys.Noise, 20, 10, _ => 4);
        await store.IngestAllAsync();
        while (watching.Current.Thermodynamics!.Record[ProbeKeys.Noise].Count < 30)
        {
            Assert.True(await watching.MoveNextAsync());
        }

        Assert.Equal(20, first.Thermodynamics!.Record[ProbeKeys.Noise].Count);
        Assert.NotEmpty(await first.PanelsAsync());
        Assert.Same(await first.PanelsAsync(), await first.PanelsAsync());
    }

    [Fact]
    public async Task Watch_ByTwo_GivesBothTheSameAnalysis()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = await NoisyAsync(store);
        var analyses = Analyses(store);

        await using var one = analyses.WatchAsync(trainer.Launch.Run, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using var two = analyses.WatchAsync(trainer.Launch.Run, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await one.MoveNextAsync() && await two.MoveNextAsync());
        Assert.Same(one.Current, two.Current);
    }

    [Fact]
    public async Task Watch_NoSuchRun_Ends()
    {
        await using var store = await TestStore.OpenAsync();

        await foreach (var analysis in Analyses(store).WatchAsync(new RunId("0000000000"), TestContext.Current.CancellationToken))
        {
            Assert.Fail($"A run that is not there has {analysis.Alerts.Count} alerts.");
        }
    }

    [Fact]
    public async Task Pass_OverARunGoneToInfinity_KeepsItsAlertForTheLists()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny())).Begin();
        trainer.Points(MetricKeys.TrainLoss, 0, 10, step => step < 9 ? 3 : double.NaN).End(AttemptOutcome.Failed, 10, new(RunFailureKind.NonFiniteLoss, 9, "NaN"));
        await store.IngestAllAsync();
        var analyses = Analyses(store);
        Assert.Empty(analyses.LastAlertsOf(trainer.Launch.Run));

        using var watch = new AlertWatch(store.Queries, analyses, TimeProvider.System, NullLogger<AlertWatch>.Instance);
        await watch.PassAsync(TestContext.Current.CancellationToken);

        Assert.Contains(analyses.LastAlertsOf(trainer.Launch.Run), alert => alert.Kind == RunAlertKind.NotFinite);
    }

    private static RunAnalyses Analyses(TestStore store) =>
        new(store.Queries, store.Series, store.Feed, new RunRecords(store.Queries, store.Series), TimeProvider.System, NullLogger<RunAnalyses>.Instance);

    private static async Task<FakeTrainer> NoisyAsync(TestStore store)
    {
        var trainer = (await store.LaunchAsync(TestSpecs.Tiny() with { Probes = new() { NoiseIntervalSteps = 1 } })).Begin();
        trainer.Losses(0, 20).Points(ProbeKeys.Noise, 0, 20, step => 2 + (step % 2));
        await store.IngestAllAsync();
        return trainer;
    }
}
