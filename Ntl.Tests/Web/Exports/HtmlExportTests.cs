using System.Text.Json;
using System.Xml.Linq;
using Ntl.Web.Exports;

namespace Ntl.Tests.Web.Exports;

public sealed class HtmlExportTests
{
    private static readonly DateTimeOffset s_madeAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void File_OfHostileNames_RunsNoneOfThem()
    {
        const string Hostile = "</script><script>alert(1)</script>";

        var html = new HtmlExport(Hostile, s_madeAt, Hostile)
            .Heading(Hostile).Paragraph(Hostile).Preformatted(Hostile)
            .Facts([(Hostile, Hostile)])
            .Table(Hostile, [Hostile], [[Hostile]])
            .Chart(Chart(Hostile))
            .Data("numbers", new { Name = Hostile })
            .Write();

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        var data = html.Split("id='numbers'>")[1].Split("</script>")[0];
        Assert.Equal(Hostile, JsonDocument.Parse(data).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public void File_Always_NeedsNothingFromElsewhereAndSaysWhenItWasMade()
    {
        var html = new HtmlExport("A page", s_madeAt, "Of two runs.").Chart(Chart("a line")).Write();

        Assert.DoesNotMatch("(src|href)=", html);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 03:04:05 UTC", html, StringComparison.Ordinal);
        Assert.Contains("2 of 900 points, extremes kept. 1 value is missing or not finite.", html.Replace('\u2009', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_OfAnyValues_IsSoundSvgThatBreaksWhereTheLineDoes()
    {
        var svg = XElement.Parse(SvgChart.Write(Chart("a <line> & more")));

        var path = svg.Descendants("path").Single(own => ((string?)own.Attribute("class"))!.Contains("line", StringComparison.Ordinal));
        Assert.Equal(2, ((string)path.Attribute("d")!).Count(letter => letter == 'M'));
        Assert.Equal("a <line> & more", path.Element("title")!.Value);
    }

    [Fact]
    public void Chart_OnLogarithmicAxes_PassesOverWhatHasNoLogarithm()
    {
        ExportChart chart = new("log", "step", [new("line", 1, 0, [0, 1, 10, 100], [5, 1, -1, 0.01])]) { LogX = true, LogY = true };

        var path = XElement.Parse(SvgChart.Write(chart)).Descendants("path").Single(own => (string?)own.Attribute("class") == "line c1");

        Assert.DoesNotContain("NaN", (string)path.Attribute("d")!, StringComparison.Ordinal);
        Assert.Equal(2, ((string)path.Attribute("d")!).Count(letter => letter == 'M'));
    }

    [Fact]
    public void Chart_WithABand_DrawsItWhereItIsKnown()
    {
        ExportChart chart = new("band", "step", [new("mean", 2, 1, [0, 1, 2], [1, 2, 3]) { Low = [0, double.NaN, 2], High = [2, double.NaN, 4] }]);

        var band = XElement.Parse(SvgChart.Write(chart)).Descendants("path").Single(own => (string?)own.Attribute("class") == "band c2");

        Assert.Equal(3, ((string)band.Attribute("d")!).Count(letter => letter == 'L'));
    }

    [Fact]
    public void Chart_WithoutPoints_IsStillAChart() => Assert.Equal("svg", XElement.Parse(SvgChart.Write(new("nothing", "step", []))).Name.LocalName);

    private static ExportChart Chart(string label) => new("Loss", "step", [new(label, 1, 0, [0, 1, 2], [1, double.NaN, 3]) { TotalPoints = 900 }]);
}
