using Ntl.Domain.Plots;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Components.Plots;

/// <summary>Plots in words.</summary>
internal static class PlotWords
{
    /// <summary>A plot in one sentence, for those who cannot see it.</summary>
    public static string Summary(Plot plot)
    {
        if (plot.Cells is { } cells)
        {
            return OfCells(plot, cells);
        }

        const int MostNamed = 8;
        var (xs, ys) = (plot.Curves.SelectMany(curve => curve.X).ToList(), plot.Curves.SelectMany(curve => curve.Y).ToList());
        if (xs.Count == 0)
        {
            return $"{plot.Title}: nothing to show";
        }

        var names = string.Join(", ", plot.Curves.Take(MostNamed).Select(curve => curve.Label)) + (plot.Curves.Length > MostNamed ? " and others" : "");
        return $"{plot.Title}. {Axis(plot.XLabel, plot.XUnit, xs)}; {Axis(plot.YLabel, plot.YUnit, ys)}. Curves: {names}.";

        static string Axis(string label, string unit, List<double> values) =>
            $"{label} from {Format.Number(values.Min())} to {Format.Number(values.Max())}{(unit.Length == 0 ? "" : $" {unit}")}";
    }

    private static string OfCells(Plot plot, PlotCells cells)
    {
        if (double.IsNaN(cells.Least))
        {
            return $"{plot.Title}: nothing to show";
        }

        var most = cells.Values.IndexOf(cells.Most);
        var (row, column) = (most / cells.X.Length, most % cells.X.Length);
        var place = cells.Columns.IsEmpty ? $"{plot.XLabel} {Format.Number(cells.X[column])}" : cells.Columns[column];
        return $"{plot.Title}. {cells.Label} from {Format.Number(cells.Least)} to {Format.Number(cells.Most)}{(cells.Unit.Length == 0 ? "" : $" {cells.Unit}")}, most at {cells.Rows[row]}, {place}. Rows: {string.Join(", ", cells.Rows)}.";
    }
}
