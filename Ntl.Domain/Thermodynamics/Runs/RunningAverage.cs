using Ntl.Domain.Metrics;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>Means of a noisy series whose weights halve over some steps, with standard errors from the noise about them; in one pass.</summary>
internal static class RunningAverage
{
    /// <summary>Means of measurements that are independent of one another: their noise is that between neighbours, so that a slow change of the quantity adds nothing to it.</summary>
    /// <remarks>Variance by half the mean square of successive differences (von Neumann 1941, doi:10.1214/aoms/1177731677).</remarks>
    public static EstimateSeries OfIndependent(MetricSeries series, double halfLife, Func<long, double>? factor = null) => EstimateSeries.From(Means(series, halfLife, factor, isIndependent: true));

    /// <summary>Means of measurements that hang together: their noise is the spread about the mean, a trend's included, and no finer than one independent value a half-life.</summary>
    public static EstimateSeries OfCorrelated(MetricSeries series, double halfLife, Func<long, double>? factor = null) => EstimateSeries.From(Means(series, halfLife, factor, isIndependent: false));

    /// <summary>Standard deviation of a measurement about its neighbours, from the whole series; NaN with fewer than two finite points.</summary>
    /// <remarks>By the median of successive differences of normal noise, which a jump or two do not move.</remarks>
    public static double NoiseOf(IEnumerable<double> values)
    {
        const double MedianOfNormal = 0.67449;
        var finite = values.Where(double.IsFinite).ToList();
        var differences = finite.Zip(finite.Skip(1), (x, next) => Math.Abs(next - x)).Order().ToList();
        return differences.Count == 0 ? double.NaN : (differences[(differences.Count - 1) / 2] + differences[differences.Count / 2]) / 2 / (MedianOfNormal * Math.Sqrt(2));
    }

    private static IEnumerable<(long Step, Estimate Value)> Means(MetricSeries series, double halfLife, Func<long, double>? factor, bool isIndependent)
    {
        var (weight, squares, mean, spread, pairs, last) = (0.0, 0.0, 0.0, 0.0, 0.0, double.NaN);
        long lastStep = 0;
        for (var i = 0; i < series.Count; i++)
        {
            var (step, raw) = series[i];
            var value = raw * (factor?.Invoke(step) ?? 1);
            if (!double.IsFinite(value))
            {
                continue;
            }

            var kept = Math.Pow(2, (lastStep - step) / halfLife);
            (weight, squares) = ((weight * kept) + 1, (squares * kept * kept) + 1);
            var change = value - mean;
            mean += change / weight;
            if (isIndependent)
            {
                pairs = double.IsNaN(last) ? 0 : (pairs * kept) + 1;
                spread = double.IsNaN(last) ? 0 : (spread * kept) + ((value - last) * (value - last) / 2);
            }
            else
            {
                (pairs, spread) = (weight - (squares / weight), (spread * kept) + (change * (value - mean)));
            }

            (last, lastStep) = (value, step);
            // A mean of independent draws shrinks with their number, one of correlated draws by the half-life's square root of two at most.
            var shrinking = isIndependent ? squares / (weight * weight) : Math.Max(0.5, squares / (weight * weight));
            yield return (step, new(mean, pairs > 0 ? Math.Sqrt(spread / pairs * shrinking) : double.NaN));
        }
    }
}
