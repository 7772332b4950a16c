using Microsoft.Extensions.Logging.Abstractions;
using Ntl.Domain.Experiments;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Components.Lab;
using Ntl.Web.Configuration;
using Ntl.Web.Experiments;
using Ntl.Web.Thermodynamics;

namespace Ntl.Tests.Web.Experiments;

public sealed class SweepTests
{
    private static readonly SweepAxis s_decays = new(SweepKnob.WeightDecay, ["0", "0.1", "0.2", "0.3"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queue_ASweep_QueuesAllRunsUnderOneIdWithDrawnSeedsInEveryCell()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await store.CreateAsync(TestSpecs.Tiny(name: "base"));
        var sweeps = new Sweeps(store.Experiments, store.Specs);
        var request = new SweepRequest(run, [s_decays], 3, null);

        var first = (await sweeps.QueueAsync(request, Cancellation)).Plan!;
        var second = (await sweeps.ProposeAsync(request, Cancellation)).Plan!;

        var experiment = (await store.Experiments.FindAsync(first.Id, Cancellation))!.Experiment;
        Assert.Equal((ExperimentKind.Sweep, 12, 0), (experiment.Kind, experiment.Members.Count, experiment.Trunks.Count));
        Assert.Equal(first.Members.Select(member => member.Id), experiment.Members.Select(member => member.Id));
        Assert.Equal(3, first.Members.Select(member => member.Spec.Seed).Distinct().Count());
        Assert.Empty(first.Members.Select(member => member.Spec.Seed).Intersect(second.Members.Select(member => member.Spec.Seed)));
        Assert.Equal(1, (await store.Experiments.ListAsync(0, 10, Cancellation)).Total);
    }

    [Theory]
    [InlineData("zzzzzzzzzz", "0.1", "run")]
    [InlineData(null, "-1", "knobs[0].values[0]")]
    public async Task Queue_WhatCannotBe_SaysWhyAndQueuesNothing(string? run, string value, string path)
    {
        await using var store = await TestStore.OpenAsync();
        var there = await store.CreateAsync(TestSpecs.Tiny(name: "base"));

        var proposal = await new Sweeps(store.Experiments, store.Specs).QueueAsync(new(run is null ? there : new RunId(run), [new(SweepKnob.WeightDecay, [value])], 3, null), Cancellation);

        Assert.Null(proposal.Plan);
        Assert.Equal(path, Assert.Single(proposal.Problems).Path);
        Assert.Equal(0, (await store.Experiments.ListAsync(0, 10, Cancellation)).Total);
    }

    [Fact]
    public async Task Queue_WhatTheServerCannotTrain_QueuesNoneOfIt()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await store.CreateAsync(TestSpecs.Tiny(name: "base"));
        var (spec, _) = RunSpecJson.Read(RunSpecJson.Write(await store.Specs.FindAsync(run, Cancellation) ?? throw new InvalidOperationException()));
        var plan = SweepPlan.Create(new(spec! with { Device = "cuda:7" }, [s_decays], 3, null), [1, 2, 3], RunId.New);

        var problems = await store.Experiments.QueueAsync(plan, Cancellation);

        Assert.Equal(12, problems.Count);
        Assert.Equal(0, (await store.Experiments.ListAsync(0, 10, Cancellation)).Total);
    }

