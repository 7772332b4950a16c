using Ntl.Domain.Landscapes;
using Ntl.Domain.Plots;

namespace Ntl.Domain.Laboratory;

/// <summary>Makes curves; points that no axis can show, of non-finite theory for instance, are left out.</summary>
internal static class Draw
{
    public static PlotCurve Curve(string label, CurveRole role, IEnumerable<double> x, IEnumerable<double> y, CurveStyle style = CurveStyle.Line, bool isLog = false)
    {
        var points = x.Zip(y).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second) && (!isLog || point.Second > 0)).ToList();
        return new(label, role, [.. points.Select(point => point.First)], [.. points.Select(point => point.Second)], style);
    }

    public static PlotCurve Theory(string label, IEnumerable<double> x, Func<double, double> y, bool isLog = false) =>
        Curve(label, CurveRole.Theory, x, x.Select(y), isLog: isLog);

    /// <summary>Means with a band of two standard errors.</summary>
    public static PlotCurve Means(string label, IEnumerable<double> x, IEnumerable<EnsembleMean> means, double scale = 1, CurveStyle style = CurveStyle.Line, bool isLog = false)
    {
        var points = x.Zip(means).Where(point => !isLog || point.Second.Mean > 0).ToList();
        var floor = isLog ? double.Epsilon : double.NegativeInfinity;
        return new(label, CurveRole.Measured, [.. points.Select(point => point.First)], [.. points.Select(point => scale * point.Second.Mean)], style)
        {
            Lower = [.. points.Select(point => scale * Math.Max(isLog ? Math.Max(floor, point.Second.Mean / 100) : floor, point.Second.Mean - (2 * point.Second.StandardError)))],
            Upper = [.. points.Select(point => scale * (point.Second.Mean + (2 * point.Second.StandardError)))],
        };
    }

    /// <summary>One observable of every record, against the number of steps.</summary>
    public static PlotCurve Observed(string label, EnsembleResult result, int observable, double scale = 1, bool isLog = false) =>
        Means(label, result.Records.Select(record => (double)record.Steps), result.Records.Select(record => record.Observed[observable]), scale, isLog: isLog);

    public static double[] Range(double from, double to, int count) => [.. Enumerable.Range(0, count).Select(i => from + ((to - from) * i / (count - 1)))];

    public static double[] LogRange(double from, double to, int count) => [.. Range(Math.Log(from), Math.Log(to), count).Select(Math.Exp)];
}
