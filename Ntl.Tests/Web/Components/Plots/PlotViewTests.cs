using Ntl.Domain.Plots;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Plots;

namespace Ntl.Tests.Web.Components.Plots;

public sealed class PlotViewTests
{
    private static readonly Plot s_map = new("Temperature by layer", "step", "", "layer", "", false, false, [])
    {
        Cells = new([0, 100, 200], [], ["embeddings", "h.0"], [1e-6, 2e-6, double.NaN, 3e-6, 4e-6, 5e-6], "T", "nats", IsLog: true),
    };

    [Fact]
    public async Task View_OfCells_SaysInWordsWhereMostIsAndShowsTheScale()
    {
        await using var stage = new Stage();

        var html = await stage.RenderAsync<PlotView>(("Plot", s_map), ("FileName", "t"));

        Assert.Matches("role=\"img\"[^>]*aria-label=\"[^\"]*from 1 × 10⁻⁶ to 5 × 10⁻⁶ nats, most at h.0, step 200", System.Net.WebUtility.HtmlDecode(html));
        Assert.Equal(6, html.Split("<rect class=\'cell").Length - 1);
        Assert.Contains("cell missing", html, StringComparison.Ordinal);
        Assert.Contains(">h.0</span>", html, StringComparison.Ordinal);
        Assert.Contains("by factors", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task View_OfCellsThatNothingIsKnownOf_SaysSo()
    {
        await using var stage = new Stage();
        var plot = s_map with { Cells = new([0, 100], [], ["h.0"], [double.NaN, double.NaN], "T", "nats") };

        var html = await stage.RenderAsync<PlotView>(("Plot", plot), ("FileName", "t"));

        Assert.Contains("nothing known yet", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_OfCells_AreOneRowACell()
    {
        var csv = PlotNumbers.Write(s_map);

        Assert.Equal(
            "row,\"step\",\"T (nats)\"\n\"embeddings\",0,1E-06\n\"embeddings\",100,2E-06\n\"embeddings\",200,\n\"h.0\",0,3E-06\n\"h.0\",100,4E-06\n\"h.0\",200,5E-06\n", csv);
    }
}
