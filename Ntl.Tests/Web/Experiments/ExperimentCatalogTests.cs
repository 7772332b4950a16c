using System.Collections.Immutable;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Training.Checkpoints;
using Ntl.Web.Configuration;
using Ntl.Web.Experiments;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Experiments;

public sealed class ExperimentCatalogTests
{
    private static readonly RunSpec s_trunk = TestSpecs.Tiny(name: "trunk") with { KeptCheckpointIntervalSteps = 20 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<ExperimentKind> Kinds => [.. ExperimentKinds.OffACheckpoint];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Queue_OfEachKind_QueuesItsRunsUnderOneId(ExperimentKind kind)
    {
        await using var store = await TestStore.OpenAsync();
        var trunk = await FinishedTrunkAsync(store);

        var proposal = await store.Experiments.QueueAsync(new ExperimentRequest(kind, trunk, 40, null), Cancellation);

        Assert.Empty(proposal.Problems);
        var detail = await store.Experiments.FindAsync(proposal.Plan!.Id, Cancellation);
        var experiment = detail!.Experiment;
        Assert.Equal(proposal.Plan.Members.Select(member => member.Id), experiment.Members.Select(member => member.Id));
        Assert.Equal((kind, proposal.Plan.TotalSteps, 0L, 0.0), (experiment.Kind, experiment.OwnSteps, experiment.OwnStepsDone, experiment.Progress));
        Assert.Equal([trunk], experiment.Trunks.Select(run => run.Id));
        Assert.All(proposal.Plan.Members, member => Assert.Equal(member.Spec.Experiment, detail.Memberships[member.Id]));
    }

    [Fact]
    public async Task Tree_OfAnExperimentWithBranchesOfItsOwn_PutsEachAfterItsTrunk()
    {
        await using var store = await TestStore.OpenAsync();
        var trunk = await FinishedTrunkAsync(store);
        var plan = (await store.Experiments.QueueAsync(new ExperimentRequest(ExperimentKind.TemperatureLadder, trunk, 40, null), Cancellation)).Plan!;

        var tree = (await store.Experiments.FindAsync(plan.Id, Cancellation))!.Tree();

        Assert.Equal((trunk, 0, null), (tree[0].Run.Id, tree[0].Depth, tree[0].Membership));
        Assert.Equal(plan.Members.Length + 1, tree.Count);
        Assert.All(tree.Skip(1).Index(), pair => Assert.Equal(
            (pair.Item.Run.Trunk == trunk ? 1 : 2, pair.Item.Run.Trunk == trunk ? trunk : tree[pair.Index].Run.Id), (pair.Item.Depth, pair.Item.Run.Trunk!.Value)));
        Assert.Equal([ExperimentRole.Hold, ExperimentRole.Anneal], tree.Skip(1).Take(2).Select(node => node.Membership!.Role));
    }

    [Fact]
    public async Task List_OfManyExperiments_IsNewestFirstInPages()
    {
        await using var store = await TestStore.OpenAsync();
        var trunk = await FinishedTrunkAsync(store);
        List<string> ids = [];
        for (var i = 0; i < 3; i++)
        {
            store.Time.Advance(TimeSpan.FromMinutes(1));
            ids.Add((await store.Experiments.QueueAsync(new ExperimentRequest(ExperimentKind.Anneal, trunk, 40, null), Cancellation)).Plan!.Id);
        }

        var first = await store.Experiments.ListAsync(0, 2, Cancellation);
        var second = await store.Experiments.ListAsync(2, 2, Cancellation);

        Assert.Equal((3, 3), (first.Total, second.Total));
        Assert.Equal([ids[2], ids[1]], first.Rows.Select(row => row.Id));
        Assert.Equal([ids[0]], second.Rows.Select(row => row.Id));
        Assert.All(first.Rows, row => Assert.Equal("trunk", Assert.Single(row.Trunks).Name));
    }

    [Fact]
    public async Task Cancel_AllOfIt_EndsWhatHasNotEnded()
    {
        await using var store = await TestStore.OpenAsync();
        var trunk = await FinishedTrunkAsync(store);
        var plan = (await store.Experiments.QueueAsync(new ExperimentRequest(ExperimentKind.QuenchLadder, trunk, 40, null), Cancellation)).Plan!;

        var first = await store.Experiments.CancelAsync(plan.Id, Cancellation);
        var second = await store.Experiments.CancelAsync(plan.Id, Cancellation);

        var experiment = (await store.Experiments.FindAsync(plan.Id, Cancellation))!.Experiment;
        Assert.Equal((CommandResult.Accepted, CommandResult.Refused), (first.Result, second.Result));
        Assert.Equal((plan.Members.Length, true), (experiment.EndedEarlyCount, experiment.IsFinal));
        Assert.Equal(CommandResult.NotFound, (await store.Experiments.CancelAsync("zzzzzzzzzz", Cancellation)).Result);
    }

    [Fact]
    public async Task Members_ThatBranchOffEachOther_AreTrainedOneAfterTheOther()
    {
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = 100 });
        var trunk = await FinishedTrunkAsync(store);
        var plan = (await store.Experiments.QueueAsync(new ExperimentRequest(ExperimentKind.OptimizerLadder, trunk, 40, null), Cancellation)).Plan!;
        var holds = plan.Members.Where(member => member.Spec.Branch!.Run == trunk).Select(member => member.Id).ToList();

