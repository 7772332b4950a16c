using Ntl.Tests.Support;
using Ntl.Web.Exports;

namespace Ntl.Tests.Web.Exports;

/// <summary>Charts of saved pages draw lone values, and tell what they leave out.</summary>
public sealed class HonestChartTests
{
    [Fact]
    public void Chart_WithALoneValue_DrawsADot()
    {
        var html = Page(isLog: false, double.NaN, 3, double.NaN, 1, 2);

        Assert.Matches("<path class='dots c1' d='M[0-9. ]+h0'>", html);
        Assert.Contains("3 of 5 points. 2 values are missing or not finite.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_WithZerosOnALogAxis_TellsHowManyAreLeftOut()
    {
        var html = Page(isLog: true, 1, 0, -0.5, 2, 3);

        Assert.Contains("3 of 5 points. 2 values ≤ 0 are not shown on a log axis.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_OfAllItsPoints_CountsThem() => Assert.Contains(">5 points.<", Page(isLog: false, 1, 2, 3, 4, 5), StringComparison.Ordinal);

    [Fact]
    public void Chart_WithAxisTitles_NamesBoth()
    {
        var html = Page(isLog: false, 1, 2);

        Assert.Contains(">loss (nats/token)</text>", html, StringComparison.Ordinal);
        Assert.Contains(">step</text>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrowserCharts_OfLoneAndMissingValues_DoTheSame()
    {
        var (status, told) = await NodeScript.RunAsync("honest.js", [], TestContext.Current.CancellationToken);

        Assert.True(status == 0, told);
    }

    private static string Page(bool isLog, params double[] values)
    {
        var line = new ExportLine("run", 1, 0, [.. values.Select((_, i) => (double)i)], values);
        var chart = new ExportChart("Loss (nats/token)", "step", [line]) { LogY = isLog, YTitle = "loss (nats/token)" };
        return new HtmlExport("Run", DateTimeOffset.UnixEpoch, "A run.").Chart(chart).Write();
    }
}
