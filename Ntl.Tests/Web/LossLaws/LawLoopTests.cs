using Ntl.Domain.Claims;
using Ntl.Domain.Experiments;
using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Web.Components.Lab;
using Ntl.Web.Experiments;
using Ntl.Web.Laws;
using Ntl.Web.Thermodynamics;

namespace Ntl.Tests.Web.LossLaws;

/// <summary>From stored runs to a fit, a suggestion, its runs and their report, in a world in which the law holds.</summary>
public sealed class LawLoopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loop_InAWorldOfNewtonsLaw_GainsWhatItPredicts()
    {
        await using var store = await TestStore.OpenAsync(new() { RunsPerDevice = 100 });
        using var world = new World(store);
        var runs = await TrainAllAsync(store);

        // Fit.
        var outcome = await world.Bench.RunAsync(new BakeOffRequest([.. runs.Take(3)], [runs[3]]) { Laws = [LawKind.PowerLaw, LawKind.Newton] }, null, Cancellation);
        Assert.Empty(outcome.Problems);
        var chosen = outcome.Result!.Chosen!;
        Assert.Equal(LawKind.Newton, chosen.Kind);
        Assert.InRange(chosen.TestError!.Value, 0, 0.005);
        Assert.True(outcome.Result.Row("powerLaw")!.TestError > 5 * chosen.TestError);
        var saved = (await world.Fits.SaveAsync("Newton", chosen.Fit!, outcome.Result.Train, Cancellation)).Fit!;

        // Suggest.
        var constraints = new AdviceConstraints(LawWorld.Steps, LawWorld.Peak, 0, LawWorld.Warmup);
        var suggestion = (await world.Suggestions.SuggestAsync(new SuggestionRequest(saved.Id.Value, constraints, null), Cancellation)).Suggestion!;
        Assert.True(suggestion.Advice.Gain.Gain > 0.001);
        Assert.NotEmpty(suggestion.Advice.Cautions);

        // Queue.
        var proposal = await world.Suggestions.QueueAsync(suggestion, null, [1, 2, 3], Cancellation);
        Assert.Empty(proposal.Problems);
        var experiment = await store.Experiments.FindAsync(proposal.Plan!.Id, Cancellation);
        Assert.Equal((ExperimentKind.Suggestion, 6, 0), (experiment!.Experiment.Kind, experiment.Experiment.Members.Count, experiment.Experiment.Trunks.Count));
        Assert.All(experiment.Memberships.Values, part => Assert.Equal(saved.Id.Value, part.Forecast!.Fit));
        Assert.Equal(6, experiment.Tree().Count);

        // Train, and report.
        await store.Queue.PassAsync(Cancellation);
        foreach (var trainer in store.Launcher.Trainers.Skip(runs.Count).ToList())
        {
            Train(trainer);
        }

        await store.IngestAllAsync();
        experiment = await store.Experiments.FindAsync(proposal.Plan.Id, Cancellation);
        var report = await world.Reports.ReadAsync(experiment!.Experiment, Cancellation);

        Assert.Empty(report.Missing);
        var gain = report.Claims.Single(claim => claim.Id == "gain");
        var truth = LawWorld.Losses(suggestion.Advice.Baseline)[^1] - LawWorld.Losses(suggestion.Advice.Schedule)[^1];
        Assert.Equal(truth, gain.Measured, 3 * LawWorld.Noise);
        Assert.Equal(ClaimVerdict.Holds, gain.Verdict);
        Assert.NotEqual(ClaimVerdict.Fails, report.Claims.Single(claim => claim.Id == "predicted-gain").Verdict);
    }

    [Fact]
    public async Task Families_OfARun_AreTheFinishedRunsOfItsModelAndData()
    {
        await using var store = await TestStore.OpenAsync(new() { RunsPerDevice = 100 });
        using var world = new World(store);
        var runs = await TrainAllAsync(store);
        await store.CreateAsync(Spec(LawWorld.Schedules[0]));
        var other = await store.LaunchAsync(Spec(LawWorld.Schedules[0]) with { BatchSize = 4 });
        Train(other);
        await store.IngestAllAsync();

        var family = await world.Families.ListAsync(runs[0].Id, Cancellation);

        Assert.Equal(runs.Select(run => run.Id.Value).Order(StringComparer.Ordinal), family.Select(row => row.Id.Value).Order(StringComparer.Ordinal));
        Assert.Empty(await world.Families.ListAsync(new("zzzzzzzzzz"), Cancellation));
    }

    [Fact]
    public async Task BakeOff_OfARunWithoutValidations_UsesTheTrainingLossOfAllAndLeavesOutWhatHasNone()
    {
        await using var store = await TestStore.OpenAsync(new() { RunsPerDevice = 100 });
        using var world = new World(store);
        var runs = await TrainAllAsync(store);
        var branch = await store.LaunchAsync(Spec(LawWorld.Schedules[0]) with { Name = "branch" });
        branch.Begin().Points(MetricKeys.TrainLoss, 0, (int)LawWorld.Steps, step => 2 + (1.0 / (step + 1))).End(AttemptOutcome.Finished, LawWorld.Steps);
        await store.IngestAllAsync();
        var files = new ImportedCurves(store.Reader, store.Writer, store.Time);
        var text = "step,lr,val_loss\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{10 * i},1e-3,3\n"));
        var file = (await files.ImportAsync(new("only val.csv", System.Text.Encoding.UTF8.GetBytes(text)), Cancellation)).Curves[0].Ref;

        var alone = await world.Bench.RunAsync(new BakeOffRequest([runs[0], runs[1]], [file]) { Laws = [LawKind.PowerLaw], Replicates = 0 }, null, Cancellation);
        var mixed = await world.Bench.RunAsync(
            new BakeOffRequest([runs[0], runs[1], new(CurveOrigin.Run, branch.Launch.Run)], [file]) { Laws = [LawKind.PowerLaw], Replicates = 0 }, null, Cancellation);

        Assert.Equal(LossKind.Validation, alone.Result!.Kind);
        Assert.Empty(alone.Result.LeftOut);
        Assert.Equal(LossKind.Training, mixed.Result!.Kind);
        Assert.All(mixed.Result.Train, source => Assert.StartsWith("training loss", source.Measure, StringComparison.Ordinal));
        Assert.Equal("only val", Assert.Single(mixed.Result.LeftOut).Name);
        Assert.Empty(mixed.Result.Test);
        Assert.Contains(mixed.Result.Cautions, caution => caution.StartsWith("Left out: only val: it has only its validation loss", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BakeOff_OfARunThatExploded_LeavesItOutAndSaysSo()
    {
        await using var store = await TestStore.OpenAsync(new() { RunsPerDevice = 100 });
        using var world = new World(store);
        var runs = await TrainAllAsync(store);
        var broken = await store.LaunchAsync(Spec(LawWorld.Schedules[0]) with { Name = "broken" });
        broken.Begin().Points(MetricKeys.TrainLoss, 0, (int)LawWorld.Steps, step => step < 300 ? 2 : 1e13)
            .End(AttemptOutcome.Finished, LawWorld.Steps);
        await store.IngestAllAsync();
        CurveRef exploded = new(CurveOrigin.Run, broken.Launch.Run);

        var mixed = await world.Bench.RunAsync(
            new([runs[0], exploded, runs[1]], []) { Laws = [LawKind.PowerLaw], Replicates = 0 }, null, Cancellation);
        var alone = await world.Bench.RunAsync(new([exploded], []) { Laws = [LawKind.PowerLaw], Replicates = 0 }, null, Cancellation);

        Assert.Equal(2, mixed.Result!.Train.Count);
        Assert.Equal("broken", Assert.Single(mixed.Result.LeftOut).Name);
        Assert.Contains(mixed.Result.Cautions, caution => caution.StartsWith("Left out: broken: Exploded", StringComparison.Ordinal));
        Assert.Contains("broken: Exploded", Assert.Single(alone.Problems).Message, StringComparison.Ordinal);
        Assert.Equal("train", alone.Problems[0].Path);
    }

    public static TheoryData<string, string> Wrong => new() { { "none", "train" }, { "twice", "test" }, { "unknown", "train" }, { "laws", "laws" }, { "replicates", "replicates" }, { "skip", "skip" } };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task BakeOff_OfWhatCannotBe_SaysWhy(string what, string path)
    {
        await using var store = await TestStore.OpenAsync();
        using var world = new World(store);
        CurveRef unknown = new(CurveOrigin.Run, new("zzzzzzzzzz"));
        var request = what switch
        {
            "none" => new BakeOffRequest([], []),
            "twice" => new BakeOffRequest([unknown], [unknown]),
            "laws" => new BakeOffRequest([unknown], []) { Laws = [] },
            "skip" => new BakeOffRequest([unknown], []) { SkippedShare = 1 },
            "replicates" => new BakeOffRequest([unknown], []) { Replicates = -1 },
            _ => new BakeOffRequest([unknown], []),
        };

        var outcome = await world.Bench.RunAsync(request, null, Cancellation);

        Assert.Null(outcome.Result);
        Assert.Equal(path, outcome.Problems[0].Path);
    }

    [Fact]
    public async Task Fits_Saved_AreReadAsTheyWereAndChosenByTheirFamily()
    {
        await using var store = await TestStore.OpenAsync(new() { RunsPerDevice = 100 });
        using var world = new World(store);
        var runs = await TrainAllAsync(store);
        var result = (await world.Bench.RunAsync(new BakeOffRequest(runs, []) { Laws = [LawKind.Newton], Replicates = 5 }, null, Cancellation)).Result!;

        var saved = (await world.Fits.SaveAsync(" Newton ", result.Rows[0].Fit!, result.Train, Cancellation)).Fit!;
        var refused = await world.Fits.SaveAsync("", result.Rows[0].Fit!, result.Train, Cancellation);

        Assert.Equal("name", Assert.Single(refused.Problems).Path);
        Assert.Equal(("Newton", LawKind.Newton), (saved.Name, saved.Kind));
        Assert.Equal(runs, saved.Sources.Select(source => source.Curve));
        var read = await new LawFits(store.Reader, store.Writer, store.Time).ReadAsync(saved.Id.Value, Cancellation);
        Assert.Equal(LawFitJson.Write(result.Rows[0].Fit!), LawFitJson.Write(read!));
        var forecasts = new LossForecasts(world.Fits);
        var forecast = await forecasts.ForecastAsync(saved.Id.Value, LawWorld.Schedules[1].Schedule, Cancellation);
        Assert.Equal(LawWorld.Losses(LawWorld.Schedules[1].Schedule)[^1], forecast!.FinalLoss, 0.005);
        Assert.Null(await forecasts.ForecastAsync("zzzzzzzzzz", LawWorld.Schedules[1].Schedule, Cancellation));
        var family = CurveFamily.Of(Spec(LawWorld.Schedules[0]));
        Assert.True(Assert.Single(await forecasts.ChoicesAsync(family.ModelName, family.DatasetHash, Cancellation)).IsOfFamily);
        Assert.False(Assert.Single(await forecasts.ChoicesAsync("other", family.DatasetHash, Cancellation)).IsOfFamily);
    }

    [Fact]
    public async Task Suggest_WithProblems_SaysEachByItsField()
    {
        await using var store = await TestStore.OpenAsync();
        using var world = new World(store);

        var outcome = await world.Suggestions.SuggestAsync(new SuggestionRequest("zzzzzzzzzz", new AdviceConstraints(0, -1), null), Cancellation);

        Assert.Null(outcome.Suggestion);
        Assert.Contains(outcome.Problems, problem => problem.Path == "fit");
        Assert.Contains(outcome.Problems, problem => problem.Path == "steps");
        Assert.Contains(outcome.Problems, problem => problem.Path == "peak");
    }

    private static RunSpec Spec((string Name, ScheduleSpec Schedule) named) => TestSpecs.Tiny() with { Name = named.Name, Schedule = named.Schedule, ValidationIntervalSteps = 4 };

    private static async Task<List<CurveRef>> TrainAllAsync(TestStore store)
    {
        List<CurveRef> runs = [];
        foreach (var named in LawWorld.Schedules)
        {
            var trainer = await store.LaunchAsync(Spec(named));
            Train(trainer);
            runs.Add(new(CurveOrigin.Run, trainer.Launch.Run));
        }

        await store.IngestAllAsync();
        return runs;
    }

    // Validates before every fourth step and after the last, as a trainer does; every seed has a noise of its own, equal on both sides of a pair.
    private static void Train(FakeTrainer trainer)
    {
        var (spec, _) = RunSpecJson.Read(File.ReadAllText(trainer.Launch.Directory.SpecPath));
        var (steps, losses) = (spec!.TotalSteps, LawWorld.Losses(spec.Schedule, (int)spec.Seed));
        trainer.Begin();
        for (var step = 0L; step <= steps; step += 4)
        {
            trainer.Points(MetricKeys.ValidationLoss, step, 1, at => losses[at]);
        }

        trainer.Points(MetricKeys.TrainLoss, 0, (int)steps, step => losses[step]).End(AttemptOutcome.Finished, steps);
    }

    private sealed class World : IDisposable
    {
        private readonly LabGate _gate = new();

        public World(TestStore store)
        {
            var records = new RunRecords(store.Queries, store.Series);
            Bench = new LawBench(new CurveSources(records, new ImportedCurves(store.Reader, store.Writer, store.Time)), _gate);
            Fits = new LawFits(store.Reader, store.Writer, store.Time);
            Suggestions = new Suggestions(Fits, store.Experiments, store.Specs, _gate);
            Families = new RunFamilies(store.Reader, store.Specs);
            Reports = new ExperimentReports(records, _gate);
        }

        public LawBench Bench { get; }

        public LawFits Fits { get; }

        public Suggestions Suggestions { get; }

        public RunFamilies Families { get; }

        public ExperimentReports Reports { get; }

        public void Dispose() => _gate.Dispose();
    }
}
