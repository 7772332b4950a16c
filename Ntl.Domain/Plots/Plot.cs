using System.Collections.Immutable;

namespace Ntl.Domain.Plots;

/// <summary>One plot: curves over common axes, on a map of the landscape where there is one.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XLabel">With the symbol.</param>
/// <param name="XUnit">May be empty.</param>
/// <param name="YLabel">With the symbol.</param>
/// <param name="YUnit">May be empty.</param>
/// <param name="LogX">Whether the x-axis is logarithmic; points at 0 and below are then left out and told.</param>
/// <param name="LogY">Whether the y-axis is logarithmic; points at 0 and below are then left out and told.</param>
/// <param name="Curves">On a map: the walkers' paths and the river.</param>
public sealed record Plot(
    string Title, string XLabel, string XUnit, string YLabel, string YUnit, bool LogX, bool LogY, ImmutableArray<PlotCurve> Curves)
{
    /// <summary>Heights under the curves, drawn as contours; null for a plain plot.</summary>
    public LandscapeMap? Map { get; init; }

    /// <summary>Values in cells under the curves; null for a plain plot. Its rows name the y-axis.</summary>
    public PlotCells? Cells { get; init; }
}
