using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Training.Checkpoints;
using Ntl.Web.Configuration;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Queue;

public sealed class BranchQueueTests
{
    private static readonly RunSpec s_trunk = TestSpecs.Tiny(name: "trunk") with { KeptCheckpointIntervalSteps = 20 };

    [Fact]
    public async Task Branch_OfARunningTrunk_WaitsForItsCheckpointAndBegins()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 2 });
        var trunk = (await store.LaunchAsync(s_trunk)).Begin().Losses(0, 10);
        var branch = await store.CreateAsync(TestSpecs.Anneal(trunk.Launch.Run, s_trunk, at: 20));

        await PassAsync(store);
        var waiting = await store.RowAsync(branch);
        trunk.Losses(10, 10).Checkpoint(20);
        await PassAsync(store);

        Assert.Equal((RunStatus.Queued, "Waiting for step 20 of run trunk."), (waiting.Status, waiting.StatusReason));
        Assert.Equal(RunStatus.Starting, (await store.RowAsync(branch)).Status);
        var origin = Origin.Open(store.DirectoryOf(branch), TestSpecs.Anneal(trunk.Launch.Run, s_trunk, at: 20).Branch!);
        Assert.Equal((20, s_trunk), (origin.Manifest.Step, origin.Trunk));
    }

    [Fact]
    public async Task Branch_ThatWaits_LetsOthersPass()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 2 });
        var trunk = (await store.LaunchAsync(s_trunk)).Begin();
        var branch = await store.CreateAsync(TestSpecs.Anneal(trunk.Launch.Run, s_trunk, at: 20));
        var other = await store.CreateAsync(TestSpecs.Tiny(name: "other"));

        await PassAsync(store);

        Assert.Equal(RunStatus.Queued, (await store.RowAsync(branch)).Status);
        Assert.Equal(RunStatus.Starting, (await store.RowAsync(other)).Status);
    }

    [Fact]
    public async Task Branch_ServerKilledBetweenLayingAndWritingItDown_Begins()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 2 });
        var trunk = (await store.LaunchAsync(s_trunk)).Begin();
        var branch = await store.CreateAsync(TestSpecs.Anneal(trunk.Launch.Run, s_trunk, at: 20));
        trunk.Losses(0, 20).Checkpoint(20);
        Assert.Null(store.Checkpoints.Lay(trunk.Launch.Run, s_trunk, 20, branch));

        await using var restarted = await store.RestartAsync();
        await PassAsync(restarted);

        Assert.Equal(RunStatus.Starting, (await restarted.RowAsync(branch)).Status);
    }

    [Fact]
    public async Task Branch_WhoseTrunkEndsBeforeItsStep_FailsTypedAndCanBeQueuedAgain()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 2 });
        var trunk = (await store.LaunchAsync(s_trunk)).Begin().Losses(0, 10);
        var branch = await store.CreateAsync(TestSpecs.Anneal(trunk.Launch.Run, s_trunk, at: 20));
        trunk.End(AttemptOutcome.Stopped, 10);
        await store.IngestAllAsync();

        await PassAsync(store);

        var failed = await store.RowAsync(branch);
        Assert.Equal((RunStatus.Failed, RunFailureKind.OriginInvalid), (failed.Status, failed.Failure?.Kind));
        Assert.Equal("Run trunk was cancelled and left no checkpoint of step 20.", failed.StatusReason);

        await store.Commands.RequeueAsync(trunk.Launch.Run, CancellationToken.None);
        await store.Commands.RequeueAsync(branch, CancellationToken.None);
        await PassAsync(store);
        Assert.Equal("Waiting for step 20 of run trunk.", (await store.RowAsync(branch)).StatusReason);
    }

    [Fact]
    public async Task Branch_WhoseCheckpointIsBroken_FailsTyped()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 2 });
        var trunk = (await store.LaunchAsync(s_trunk)).Begin().Losses(0, 20).Checkpoint(20);
        var branch = await store.CreateAsync(TestSpecs.Anneal(trunk.Launch.Run, s_trunk, at: 20));
        await File.WriteAllBytesAsync(Path.Combine(trunk.Launch.Directory.CheckpointsPath, "step-00000020-attempt-1", "weights.safetensors"), [9, 9, 9], TestContext.Current.CancellationToken);

        await PassAsync(store);

        var failed = await store.RowAsync(branch);
        Assert.Equal(RunFailureKind.OriginInvalid, failed.Failure?.Kind);
        Assert.Contains("weights.safetensors is not as it was written", failed.StatusReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_BranchOffACheckpointThatWouldGo_KeepsIt()
    {
        await using var store = await TestStore.OpenAsync();
        var spec = s_trunk with { KeptCheckpointIntervalSteps = null };
        var trunk = (await store.LaunchAsync(spec)).Begin().Losses(0, 10).Checkpoint(10);

        await store.CreateAsync(TestSpecs.Anneal(trunk.Launch.Run, spec, at: 10));
        trunk.Losses(10, 20).Checkpoint(20).Checkpoint(30).Checkpoint(35);

        var left = await store.Checkpoints.ListAsync(trunk.Launch.Run, TestContext.Current.CancellationToken);
        Assert.Equal([(10L, true), (30L, false), (35L, false)], left!.Select(checkpoint => (checkpoint.Step, checkpoint.IsKept)));
    }

    [Fact]
    public async Task Branch_OfATrunkThatFinished_CountsItsOwnStepsOnly()
    {
        await using var store = await TestStore.OpenAsync();
        var trunk = (await store.LaunchAsync(s_trunk)).Begin().Losses(0, 40).Checkpoint(20).Checkpoint(40);
        trunk.End(AttemptOutcome.Finished, 40);
        await store.IngestAllAsync();
        var branch = await store.CreateAsync(TestSpecs.Anneal(trunk.Launch.Run, s_trunk, at: 40));
        var queued = await store.RowAsync(branch);

        await PassAsync(store);
        await PassAsync(store);
        store.Launcher.Trainers[^1].Begin(startStep: 40).Losses(40, 5);
        await store.IngestAllAsync();

        var running = await store.RowAsync(branch);
        Assert.Equal((trunk.Launch.Run, 40L, 40L, 10L, 0.0), (queued.Trunk!.Value, queued.FirstStep, queued.StepsDone, queued.OwnSteps, queued.Progress));
        Assert.Equal((RunStatus.Running, 45L, 0.5), (running.Status, running.StepsDone, running.Progress));
        Assert.Equal(TestSpecs.Anneal(trunk.Launch.Run, s_trunk, at: 40).Schedule.CumulativeRate(45), running.LearningRateSum);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "run", "branch.run" },
        { "hash", "branch.specHash" },
        { "model", "model" },
        { "schedule", "schedule" },
        { "beyond", "branch.step" },
        { "unkept", "branch.step" },
        { "passed", "branch.step" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Create_BranchThatDoesNotFitItsTrunk_SaysWhyBesideTheField(string what, string path)
    {
        await using var store = await TestStore.OpenAsync();
        var trunk = (await store.LaunchAsync(s_trunk)).Begin().Losses(0, 25);
        await store.IngestAllAsync();
        var run = trunk.Launch.Run;
        var good = TestSpecs.Anneal(run, s_trunk, at: 40);
        var wrong = what switch
        {
            "run" => good with { Branch = good.Branch! with { Run = new RunId("zzzzzzzzzz") } },
            "hash" => good with { Branch = good.Branch! with { SpecHash = new string('0', 64) } },
            "model" => good with { Model = good.Model with { LayerCount = 2 } },
            "schedule" => good with { Schedule = StandardSchedules.Constant(50, 0.02) },
            "beyond" => good with { Branch = good.Branch! with { Step = 45 } },
            "unkept" => TestSpecs.Anneal(run, s_trunk, at: 30),
            _ => TestSpecs.Anneal(run, s_trunk, at: 20), // kept, but passed without a checkpoint
        };

        var outcome = await store.Commands.CreateAsync(wrong, null, CancellationToken.None);

        Assert.Null(outcome.Id);
        Assert.Equal(path, Assert.Single(outcome.Problems).Path);
        Assert.Empty((await store.Commands.CreateAsync(good, null, CancellationToken.None)).Problems);
    }

    [Fact]
    public async Task CreateMany_ATrunkAndItsBranches_AreQueuedOnceInTheirOrder()
    {
        await using var store = await TestStore.OpenAsync();
        var membership = new ExperimentMembership { Id = "0123456789", Kind = ExperimentKind.Anneal, Role = "trunk" };
        var trunk = new NewRun(RunId.New(), s_trunk with { Experiment = membership });
        NewRun[] runs = [trunk, .. new long[] { 20, 40 }.Select(at => new NewRun(RunId.New(), TestSpecs.Anneal(trunk.Id, s_trunk, at) with { Experiment = membership with { Role = "anneal" } }))];

        var first = await store.Commands.CreateManyAsync(runs, null, CancellationToken.None);
        var second = await store.Commands.CreateManyAsync(runs, null, CancellationToken.None);

        Assert.Empty(first);
        Assert.Empty(second);
        var queue = await store.Queries.GetQueueAsync(10, CancellationToken.None);
        Assert.Equal(runs.Select(run => run.Id), queue.Waiting.Select(run => run.Id));
        Assert.All(queue.Waiting, run => Assert.Equal(("0123456789", ExperimentKind.Anneal), (run.ExperimentId, run.ExperimentKind!.Value)));
        Assert.Equal([1, 2, 3], queue.Waiting.Select(run => run.QueuePosition!.Value));
    }

    [Fact]
    public async Task CreateMany_OneWithAProblem_QueuesNone()
    {
        await using var store = await TestStore.OpenAsync();
        var trunk = new NewRun(RunId.New(), s_trunk);
        NewRun[] runs = [trunk, new NewRun(RunId.New(), TestSpecs.Anneal(trunk.Id, s_trunk, at: 20)), new NewRun(RunId.New(), TestSpecs.Anneal(trunk.Id, s_trunk, at: 21)), trunk];

        var problems = await store.Commands.CreateManyAsync(runs, null, CancellationToken.None);

        Assert.Equal(["runs[2].branch.step", "runs[3].id"], problems.Select(problem => problem.Path));
        Assert.Equal(0, (await store.Queries.ListAsync(new RunListRequest(), CancellationToken.None)).Total);
    }

    private static async Task PassAsync(TestStore store)
    {
        await store.Queue.PassAsync(CancellationToken.None);
        await store.IngestAllAsync();
    }
}
