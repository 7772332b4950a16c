namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>A straight line through points by least squares, errors from the scatter about it.</summary>
/// <param name="Slope">NaN where all x are equal.</param>
/// <param name="Mean">Of y.</param>
/// <param name="MeanX">Of x.</param>
/// <param name="Scatter">Standard deviation about the line; NaN where it goes through all points anyhow.</param>
/// <param name="Count">Points.</param>
/// <param name="SumSquaresX">Of x about its mean.</param>
/// <param name="RSquare">Share of the variance that the line explains.</param>
internal sealed record LineFit(Estimate Slope, double Mean, double MeanX, double Scatter, double Count, double SumSquaresX, double RSquare)
{
    public static LineFit Of(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var (xx, xy) = (points.Sum(point => (point.X - x) * (point.X - x)), points.Sum(point => (point.X - x) * (point.Y - y)));
        var slope = xx > 0 ? xy / xx : double.NaN;
        var left = points.Sum(point => Math.Pow(point.Y - y - (xx > 0 ? slope * (point.X - x) : 0), 2));
        var total = points.Sum(point => (point.Y - y) * (point.Y - y));
        var freedom = points.Count - (xx > 0 ? 2 : 1);
        var scatter = freedom > 0 ? Math.Sqrt(left / freedom) : double.NaN;
        return new(new(slope, scatter / Math.Sqrt(xx)), y, x, scatter, points.Count, xx, 1 - (left / total));
    }

    /// <summary>y = ax: the slope of a line through the origin, and the share of the variance about the mean that it explains.</summary>
    public static (Estimate Slope, double RSquare) ThroughOrigin(IReadOnlyList<(double X, double Y)> points)
    {
        var xx = points.Sum(point => point.X * point.X);
        var slope = points.Sum(point => point.X * point.Y) / xx;
        var left = points.Sum(point => Math.Pow(point.Y - (slope * point.X), 2));
        var mean = points.Average(point => point.Y);
        var error = points.Count > 1 ? Math.Sqrt(left / (points.Count - 1) / xx) : double.NaN;
        return (new(slope, error), points.Count > 1 ? 1 - (left / points.Sum(point => (point.Y - mean) * (point.Y - mean))) : double.NaN);
    }

    /// <summary>The line's value at a place, with the error of the line there.</summary>
    public Estimate At(double x) => SumSquaresX > 0
        ? new(Mean + (Slope.Value * (x - MeanX)), Scatter * Math.Sqrt((1 / Count) + ((x - MeanX) * (x - MeanX) / SumSquaresX)))
        : new(Mean, Scatter / Math.Sqrt(Count));
}
