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
        Assert.Contains("2.5000 &#xB1; 6.4 (n = 2)", html, StringComparison.Ordinal);
        Assert.Contains("2 Finished, 1 Running", html, StringComparison.Ordinal);
    }
}
