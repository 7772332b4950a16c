using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Pages;
using Ntl.Web.Experiments;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Components.Pages;

public sealed partial class ExperimentPageTests
{
    private static readonly RunRow s_trunk = FakeRuns.Row("0000000001", "trunk", RunStatus.Finished);

    [Fact]
    public async Task List_WithoutExperiments_SaysHowToStartOne()
    {
        await using var stage = new Stage("/experiments");

        Assert.Contains("No experiments yet", await stage.RenderAsync<ExperimentList>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfAnExperiment_CountsItsOwnStepsOnly()
    {
        await using var stage = new Stage("/experiments");
        stage.Experiments.Details.Add(Detail());

        var html = await stage.RenderAsync<ExperimentList>();

        // Two members of 200 steps each off step 800; one is finished, one has not begun.
        Assert.Contains("href=\"/experiments/abcdefgh00\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-valuenow=\"50\"", html, StringComparison.Ordinal);
        Assert.Contains("1 of 2 runs finished · 200 / 400 steps", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiment_Page_ShowsItsRunsAsATree()
    {
        await using var stage = new Stage("/experiments/abcdefgh00");
        stage.Experiments.Details.Add(Detail());

        var html = await stage.RenderAsync<ExperimentOverview>(("Id", "abcdefgh00"));

        Assert.Equal(["0", "1", "2"], Depths().Matches(html).Select(match => match.Groups["depth"].Value));
        Assert.Equal(["trunk", "held", "annealed"], Names().Matches(html).Select(match => match.Groups["name"].Value));
        Assert.Contains("Cancel all", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiment_Unknown_SaysSo()
    {
        await using var stage = new Stage("/experiments/abcdefgh00");

        Assert.Contains("There is no experiment abcdefgh00", await stage.RenderAsync<ExperimentOverview>(("Id", "abcdefgh00")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branch_OfARunWithCheckpoints_ShowsTheCostOfOneRun()
    {
        await using var stage = Branching("/runs/0000000001/branch?steps=250");

        var html = await stage.RenderAsync<BranchOff>(("Id", "0000000001"));

        Assert.Contains("Queue 1 run", html, StringComparison.Ordinal);
        Assert.Equal("250", Steps().Match(html).Groups["steps"].Value);
        Assert.Contains("step 800 · D", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branch_ToAnExperiment_AsksForItAtTheChosenCheckpoint()
    {
        await using var stage = Branching("/runs/0000000001/branch?step=800&what=QuenchLadder&steps=100");

        var html = await stage.RenderAsync<BranchOff>(("Id", "0000000001"));

        var request = Assert.Single(stage.Experiments.Requests);
        Assert.Equal((ExperimentKind.QuenchLadder, 800L, 100L), (request.Kind, request.Step, request.Options!.HoldSteps!.Value));
        Assert.Contains("Queue 4 runs", html, StringComparison.Ordinal);
        Assert.Equal("400", Steps().Match(html).Groups["steps"].Value);
    }

    [Theory]
    [InlineData("/runs/0000000001/branch?steps=many", "is not one")]
    [InlineData("/runs/0000000001/branch?what=hold-run&rate=-1", "Give a rate")]
    [InlineData("/runs/0000000001/branch?what=hold-run&rate=1e9", "at most 1e6")]
    public async Task Branch_WithAMistake_SaysItAndQueuesNothing(string path, string message)
    {
        await using var stage = Branching(path);

        var html = await stage.RenderAsync<BranchOff>(("Id", "0000000001"));

        Assert.Contains(message, html, StringComparison.Ordinal);
        Assert.Contains("disabled", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branch_OfARunWithoutCheckpoints_SaysWhy()
    {
        await using var stage = Branching("/runs/0000000001/branch");
        stage.Experiments.Checkpoints.Clear();

        Assert.Contains("The run ended without a checkpoint.", await stage.RenderAsync<BranchOff>(("Id", "0000000001")), StringComparison.Ordinal);
    }

    private static Stage Branching(string path)
    {
        var stage = new Stage(path);
        stage.Runs.Rows.Add(s_trunk);
        stage.Experiments.Checkpoints.Add(new CheckpointRow(800, 1000, DateTimeOffset.UnixEpoch, false));
        return stage;
    }

    private static ExperimentDetail Detail()
    {
        var held = Member("0000000002", "held", RunStatus.Finished) with { Trunk = s_trunk.Id, FirstStep = 800, StepsDone = 1000 };
        var annealed = Member("0000000003", "annealed", RunStatus.Queued) with { Trunk = held.Id, FirstStep = 800, StepsDone = 800 };
        var memberships = new[] { held, annealed }.ToImmutableDictionary(
            run => run.Id, run => new ExperimentMembership { Id = "abcdefgh00", Kind = ExperimentKind.TemperatureLadder, Role = run.Name });
        return new ExperimentDetail(new ExperimentRow("abcdefgh00", ExperimentKind.TemperatureLadder, [held, annealed], [s_trunk]), memberships);
    }

    private static RunRow Member(string id, string name, RunStatus status) =>
        FakeRuns.Row(id, name, status) with { ExperimentId = "abcdefgh00", ExperimentKind = ExperimentKind.TemperatureLadder };

    [GeneratedRegex(">Steps</dt><dd[^>]*>(?<steps>[0-9]+)</dd>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Steps();

    [GeneratedRegex("data-depth=\"(?<depth>[0-9])\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Depths();

    [GeneratedRegex("<a href=\"/runs/[0-9]{10}\"[^>]*>(?<name>[a-z]+)</a>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
