using System.Collections.Immutable;

namespace Ntl.Domain.Plots;

/// <summary>Lines of equal height on a <see cref="LandscapeMap"/>, by marching squares.</summary>
public static class ContourLines
{
    // Heights above this share of the grid are one plateau: a replica on its way to infinity must not flatten all else.
    private const double HighestShare = 0.95;

    /// <summary>Evenly spaced heights to draw lines at, in the map's unit; none of a flat map.</summary>
    /// <param name="map">The heights.</param>
    /// <param name="count">How many.</param>
    public static ImmutableArray<double> Levels(LandscapeMap map, int count)
    {
        var sorted = map.Heights.Sort();
        var (low, high) = (sorted[0], sorted[(int)((sorted.Length - 1) * HighestShare)]);
        return high > low ? [.. Enumerable.Range(1, count).Select(i => low + ((high - low) * i / count))] : [];
    }

    /// <summary>The short straight pieces of one line, from edge to edge of a grid cell, in the map's coordinates.</summary>
    /// <param name="map">The heights.</param>
    /// <param name="level">Of the line.</param>
    public static IEnumerable<((double X, double Y) From, (double X, double Y) To)> Pieces(LandscapeMap map, double level)
    {
        List<(double X, double Y)> crossings = [];
        for (var j = 0; j + 1 < map.Y.Length; j++)
        {
            for (var i = 0; i + 1 < map.X.Length; i++)
            {
                crossings.Clear();
                Cross(map, level, (i, j), (i + 1, j), crossings);
                Cross(map, level, (i + 1, j), (i + 1, j + 1), crossings);
                Cross(map, level, (i + 1, j + 1), (i, j + 1), crossings);
                Cross(map, level, (i, j + 1), (i, j), crossings);
                for (var k = 0; k + 1 < crossings.Count; k += 2)
                {
                    yield return (crossings[k], crossings[k + 1]);
                }
            }
        }
    }

    private static void Cross(LandscapeMap map, double level, (int I, int J) from, (int I, int J) to, List<(double X, double Y)> crossings)
    {
        var (a, b) = (Height(from), Height(to));
        if ((a < level) != (b < level))
        {
            var share = (level - a) / (b - a);
            crossings.Add((map.X[from.I] + (share * (map.X[to.I] - map.X[from.I])), map.Y[from.J] + (share * (map.Y[to.J] - map.Y[from.J]))));
        }

        double Height((int I, int J) at) => map.Heights[(at.J * map.X.Length) + at.I];
    }
}
