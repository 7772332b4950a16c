using System.Runtime.InteropServices;
using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Comparison;

/// <summary>Some runs' values of one figure: n, mean and spread. Values that are not finite are no part of it.</summary>
/// <param name="Count">n: how many values there are.</param>
/// <param name="Mean">Arithmetic mean, in the values' unit; NaN without values.</param>
/// <param name="Deviation">Standard deviation with n − 1 in the denominator, in the values' unit; NaN below two values.</param>
/// <param name="Minimum">The least; NaN without values.</param>
/// <param name="Maximum">The greatest; NaN without values.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SampleSummary(int Count, double Mean, double Deviation, double Minimum, double Maximum)
{
    /// <summary>How often an interval holds the true mean.</summary>
    public const double Confidence = 0.95;

    /// <summary>Standard error of the mean, s/√n; NaN below two values.</summary>
    public double StandardError => Deviation / Math.Sqrt(Count);

    /// <summary>Half the 95 % interval of the mean, by Student's distribution; NaN below two values.</summary>
    public double HalfWidth => Count < 2 ? double.NaN : ErrorsOfConfidence(Count) * StandardError;

    /// <summary>Sums values up.</summary>
    /// <param name="values">Any; what is not finite is passed over.</param>
    public static SampleSummary Of(ReadOnlySpan<double> values)
    {
        var (count, mean, squares, minimum, maximum) = (0, 0.0, 0.0, double.NaN, double.NaN);
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                continue;
            }

            // Welford 1962: no sum of squares to cancel.
            count++;
            var away = value - mean;
            mean += away / count;
            squares += away * (value - mean);
            (minimum, maximum) = count == 1 ? (value, value) : (Math.Min(minimum, value), Math.Max(maximum, value));
        }

        return new(count, count == 0 ? double.NaN : mean, count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1)), minimum, maximum);
    }

    /// <summary>Half the 95 % interval in standard errors: 12.7 for two values, 2.78 for five, towards 1.96.</summary>
    /// <param name="count">n, at least 2.</param>
    public static double ErrorsOfConfidence(int count) => StudentT.Critical(count - 1, 1 - Confidence);
}
