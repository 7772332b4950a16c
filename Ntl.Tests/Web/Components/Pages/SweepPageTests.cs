using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ntl.Domain.Experiments;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Experiments;
using Ntl.Web.Components.Pages;
using Ntl.Web.Components.Plots;

namespace Ntl.Tests.Web.Components.Pages;

public sealed partial class SweepPageTests
{
    [Fact]
    public async Task Page_OfARun_OffersItsPeakAndShowsTheCost()
    {
        await using var stage = Sweeping("/experiments/sweep?from=0000000001");

        var html = await stage.RenderAsync<NewSweep>();

        // Half, all and twice the peak of 3e-3, with three seeds of 1000 steps and 1024 tokens each.
        Assert.Contains("value=\"1.5e-3, 3e-3, 6e-3\"", html, StringComparison.Ordinal);
        Assert.Contains("Queue 9 runs", html, StringComparison.Ordinal);
        Assert.Equal("3", Fact(html, "Cells"));
        Assert.Matches("^9.*000$", Fact(html, "Steps"));
        Assert.StartsWith("9.2", Fact(html, "Tokens"), StringComparison.Ordinal);
        Assert.Contains("10", Fact(html, "FLOPs"), StringComparison.Ordinal);
        Assert.Contains("The same seeds in every cell pair the cells", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&knob1=beta1&values1=0.9,2", "sweep-values-1", "Must be at least 0 and less than 1; it is 2.")]
    [InlineData("&knob1=beta1&values1=0.9&knob3=batchSize&values3=x", "sweep-values-3", "&#39;x&#39; is no whole number in range.")]
    [InlineData("&seeds=21", "sweep-seeds", "Between 1 and 20 seeds a cell; it is 21.")]
    [InlineData("&stop=1&spreads=1", "sweep-spreads", "Between 3 and 100 spreads")]
    [InlineData("&stop=1&rungs=2", "sweep-rungs", "Give 1 to 5 rising shares")]
    public async Task Page_WithAMistake_SaysItBesideItsField(string query, string field, string message)
    {
        await using var stage = Sweeping($"/experiments/sweep?from=0000000001{query}");

        var html = await stage.RenderAsync<NewSweep>();

        var note = Regex.Match(html, $"class=\"field-problem\" id=\"{field}-note\"[^>]*>(?<text>.*?)</p>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.Contains(message, note.Groups["text"].Value, StringComparison.Ordinal);
        Assert.Contains("disabled", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithTooManyRuns_SaysSo()
    {
        await using var stage = Sweeping("/experiments/sweep?from=0000000001&knob1=batchSize&values1=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20&knob2=layerCount&values2=1,2,3&seeds=20");

        Assert.Contains("A sweep has at most 400 runs; these values and seeds make 1,200.", await stage.RenderAsync<NewSweep>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithoutARun_SaysHowToBegin()
    {
        await using var stage = new Stage("/experiments/sweep");

        Assert.Contains("A sweep begins with a run", await stage.RenderAsync<NewSweep>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Draft_InAUrl_ComesBack()
    {
        var draft = new SweepDraft
        {
            From = "0000000001",
            Rows = [(SweepKnob.GradientAccumulationSteps, "1, 2"), (null, ""), (SweepKnob.DecayShape, "linear")],
            Seeds = "5",
            IsStopping = true,
            Rungs = "0.5",
        };

        var query = draft.ToQuery().ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var read = SweepDraft.FromQuery(key => query.GetValueOrDefault(key));

        Assert.Equal(draft.Rows, read.Rows);
        Assert.Equal(draft with { Rows = read.Rows }, read);
        Assert.Equal([0, 2], read.UsedRows());
        Assert.Equal("5", query["seeds"]);
        Assert.False(query.ContainsKey("spreads"));
    }

    [Fact]
    public async Task ExperimentPage_OfASweep_LinksToItsCurvesAndFoldsItsRuns()
    {
        await using var stage = new Stage("/experiments/abcdefgh00");
        var row = FakeRuns.Row("0000000002", "member", RunStatus.Finished) with { ExperimentId = "abcdefgh00", ExperimentKind = ExperimentKind.Sweep };
        var part = new ExperimentMembership { Id = "abcdefgh00", Kind = ExperimentKind.Sweep, Role = "peak 0.001" };
        stage.Experiments.Details.Add(new(new("abcdefgh00", ExperimentKind.Sweep, [row], []), ImmutableDictionary<RunId, ExperimentMembership>.Empty.Add(row.Id, part)));

        var html = await stage.RenderAsync<ExperimentOverview>(("Id", "abcdefgh00"));

        Assert.Contains("/compare?experiment=abcdefgh00", html, StringComparison.Ordinal);
        Assert.Contains(">All 1 runs</summary>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeatMap_WithNotes_PrintsThemOverTheCells()
    {
        await using var stage = new Stage();
        var plot = new Plot("Map", "x", "", "y", "", false, false, []) { Cells = new([0, 1], ["a", "b"], ["low", "high"], [1, 2, double.NaN, 4], "loss", "") { Notes = ["n 3", "1 of 3", "", "n 3"] } };

        var html = await stage.RenderAsync<PlotView>(("Plot", plot), ("FileName", "map"));

        Assert.Equal(["n 3", "1 of 3", "", "n 3"], Notes().Matches(html).Select(match => match.Groups["text"].Value));
        Assert.Equal(["1", "2", "", "4"], Notes().Matches(html).Select(match => match.Groups["value"].Value));
        Assert.Contains("low, b: 2, 1 of 3", html, StringComparison.Ordinal);
        Assert.Contains("\"high\",\"b\",4,\"n 3\"", PlotNumbers.Write(plot), StringComparison.Ordinal);
    }

    private static Stage Sweeping(string path)
    {
        var stage = new Stage(path);
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "base", RunStatus.Finished));
        return stage;
    }

    private static string Fact(string html, string name) =>
        Regex.Match(html, $">{name}</dt><dd[^>]*>(?<value>[^<]*)</dd>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value;

    [GeneratedRegex("class=\"cell-note\"[^>]*><strong[^>]*>(?<value>[^<]*)</strong><span[^>]*>(?<text>[^<]*)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Notes();
}
