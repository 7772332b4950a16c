using System.Xml.Linq;
using Ntl.Domain.Plots;

namespace Ntl.Tests.Domain.Plots;

/// <summary>What cannot be drawn interrupts a line and is told; what stands alone is a dot.</summary>
public sealed class HonestPlotTests
{
    [Fact]
    public void Line_WithValuesBetweenNaN_HasADotForEach()
    {
        var plot = PlotOf(isLog: false, double.NaN, 1, double.NaN, 2, 3, double.NaN, 4);

        var paths = PathsOf(plot);

        Assert.Equal(2, paths.Count(path => IsOf(path, "points")));
        Assert.Single(paths, path => IsOf(path, "line"));
        Assert.DoesNotContain("NaN", string.Concat(paths.Select(path => path.Attribute("d")!.Value)), StringComparison.Ordinal);
        Assert.Equal("3 values are missing or not finite.", new PlotDrawing(plot).LeftOut.ToString());
    }

    [Fact]
    public void Line_WithZerosOnALogAxis_LeavesThemOutAndTells()
    {
        var plot = PlotOf(isLog: true, 1, 0, 2, -0.5, 0, 5, 8);

        var paths = PathsOf(plot);

        Assert.Equal(2, paths.Count(path => IsOf(path, "points")));
        Assert.Single(paths, path => IsOf(path, "line"));
        Assert.Contains("3 values ≤ 0 are not shown on a log axis.", XElement.Parse(PlotFile.Write(plot)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_OfOneValue_IsADotInTheSavedFile() =>
        Assert.Contains("h0'", PlotFile.Write(PlotOf(isLog: false, double.NaN, 3, double.NaN)), StringComparison.Ordinal);

    [Fact]
    public void Line_WithABandThatIsPartlyUnknown_HasABandInPieces()
    {
        var plot = PlotOf(isLog: false, 1, 2, 3, 4, 5);
        plot = plot with { Curves = [plot.Curves[0] with { Lower = [0, 1, double.NaN, 3, 4], Upper = [2, 3, double.NaN, 5, 6] }] };

        Assert.Equal(2, PathsOf(plot).Count(path => IsOf(path, "band")));
    }

    [Fact]
    public void Classes_OfHotAndCold_AreNamedForTheirHeat()
    {
        var plot = new Plot("Hot and cold loss", "step", "", "loss", "nats/token", false, false,
            [new("hot loss at θ", CurveRole.Measured, [0, 1], [2, 1]), new("cold loss at θ̄; shaded: heat", CurveRole.Measured, [0, 1], [1, 1])]);
        var drawing = new PlotDrawing(plot);

        Assert.Equal(["hot measured", "cold measured"], plot.Curves.Select(drawing.ClassesOf));
    }

    private static Plot PlotOf(bool isLog, params double[] values) =>
        new("Loss", "step", "", "loss", "nats/token", false, isLog, [new("run", CurveRole.Measured, [.. values.Select((_, i) => (double)i)], [.. values])]);

    private static List<XElement> PathsOf(Plot plot) => [.. XElement.Parse($"<g>{new PlotDrawing(plot).Inside(100, 100)}</g>").Elements("path")];

    private static bool IsOf(XElement path, string word) => path.Attribute("class")!.Value.Split(' ').Contains(word);
}
