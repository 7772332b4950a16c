using Ntl.Domain.Runs;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Pages;

namespace Ntl.Tests.Web.Components.Pages;

public sealed class ComparePageTests
{
    [Fact]
    public async Task Compare_WithoutRuns_OffersSome()
    {
        await using var stage = new Stage("/compare");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "first & best", RunStatus.Finished));

        var html = await stage.RenderAsync<Compare>();

        Assert.Contains("No run is chosen yet", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Add first &amp; best\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-curves", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_OfALargeSearch_TakesTenAndSaysOfHowMany()
    {
        await using var stage = new Stage("/compare?search=wsd");
        foreach (var i in Enumerable.Range(0, 37))
        {
            stage.Runs.Rows.Add(FakeRuns.Row($"00000000{i:00}", $"run {i}", RunStatus.Finished));
        }

        var html = await stage.RenderAsync<Compare>();

        Assert.Contains("The newest 10 of 37 runs that match", html, StringComparison.Ordinal);
        Assert.Equal(10, html.Split("data-line=").Length - 1);
        Assert.Equal("wsd", stage.Comparisons.Asked!.Search);
    }

    [Fact]
    public async Task Compare_OfNamedRuns_NamesThoseThatAreMissing()
    {
        await using var stage = new Stage("/compare?runs=0000000001,zzzzzzzzzz");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "first", RunStatus.Finished));

        var html = await stage.RenderAsync<Compare>();

        Assert.Contains("There is no run zzzzzzzzzz here.", html, StringComparison.Ordinal);
        Assert.Contains("data-curves=\"/compare/curves?runs=0000000001,zzzzzzzzzz\"", html.Replace("%2C", ",", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_GroupedBySeeds_SaysNOfEachGroup()
    {
        await using var stage = new Stage("/compare?search=run&group=seeds");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "one", RunStatus.Finished) with { ValidationLoss = 2 });
        stage.Runs.Rows.Add(FakeRuns.Row("0000000002", "two", RunStatus.Finished) with { Seed = 2, ValidationLoss = 3 });
        stage.Runs.Rows.Add(FakeRuns.Row("0000000003", "three", RunStatus.Running) with { Seed = 3, ValidationLoss = null });

        var html = await stage.RenderAsync<Compare>();

        Assert.Equal(1, html.Split("data-line=").Length - 1);
        Assert.Matches("data-title=\"n\"[^>]*>3<", html);
        // t(1) = 12.706, s = √½, n = 2.
        Assert.Contains("2.5 &#xB1; 6.4 (n = 2)", html, StringComparison.Ordinal);
        Assert.Contains("2 Finished, 1 Running", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunStatus.Failed, RunFailureKind.NonFiniteLoss, null, "diverged")]
    [InlineData(RunStatus.Finished, null, 4e13, "exploded")]
    public async Task Compare_OfARunThatDiverged_HasNoFinalLossForItAndSortsItLast(RunStatus status, RunFailureKind? failure, double? end, string word)
    {
        foreach (var order in (IEnumerable<string>)["", "&order=desc"])
        {
            await using var stage = new Stage($"/compare?search=run&sort=final-val{order}");
            stage.Runs.Rows.Add(Ended("0000000001", "lost", 1, 2.75) with { Status = status, Failure = failure is { } kind ? new(kind, 100, "NaN") : null, LossAfterLastStep = end });
            stage.Runs.Rows.Add(Ended("0000000002", "good", 2, 2));
            stage.Runs.Rows.Add(Ended("0000000003", "fair", 3, 3));

            var html = await stage.RenderAsync<Compare>();

            Assert.Contains($"&#x221E; ({word})", html, StringComparison.Ordinal);
            Assert.DoesNotContain("2.7500", html, StringComparison.Ordinal);
            Assert.EndsWith("0000000001", LinesIn(html)[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Compare_GroupWithARunThatDiverged_SaysThatItsMeanIsIncompleteAndComesLast()
    {
        foreach (var order in (IEnumerable<string>)["", "&order=desc"])
        {
            await using var stage = new Stage($"/compare?search=run&group=name&sort=final-val{order}");
            stage.Runs.Rows.Add(Ended("0000000001", "a", 1, 1) with { Name = "spoilt" });
            stage.Runs.Rows.Add(Ended("0000000002", "b", 2, 4e13) with { Name = "spoilt" });
            stage.Runs.Rows.Add(Ended("0000000003", "c", 3, 3) with { Name = "sound" });

            var html = await stage.RenderAsync<Compare>();

            Assert.Contains("1.0000 (1 of 2 runs; 1 diverged)", html, StringComparison.Ordinal);
            Assert.DoesNotContain("E+13", html, StringComparison.Ordinal);
            Assert.True(html.IndexOf(">spoilt<", StringComparison.Ordinal) > html.IndexOf(">sound<", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Compare_OfARunThatRuns_HasNoFinalLoss()
    {
        await using var stage = new Stage("/compare?search=run");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "running", RunStatus.Running) with { ValidationLoss = 2.75 });

        var html = await stage.RenderAsync<Compare>();

        Assert.DoesNotContain("2.7500", html, StringComparison.Ordinal);
        Assert.Contains("The run has not finished.", html, StringComparison.Ordinal);
    }

    private static Ntl.Web.Queue.RunRow Ended(string id, string name, long seed, double loss) =>
        FakeRuns.Row(id, name, RunStatus.Finished) with { Seed = seed, ValidationLoss = loss, LossAfterLastStep = loss, BestValidationLoss = Math.Min(loss, 3), UniformLoss = Math.Log(65) };

    private static List<string> LinesIn(string html) => [.. html.Split("data-line=\"").Skip(1).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)])];
}