    [Fact]
    public async Task Watch_AMemberFarAboveTheOthers_IsCancelledOnceWithTheReason()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 100 });
        var plan = await QueueAsync(store, new([0.5]));
        var watch = WatchOf(store);
        var hopeless = Train(store, plan, member => (Cell(member) == "wd 0.3" ? 4.0 : 3.0) + (0.01 * (member.Spec.Seed % 7)) + (Cell(member) == "wd 0.1" ? 0.002 : 0));
        await store.IngestAllAsync();

        var stops = await watch.PassAsync(plan.Id, Cancellation);
        Assert.Equal(hopeless.Select(trainer => trainer.Launch.Run.Value).Order(StringComparer.Ordinal), stops.Select(stop => stop.Id.Value).Order(StringComparer.Ordinal));
        Assert.Empty(await watch.PassAsync(plan.Id, Cancellation));

        foreach (var trainer in hopeless)
        {
            trainer.End(AttemptOutcome.Stopped, 22);
        }

        await store.IngestAllAsync();
        foreach (var stop in stops)
        {
            var detail = (await store.Queries.FindAsync(stop.Id, Cancellation))!;
            Assert.Equal((RunStatus.Cancelled, stop.Reason), (detail.Run.Status, detail.Run.StatusReason));
            Assert.Contains(detail.Events, own => own.Kind == RunEventKind.StoppedByRule && own.Message == stop.Reason);
        }

        // A person has it go on: it is not stopped again.
        Assert.True((await store.Commands.RequeueAsync(stops[0].Id, Cancellation)).IsAccepted);
        Assert.Empty(await WatchOf(store).PassAsync(plan.Id, Cancellation));
        using var gate = new LabGate();
        var report = await new ExperimentReports(new RunRecords(store.Queries, store.Series), gate).ReadAsync((await store.Experiments.FindAsync(plan.Id, Cancellation))!.Experiment, Cancellation);
        Assert.Contains(report.Sentences, sentence => sentence.StartsWith("2 members were stopped early by the rule", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_EqualMembersOrNoRule_StopsNobody()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 100 });
        var equal = await QueueAsync(store, new([0.5]));
        Train(store, equal, member => 3 + (0.01 * (member.Spec.Seed % 7)) + (0.003 * Place(member)));
        var free = await QueueAsync(store, null);
        Train(store, free, member => (Cell(member) == "wd 0.3" ? 9 : 3) + (0.01 * (member.Spec.Seed % 7)));
        await store.IngestAllAsync();

        Assert.Empty(await WatchOf(store).PassAsync(equal.Id, Cancellation));
        Assert.Empty(await WatchOf(store).PassAsync(free.Id, Cancellation));
        Assert.Empty(await WatchOf(store).PassAsync("zzzzzzzzzz", Cancellation));

        static int Place(ExperimentMember member) => Cell(member)[^1] - '0';
    }

    [Fact]
    public async Task Watch_WhileMembersTrain_FollowsTheFeed()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 100 });
        var plan = await QueueAsync(store, new([0.5]));
        using var watch = WatchOf(store);
        await watch.StartAsync(Cancellation);
        var hopeless = Train(store, plan, member => (Cell(member) == "wd 0.3" ? 4.0 : 3.0) + (0.01 * (member.Spec.Seed % 7)));
        await store.IngestAllAsync();

        // The feed coalesces for a quarter of a second: asked until it has, however long.
        while ((await store.RowAsync(hopeless[0].Launch.Run)).PendingAction is null)
        {
            await Task.Delay(50, Cancellation);
        }

        await watch.StopAsync(Cancellation);
        Assert.Null((await store.RowAsync(plan.Members.First(member => Cell(member) == "wd 0").Id)).PendingAction);
    }

    private static string Cell(ExperimentMember member) => member.Spec.Experiment!.Sweep!.Cell;

    private static SweepWatch WatchOf(TestStore store) =>
        new(store.Feed, store.Queries, store.Experiments, store.Specs, store.Series, store.Commands, store.Reader, NullLogger<SweepWatch>.Instance);

    // Seeds whose noise is not all alike, whatever the server would draw.
    private static async Task<ExperimentPlan> QueueAsync(TestStore store, SweepStopRule? rule)
    {
        var plan = SweepPlan.Create(new(TestSpecs.Tiny(name: "base"), [s_decays], 3, rule), [1, 2, 4], RunId.New);
        Assert.Empty(await store.Experiments.QueueAsync(plan, Cancellation));
        await store.Queue.PassAsync(Cancellation);
        return plan;
    }

    // Validates at the rung, step 20, and goes on to step 22.
    private static List<FakeTrainer> Train(TestStore store, ExperimentPlan plan, Func<ExperimentMember, double> loss)
    {
        List<FakeTrainer> hopeless = [];
        foreach (var member in plan.Members)
        {
            var trainer = store.Launcher.Trainers.Single(trainer => trainer.Launch.Run == member.Id).Begin();
            trainer.Points(MetricKeys.ValidationLoss, 20, 1, _ => loss(member)).Losses(0, 22);
            if (Cell(member) == "wd 0.3")
            {
                hopeless.Add(trainer);
            }
        }

        return hopeless;
    }
}