        await store.Queue.PassAsync(Cancellation);
        await store.Queue.PassAsync(Cancellation);

        Assert.Equal(holds, store.Launcher.Trainers.Skip(1).Select(trainer => trainer.Launch.Run));
        var held = store.Launcher.Trainers[1].Begin(startStep: 40);
        held.Checkpoint(plan.Members.First(member => member.Spec.Branch!.Run == held.Launch.Run).Spec.Branch!.Step);
        await store.Queue.PassAsync(Cancellation);
        Assert.Equal(holds.Count + 2, store.Launcher.Trainers.Count);
        Assert.True(Origin.IsLaid(store.Launcher.Trainers[^1].Launch.Directory));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "run", "run" },
        { "beyond", "step" },
        { "cold", "step" },
        { "missing", "runs[0].branch.step" },
        { "size", "options" },
        { "rate", "options" },
        { "kind", "kind" },
        { "from scratch", "kind" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Queue_OfWhatCannotBe_SaysWhyAndQueuesNothing(string what, string path)
    {
        await using var store = await TestStore.OpenAsync();
        var spec = what == "cold" ? s_trunk with { Schedule = new ScheduleSpec(new ConstantRate(39, 0.01), new ConstantRate(1, 0)) } : s_trunk;
        var trunk = await FinishedTrunkAsync(store, spec);
        var good = new ExperimentRequest(ExperimentKind.QuenchLadder, trunk, 40, null);
        var request = what switch
        {
            "run" => good with { Run = new RunId("zzzzzzzzzz") },
            "beyond" => good with { Step = 41 },
            "missing" => good with { Step = 30 },
            "size" => good with { Options = new ExperimentOptions { HoldSteps = 0 } },
            "rate" => good with { Options = new ExperimentOptions { RateFactors = ImmutableArray.Create(1e12) } },
            "kind" => good with { Kind = (ExperimentKind)99 },
            "from scratch" => good with { Kind = ExperimentKind.Suggestion },
            _ => good,
        };

        var proposal = await store.Experiments.QueueAsync(request, Cancellation);

        Assert.Null(proposal.Plan);
        Assert.Equal(path, proposal.Problems[0].Path);
        Assert.Equal(0, (await store.Experiments.ListAsync(0, 10, Cancellation)).Total);
    }

    private static async Task<RunId> FinishedTrunkAsync(TestStore store, RunSpec? spec = null)
    {
        var trunk = (await store.LaunchAsync(spec ?? s_trunk)).Begin().Losses(0, 40).Checkpoint(20).Checkpoint(40);
        trunk.End(AttemptOutcome.Finished, 40);
        await store.IngestAllAsync();
        return trunk.Launch.Run;
    }
}
