using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Web.Comparison;
using Ntl.Web.Live;

namespace Ntl.Tests.Web.Comparison;

public sealed class ComparisonTests
{
    private const int Steps = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Seeds_OfTwoSchedules_AreTwoLinesWithTheirN()
    {
        await using var store = await TestStore.OpenAsync(new Ntl.Web.Configuration.NtlOptions { RunsPerDevice = 8 });
        var comparisons = await FilledAsync(store);
        var view = View("group=seeds&band=ci&smooth=0");
        var set = await comparisons.FindAsync(new() { Search = "seeded" }, Cancellation);

        var panels = await new ComparisonDrawing(comparisons, set, view).DrawAllAsync(Cancellation).ToListAsync(Cancellation);

        var loss = panels.Single(panel => panel.Panel.Key == "train/loss");
        Assert.Equal(["n = 3", "n = 2"], loss.Curves.OrderByDescending(curve => curve.MostRuns).Select(curve => $"n = {curve.MostRuns}"));
        var three = loss.Curves.MaxBy(curve => curve.MostRuns)!;
        Assert.Contains("(n = 3)", three.Label, StringComparison.Ordinal);
        Assert.Contains("Exact: nothing is interpolated", loss.Note, StringComparison.Ordinal);
        // Seeds 1, 2 and 3 measured 1, 2 and 3 more than 1/(step + 1): mean 2, s = 1, t(2) = 4.3027.
        Assert.Equal(2 + 1.0, three.Y[0], 1e-6);
        Assert.Equal(3 - (4.3027 / Math.Sqrt(3)), three.Low![0], 1e-3);
        Assert.Equal(3 * Steps, three.TotalPoints);
    }

