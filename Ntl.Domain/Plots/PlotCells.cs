using System.Collections.Immutable;

namespace Ntl.Domain.Plots;

/// <summary>A map of values in cells: columns along x, rows upwards, darker for more.</summary>
/// <param name="X">Rising centres of the columns, finite; 0, 1, … where the columns have names.</param>
/// <param name="Columns">Names of the columns; empty where x is a number.</param>
/// <param name="Rows">Names of the rows, the lowest first.</param>
/// <param name="Values">Row by row, at [row · X.Length + column]; NaN for a cell that nothing is known of.</param>
/// <param name="Label">What the values are, with the symbol.</param>
/// <param name="Unit">Of the values; may be empty.</param>
/// <param name="IsLog">Whether shades stand for factors; values of 0 and less then count as missing.</param>
public sealed record PlotCells(
    ImmutableArray<double> X, ImmutableArray<string> Columns, ImmutableArray<string> Rows, ImmutableArray<double> Values, string Label, string Unit, bool IsLog = false)
{
    private readonly Lazy<(double Least, double Most)> _range = new(() => Range(Values, IsLog));

    /// <summary>A few letters in each cell, such as how many draws it is the mean of; empty for none, else as many as values.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The smallest value shown; NaN without any.</summary>
    public double Least => _range.Value.Least;

    /// <summary>The largest value shown; NaN without any.</summary>
    public double Most => _range.Value.Most;

    /// <summary>Opacity of a shade: the lightest is still seen, in light and in dark.</summary>
    /// <param name="shade">In [0, 1].</param>
    public static double Opacity(double shade)
    {
        const double Lightest = 0.08;
        return Lightest + ((1 - Lightest) * shade);
    }

    /// <summary>How dark a value is: 0 for the least, 1 for the most; null for a missing one.</summary>
    public double? Shade(double value)
    {
        if (!IsShown(value, IsLog))
        {
            return null;
        }

        var (low, high, at) = IsLog ? (Math.Log(Least), Math.Log(Most), Math.Log(value)) : (Least, Most, value);
        return high > low ? Math.Clamp((at - low) / (high - low), 0, 1) : 1;
    }

    /// <summary>The value of a shade, for a scale; NaN where there is none.</summary>
    /// <param name="shade">In [0, 1].</param>
    public double ValueOf(double shade) => IsLog ? Least * Math.Pow(Most / Least, shade) : Least + (shade * (Most - Least));

    /// <summary>Left and right edge of a column: half way to its neighbours.</summary>
    internal (double Left, double Right) Edges(int column)
    {
        var reach = X.Length < 2 ? 0.5 : double.NaN;
        var left = column > 0 ? (X[column] - X[column - 1]) / 2 : reach;
        var right = column < X.Length - 1 ? (X[column + 1] - X[column]) / 2 : reach;
        return (X[column] - (double.IsNaN(left) ? right : left), X[column] + (double.IsNaN(right) ? left : right));
    }

    private static (double Least, double Most) Range(ImmutableArray<double> values, bool isLog)
    {
        var known = values.Where(value => IsShown(value, isLog)).DefaultIfEmpty(double.NaN).ToList();
        return (known.Min(), known.Max());
    }

    private static bool IsShown(double value, bool isLog) => double.IsFinite(value) && (!isLog || value > 0);
}
