using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ntl.Domain.Laboratory;
using Ntl.Domain.Plots;

namespace Ntl.Tests.Domain.Plots;

public sealed partial class PlotDrawingTests
{
    [Fact]
    public void Inside_EveryDefaultPlotOfACardWithAMap_HasOnlyNumbersInItsPaths()
    {
        var card = LabCards.Find("river-valley")!;
        var result = card.Run(KnobValues.Defaults(card), null, TestContext.Current.CancellationToken);

        foreach (var plot in result.Plots)
        {
            var paths = XElement.Parse($"<g>{new PlotDrawing(plot).Inside(1000, 1000)}</g>").Elements("path").ToList();

            Assert.NotEmpty(paths);
            Assert.All(paths, path => Assert.Matches(PathData(), path.Attribute("d")!.Value));
        }

        Assert.Contains(result.Plots, plot => new PlotDrawing(plot).Inside(10, 10).Contains("class='contour'", StringComparison.Ordinal));
    }

    [Fact]
    public void ContourLines_OfACone_LieOnCircles()
    {
        double[] places = [.. Enumerable.Range(-20, 41).Select(i => i / 20.0)];
        var map = new LandscapeMap([.. places], [.. places], [.. places.SelectMany(y => places.Select(x => Math.Sqrt((x * x) + (y * y))))]);

        var pieces = ContourLines.Pieces(map, 0.5).ToList();

        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Equal(0.5, Math.Sqrt((piece.From.X * piece.From.X) + (piece.From.Y * piece.From.Y)), 2e-3));
        Assert.Equal(Math.PI, pieces.Sum(piece => Math.Sqrt(Math.Pow(piece.To.X - piece.From.X, 2) + Math.Pow(piece.To.Y - piece.From.Y, 2))), 0.01);
    }

    [Theory]
    [InlineData(0, 1, false, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-0.3, 0.3, false, "-0.2 0 0.2")]
    [InlineData(1, 60, true, "1 2 5 10 20 50")]
    [InlineData(1e-9, 1e9, true, "1E-08 0.0001 1 10000 1E+08")]
    [InlineData(1.31, 1.38, true, "1.32 1.34 1.36 1.38")]
    public void RoundValues_OfARange_AreRoundAndFew(double low, double high, bool isLog, string expected)
    {
        var values = PlotAxis.Over([low, high], isLog).RoundValues();

        Assert.Equal(expected, string.Join(' ', values.Select(value => value.ToString("G6", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void RoundValues_OfValuesThatDifferByRounding_AreFew() =>
        Assert.InRange(PlotAxis.Over([4.2525, Math.BitIncrement(4.2525)], isLog: false).RoundValues().Count, 2, 12);

    [Fact]
    public void Axis_OfOneValue_StillHasALength()
    {
        var axis = PlotAxis.Over([0, 0, 0], isLog: false);

        Assert.Equal(0.5, axis.Share(0), 1e-9);
        Assert.True(axis.End > axis.Start);
    }

    [Fact]
    public void Classes_OfACurveAndItsTheory_ShareTheColourAndNotTheRole()
    {
        var plot = new Plot("p", "x", "", "y", "", false, false,
        [
            new("cosine", CurveRole.Measured, [0, 1], [0, 1]),
            new("linear", CurveRole.Measured, [0, 1], [1, 0]),
            new("linear, exact", CurveRole.Theory, [0, 1], [1, 0]),
            new("no less", CurveRole.Bound, [0, 1], [0, 0]),
        ]);
        var drawing = new PlotDrawing(plot);

        Assert.Equal(["s1 measured", "s2 measured", "s2 theory", "bound"], plot.Curves.Select(drawing.ClassesOf));
    }

    [Fact]
    public void File_WithLabelsThatAreMarkup_IsSoundXmlWithAllText()
    {
        var plot = new Plot("a < b & c", "x", "nats", "|y|", "", false, true, [new("<1>", CurveRole.Measured, [1, 2], [1e-3, 10], CurveStyle.Points)]);

        var file = XElement.Parse(PlotFile.Write(plot));

        Assert.Contains("a < b & c", file.Value, StringComparison.Ordinal);
        Assert.Contains("x (nats)", file.Value, StringComparison.Ordinal);
        Assert.Contains("<1>", file.Value, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(M[-0-9. ]+((L[-0-9. ]+)|h0|Z)*)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PathData();
}