    [Fact]
    public async Task Seeds_OneOfWhichDiverged_AreAMeanOfTheOthersAndSaySo()
    {
        await using var store = await TestStore.OpenAsync(new Ntl.Web.Configuration.NtlOptions { RunsPerDevice = 8 });
        foreach (var (seed, loss) in new[] { (1, 2.0), (2, 4.0), (3, 4e13) })
        {
            var trainer = (await store.LaunchAsync(TestSpecs.Tiny(Steps, "constant seeded", seed))).Begin();
            trainer.Points(MetricKeys.TrainLoss, 0, Steps, step => step < 10 ? 2 * seed : loss);
            trainer.Points(MetricKeys.ValidationLoss, Steps, 1, _ => loss);
            await store.IngestAllAsync();
            trainer.End(seed == 3 ? AttemptOutcome.Failed : AttemptOutcome.Finished, Steps, seed == 3 ? new(RunFailureKind.NonFiniteLoss, 20, "gone") : null);
        }

        await store.IngestAllAsync();
        var comparisons = new ComparisonQueries(store.Reader);
        var set = await comparisons.FindAsync(new() { Search = "seeded" }, Cancellation);

        var grouped = await new ComparisonDrawing(comparisons, set, View("group=seeds&smooth=0")).DrawAllAsync(Cancellation).ToListAsync(Cancellation);
        var single = await new ComparisonDrawing(comparisons, set, View("smooth=0")).DrawAllAsync(Cancellation).ToListAsync(Cancellation);

        var mean = grouped.Single(panel => panel.Panel.Key == "train/loss");
        var curve = Assert.Single(mean.Curves);
        Assert.Equal(2, curve.MostRuns);
        Assert.All(curve.Y, y => Assert.Equal(3, y, 1e-6));
        Assert.Contains("1 run that diverged or exploded is left out of the means; ungroup to see it", mean.Note, StringComparison.Ordinal);
        Assert.Equal(3, single.Single(panel => panel.Panel.Key == "train/loss").Curves.Count);
        Assert.DoesNotContain("left out", single.Single(panel => panel.Panel.Key == "train/loss").Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Baseline_TakenOff_LeavesTheDifferenceOfTheRuns()
    {
        await using var store = await TestStore.OpenAsync(new Ntl.Web.Configuration.NtlOptions { RunsPerDevice = 8 });
        var comparisons = await FilledAsync(store);
        var set = await comparisons.FindAsync(new() { Search = "constant seeded" }, Cancellation);
        var (first, second) = (set.Runs.Single(run => run.Row.Seed == 1), set.Runs.Single(run => run.Row.Seed == 3));

        var panels = await new ComparisonDrawing(comparisons, set, View($"base={first.Id}&smooth=0.9")).DrawAllAsync(Cancellation).ToListAsync(Cancellation);

        var loss = panels.Single(panel => panel.Panel.Key == "train/loss");
        var curve = loss.Curves.Single(own => own.Line.Id == second.Id.Value);
        Assert.All(curve.Y, y => Assert.Equal(2, y, 1e-6));
        Assert.All(curve.Smoothed!, y => Assert.Equal(2, y, 1e-6));
        Assert.All(loss.Curves.Single(own => own.Line.Id == first.Id.Value).Y, y => Assert.Equal(0, y));
        Assert.Contains("Difference to", loss.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x=tokens", 16, 640)]
    [InlineData("x=d", 0.01, 0.4)]
    [InlineData("x=time", 0.5, 20)]
    [InlineData("x=step", 0, 39)]
    public async Task Axis_OfAComparison_PlacesEveryPoint(string query, double first, double last)
    {
        await using var store = await TestStore.OpenAsync(new Ntl.Web.Configuration.NtlOptions { RunsPerDevice = 8 });
        var comparisons = await FilledAsync(store);
        var set = await comparisons.FindAsync(new() { Search = "constant seeded" }, Cancellation);

        var panels = await new ComparisonDrawing(comparisons, set, View(query)).DrawAllAsync(Cancellation).ToListAsync(Cancellation);

        var loss = panels.Single(panel => panel.Panel.Key == "train/loss");
        Assert.All(loss.Curves, curve =>
        {
            Assert.Equal(Steps, curve.X.Length);
            Assert.Equal((first, last), (Math.Round(curve.X[0], 6), Math.Round(curve.X[^1], 6)));
        });
    }

    [Fact]
    public async Task XMetric_OfAComparison_JoinsByStepAndLosesNoPoint()
    {
        await using var store = await TestStore.OpenAsync(new Ntl.Web.Configuration.NtlOptions { RunsPerDevice = 8 });
        var comparisons = await FilledAsync(store);
        var set = await comparisons.FindAsync(new() { Search = "constant seeded" }, Cancellation);

        var panels = await new ComparisonDrawing(comparisons, set, View("x=train/loss&metrics=time/elapsed_seconds")).DrawAllAsync(Cancellation).ToListAsync(Cancellation);

        var curve = panels.Single().Curves[0];
        Assert.Equal(Steps, curve.X.Length);
        Assert.Equal(curve.X.Order(), curve.X);
        // The loss falls while time rises.
        Assert.Equal(curve.Y.OrderDescending(), curve.Y);
    }

    [Fact]
    public async Task Window_OfAComparison_IsAllThatIsDrawn()
    {
        await using var store = await TestStore.OpenAsync(new Ntl.Web.Configuration.NtlOptions { RunsPerDevice = 8 });
        var comparisons = await FilledAsync(store);
        var set = await comparisons.FindAsync(new() { Search = "seeded" }, Cancellation);

        var panels = await new ComparisonDrawing(comparisons, set, View("group=schedule&from=10&to=19")).DrawAllAsync(Cancellation).ToListAsync(Cancellation);

        Assert.All(panels.Single(panel => panel.Panel.Key == "train/loss").Curves, curve => Assert.Equal((10.0, 19.0), (curve.X[0], curve.X[^1])));
    }

    [Fact]
    public async Task Points_AfterAResume_AreThoseThatCount()
    {
        await using var store = await TestStore.OpenAsync();
        var first = (await store.LaunchAsync(TestSpecs.Tiny(Steps))).Begin();
        first.Points(MetricKeys.TrainLoss, 0, 30, step => 1);
        await store.IngestAllAsync();
        first.End(AttemptOutcome.Failed, 30, new(RunFailureKind.DataInvalid, 30, "gone"));
        await store.IngestAllAsync();
        await store.Commands.RequeueAsync(first.Launch.Run, Cancellation);
        await store.Queue.PassAsync(Cancellation);
        var second = store.Launcher.Trainers[^1].Begin(20);
        second.Points(MetricKeys.TrainLoss, 20, 20, step => 2);
        await store.IngestAllAsync();

        var points = (await new ComparisonQueries(store.Reader).ReadAsync([first.Launch.Run], "train/loss", Cancellation))[first.Launch.Run];

        Assert.Equal(Enumerable.Range(0, Steps).Select(step => (long)step), points.Steps);
        Assert.Equal(Enumerable.Repeat(1.0, 20).Concat(Enumerable.Repeat(2.0, 20)), points.Values);
        Assert.Equal([20], points.Seams);
    }

    [Fact]
    public async Task Points_OfARunThatGoesOn_AreReadAnewAndThoseOfAnotherAreNot()
    {
        await using var store = await TestStore.OpenAsync(new Ntl.Web.Configuration.NtlOptions { RunsPerDevice = 8 });
        var (still, growing) = ((await store.LaunchAsync(TestSpecs.Tiny(Steps, "still"))).Begin(), (await store.LaunchAsync(TestSpecs.Tiny(Steps, "growing"))).Begin());
        still.Points(MetricKeys.TrainLoss, 0, 10, step => 1);
        growing.Points(MetricKeys.TrainLoss, 0, 10, step => 1);
        await store.IngestAllAsync();
        var comparisons = new ComparisonQueries(store.Reader);
        RunId[] runs = [still.Launch.Run, growing.Launch.Run];
        var before = await comparisons.ReadAsync(runs, "train/loss", Cancellation);
        growing.Points(MetricKeys.TrainLoss, 10, 5, step => 2);
        await store.IngestAllAsync();

        var after = await comparisons.ReadAsync(runs, "train/loss", Cancellation);

        Assert.Same(before[still.Launch.Run], after[still.Launch.Run]);
        Assert.Equal(10, before[growing.Launch.Run].Steps.Length);
        Assert.Equal(Enumerable.Repeat(1.0, 10).Concat(Enumerable.Repeat(2.0, 5)), after[growing.Launch.Run].Values);
    }

    [Fact]
    public async Task Points_OfARunThatIsResumed_AreReadAnew()
    {
        await using var store = await TestStore.OpenAsync();
        var comparisons = new ComparisonQueries(store.Reader);
        var first = (await store.LaunchAsync(TestSpecs.Tiny(Steps))).Begin();
        first.Points(MetricKeys.TrainLoss, 0, 30, step => 1);
        await store.IngestAllAsync();
        first.End(AttemptOutcome.Failed, 30, new(RunFailureKind.DataInvalid, 30, "gone"));
        await store.IngestAllAsync();
        var before = (await comparisons.ReadAsync([first.Launch.Run], "train/loss", Cancellation))[first.Launch.Run];
        await store.Commands.RequeueAsync(first.Launch.Run, Cancellation);
        await store.Queue.PassAsync(Cancellation);
        store.Launcher.Trainers[^1].Begin(20).Points(MetricKeys.TrainLoss, 20, 5, step => 2);
        await store.IngestAllAsync();

        var after = (await comparisons.ReadAsync([first.Launch.Run], "train/loss", Cancellation))[first.Launch.Run];

        Assert.Equal(30, before.Steps.Length);
        Assert.Equal(Enumerable.Repeat(1.0, 20).Concat(Enumerable.Repeat(2.0, 5)), after.Values);
    }

    [Fact]
    public async Task Smoothing_OfPointsThatAreKept_IsTheOneAskedFor()
    {
        await using var store = await TestStore.OpenAsync(new Ntl.Web.Configuration.NtlOptions { RunsPerDevice = 8 });
        var comparisons = await FilledAsync(store);
        var set = await comparisons.FindAsync(new() { Search = "constant seeded" }, Cancellation);
        List<double[]> drawn = [];
        foreach (var query in new[] { "smooth=0.9", "smooth=0.5", "smooth=0.9&x=tokens", "smooth=0.9" })
        {
            var panels = await new ComparisonDrawing(comparisons, set, View(query)).DrawAllAsync(Cancellation).ToListAsync(Cancellation);
            drawn.Add(panels.Single(panel => panel.Panel.Key == "train/loss").Curves[0].Smoothed!);
        }

        Assert.NotEqual(drawn[0], drawn[1]);
        Assert.Equal(drawn[0], drawn[2]);
        Assert.Equal(drawn[0], drawn[3]);
    }

    [Fact]
    public async Task Selection_OfALargeSearch_TakesTenAndSaysOfHowMany()
    {
        await using var store = await TestStore.OpenAsync();
        for (var seed = 0; seed < 14; seed++)
        {
            await store.CreateAsync(TestSpecs.Tiny(seed: seed, name: $"many {seed}"));
        }

        var comparisons = new ComparisonQueries(store.Reader);
        var few = await comparisons.FindAsync(new() { Search = "many" }, Cancellation);
        var all = await comparisons.FindAsync(new() { Search = "many", Most = 100 }, Cancellation);
        var named = await comparisons.FindAsync(new() { Runs = [all.Runs[3].Id.Value, "zzzzzzzzzz", all.Runs[1].Id.Value] }, Cancellation);
        var bySchedule = await comparisons.FindAsync(new() { Schedule = all.Runs[0].Row.ScheduleHash[..12] }, Cancellation);

        Assert.Equal((10, 14), (few.Runs.Count, few.Total));
        Assert.Equal(14, all.Runs.Count);
        Assert.Equal([all.Runs[3].Id, all.Runs[1].Id], named.Runs.Select(run => run.Id));
        Assert.Equal(["zzzzzzzzzz"], named.Missing);
        Assert.Equal(14, bySchedule.Total);
    }

    [Theory]
    [InlineData("runs=a,b&x=tokens&smooth=0.5&group=schedule,peak&dash=optimizer&panel=data&band=minmax&base=a&metrics=val/loss&from=1&to=2&logx=yes&logy=yes&highlight=b&sort=d&order=desc")]
    [InlineData("search=wsd&most=40&x=train/loss")]
    [InlineData("experiment=0000000001")]
    [InlineData("schedule=abc")]
    [InlineData("")]
    public void View_WrittenAndRead_IsTheSame(string query)
    {
        var written = Written(View(query));

        Assert.Equal(query.Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
        Assert.Equal(written, Written(View(string.Join('&', written))));
    }

    [Fact]
    public void View_OfNonsense_IsTheDefault()
    {
        var view = View("x=astrology&smooth=fast&band=elastic&from=3&to=1&most=-4&metrics=,no key,&logx=1");

        Assert.Equal(SeriesAxis.Step, view.Axis);
        Assert.Empty(Written(view));
    }

    [Fact]
    public async Task Colours_BeyondThePalette_DifferByDashes()
    {
        await using var store = await TestStore.OpenAsync();
        for (var seed = 0; seed < 20; seed++)
        {
            await store.CreateAsync(TestSpecs.Tiny(seed: seed, name: $"line {seed}"));
        }

        var comparisons = new ComparisonQueries(store.Reader);
        var set = await comparisons.FindAsync(new() { Search = "line", Most = 20 }, Cancellation);
        var lines = new ComparisonDrawing(comparisons, set, View("")).Lines;

        Assert.Equal(20, lines.Select(line => (line.Color, line.Dash)).Distinct().Count());
    }

    // Three seeds of a constant rate, two of a falling one; seed s measures s more than 1/(step + 1).
    private static async Task<ComparisonQueries> FilledAsync(TestStore store)
    {
        var constant = TestSpecs.Tiny(Steps, "constant seeded");
        var falling = TestSpecs.Tiny(Steps, "falling seeded") with { Schedule = StandardSchedules.Cosine(Steps, 0.02, 0.001, 4) };
        foreach (var spec in new[] { constant, constant with { Seed = 2 }, constant with { Seed = 3 }, falling, falling with { Seed = 2 } })
        {
            var trainer = (await store.LaunchAsync(spec)).Begin();
            trainer.Points(MetricKeys.TrainLoss, 0, Steps, step => spec.Seed + (1.0 / (step + 1)));
            trainer.Points(MetricKeys.ElapsedSeconds, 0, Steps, step => 0.5 * (step + 1));
        }

        await store.IngestAllAsync();
        return new(store.Reader);
    }

    private static ComparisonView View(string query)
    {
        var parsed = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        return ComparisonView.FromQuery(key => parsed.TryGetValue(key, out var value) ? value.ToString() : null);
    }

    private static List<string> Written(ComparisonView view) => [.. view.ToQuery().Select(pair => $"{pair.Key}={pair.Value}")];
}
