using System.Globalization;
using System.Text;
using Ntl.Domain.Plots;

namespace Ntl.Web.Components.Plots;

/// <summary>A plot's curves, or its cells, as CSV.</summary>
internal static class PlotNumbers
{
    /// <summary>One row a point, the band's columns empty where a curve has none; or one row a cell, without a number where nothing is known.</summary>
    public static string Write(Plot plot)
    {
        var csv = new StringBuilder()
            .Append("curve,role,").Append(Quoted(Column(plot.XLabel, plot.XUnit))).Append(',').Append(Quoted(Column(plot.YLabel, plot.YUnit))).Append(",lower,upper\n");
        foreach (var curve in plot.Curves)
        {
            var hasBand = curve.Lower.Length == curve.X.Length;
            for (var i = 0; i < curve.X.Length; i++)
            {
                csv.Append(Quoted(curve.Label)).Append(',').Append(curve.Role.ToString().ToLowerInvariant()).Append(',')
                    .Append(Number(curve.X[i])).Append(',').Append(Number(curve.Y[i])).Append(',')
                    .Append(hasBand ? Number(curve.Lower[i]) : "").Append(',').Append(hasBand ? Number(curve.Upper[i]) : "").Append('\n');
            }
        }

        if (plot.Cells is { } cells)
        {
            csv.Clear().Append("row,").Append(Quoted(Column(plot.XLabel, plot.XUnit))).Append(',').Append(Quoted(Column(cells.Label, cells.Unit))).Append(cells.Notes.IsEmpty ? "\n" : ",note\n");
            foreach (var (i, value) in cells.Values.Index())
            {
                var column = i % cells.X.Length;
                csv.Append(Quoted(cells.Rows[i / cells.X.Length])).Append(',')
                    .Append(cells.Columns.IsEmpty ? Number(cells.X[column]) : Quoted(cells.Columns[column])).Append(',')
                    .Append(double.IsFinite(value) ? Number(value) : "")
                    .Append(cells.Notes.IsEmpty ? "" : $",{Quoted(cells.Notes[i])}").Append('\n');
            }
        }

        return csv.ToString();
    }

    private static string Column(string label, string unit) => unit.Length == 0 ? label : $"{label} ({unit})";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // A leading = + - @ would be run as a formula by a spreadsheet.
    private static string Quoted(string text) => $"\"{(text.Length > 0 && "=+-@".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
