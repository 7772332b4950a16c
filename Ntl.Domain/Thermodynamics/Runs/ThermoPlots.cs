using Ntl.Domain.Plots;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>Curves of what runs measured, thinned to what a plot can show.</summary>
internal static class ThermoPlots
{
    private const int MostPoints = 400;

    /// <summary>A quantity over steps with its band of two standard errors; the line breaks where it could not be measured.</summary>
    public static PlotCurve Series(string label, EstimateSeries series, double scale = 1, CurveStyle style = CurveStyle.Line)
    {
        var shown = Thinned(series.Count).ToList();
        var curve = Points(label, shown.Select(i => ((double)series.Steps[i], series[i].Times(scale))), style);
        var breaks = Enumerable.Range(1, Math.Max(0, shown.Count - 1))
            .Where(i => series.IsBrokenBetween(series.Steps[shown[i - 1]], series.Steps[shown[i]]));
        return curve with { Breaks = [.. breaks] };
    }

    /// <summary>Values with a band of two standard errors, where all are known; what is not finite is left out.</summary>
    public static PlotCurve Points(string label, IEnumerable<(double X, Estimate Y)> points, CurveStyle style = CurveStyle.Points)
    {
        var finite = points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y.Value)).ToList();
        var curve = new PlotCurve(label, CurveRole.Measured, [.. finite.Select(point => point.X)], [.. finite.Select(point => point.Y.Value)], style);

        // The first of a running average has no error yet: its band begins at the value.
        return finite.Count(point => double.IsFinite(point.Y.StandardError)) < Math.Max(2, finite.Count - 1) ? curve : curve with
        {
            Lower = [.. finite.Select(point => point.Y.Value - (2 * Finite(point.Y.StandardError)))],
            Upper = [.. finite.Select(point => point.Y.Value + (2 * Finite(point.Y.StandardError)))],
        };
    }

    public static PlotCurve Line(string label, CurveRole role, IEnumerable<(double X, double Y)> points)
    {
        var finite = points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        return new(label, role, [.. finite.Select(point => point.X)], [.. finite.Select(point => point.Y)]);
    }

    /// <summary>A level over the steps of a series.</summary>
    public static PlotCurve Level(string label, EstimateSeries over, double value, CurveRole role = CurveRole.Bound) =>
        new(label, role, [over.Steps[0], over.Steps[^1]], [value, value]);

    /// <summary>Positions of at most so many points, evenly, the last one always.</summary>
    public static IEnumerable<int> Thinned(int count, int most = MostPoints)
    {
        var stride = Math.Max(1, (int)Math.Ceiling(count / (double)most));
        return Enumerable.Range(0, (count + stride - 1) / stride).Select(i => count - 1 - (i * stride)).Where(i => i >= 0).Reverse();
    }

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;
}
