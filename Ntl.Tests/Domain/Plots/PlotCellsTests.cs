using Ntl.Domain.Plots;

namespace Ntl.Tests.Domain.Plots;

public sealed class PlotCellsTests
{
    private static readonly PlotCells s_cells = new([10, 20, 40], [], ["low", "high"], [1, 10, double.NaN, 100, 0, 10], "T", "nats", IsLog: true);

    [Fact]
    public void Shade_Logarithmic_StandsForFactorsAndNotForZeroOrMissing()
    {
        Assert.Equal((1, 100), (s_cells.Least, s_cells.Most));
        Assert.Equal(0, s_cells.Shade(1));
        Assert.Equal(0.5, s_cells.Shade(10)!.Value, 1e-12);
        Assert.Equal(1, s_cells.Shade(100));
        Assert.Null(s_cells.Shade(0));
        Assert.Null(s_cells.Shade(double.NaN));
        Assert.Equal(10, s_cells.ValueOf(0.5), 1e-9);
    }

    [Fact]
    public void Shade_AllAlike_IsDarkest() => Assert.Equal(1, new PlotCells([0], ["a"], ["b"], [3], "T", "").Shade(3));

    [Fact]
    public void Inside_Cells_DrawsEachOnceInItsPlaceAndTellsItsValue()
    {
        var drawing = new PlotDrawing(new("map", "step", "", "layer", "", false, false, []) { Cells = s_cells });

        var svg = drawing.Inside(100, 100);

        Assert.Equal(6, svg.Split("<rect class='cell").Length - 1);
        Assert.Equal(2, svg.Split("cell missing").Length - 1);
        // Columns reach half way to their neighbours: from 5 to 15, 30 and 50; the first row lies below.
        Assert.Contains("<rect class='cell' x='0' y='50' width='22.2' height='50' fill-opacity='0.08'><title>low, 10: 1 nats</title>", svg, StringComparison.Ordinal);
        Assert.Contains("<title>high, 20: not known</title>", svg, StringComparison.Ordinal);
        Assert.Equal(["low", "high"], drawing.Y.Names);
        Assert.Equal([0, 1], drawing.Y.RoundValues());
    }

    [Fact]
    public void Write_Cells_HasNamesAndScale()
    {
        var file = PlotFile.Write(new("map", "step", "", "layer", "", false, false, []) { Cells = s_cells });

        Assert.Contains(">high</text>", file, StringComparison.Ordinal);
        Assert.Contains(">T (nats)</text>", file, StringComparison.Ordinal);
        Assert.Contains(">100</text>", file, StringComparison.Ordinal);
    }
}
