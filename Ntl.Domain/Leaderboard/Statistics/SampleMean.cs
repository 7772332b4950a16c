using System.Runtime.InteropServices;

namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Mean and spread of independent draws, such as the losses of a schedule's seeds.</summary>
/// <param name="Count">Draws, n; at least 1.</param>
/// <param name="Mean">Their mean, in their unit; ±∞ or NaN where a draw is.</param>
/// <param name="StandardDeviation">Sample standard deviation (divided by n − 1), ≥ 0; NaN for a single draw or one that is not finite.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SampleMean(int Count, double Mean, double StandardDeviation)
{
    /// <summary>Standard deviation of the mean; NaN for a single draw.</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(Count);

    /// <summary>The mean of draws.</summary>
    /// <param name="draws">At least one; an infinite one makes the mean infinite and the spread NaN.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static SampleMean Of(params ReadOnlySpan<double> draws)
    {
        ArgumentOutOfRangeException.ThrowIfZero(draws.Length, nameof(draws));
        var sum = 0.0;
        foreach (var draw in draws)
        {
            sum += draw;
        }

        var (mean, squares, rest) = (sum / draws.Length, 0.0, 0.0);
        foreach (var draw in draws)
        {
            squares += (draw - mean) * (draw - mean);
            rest += draw - mean;
        }

        // Two passes, the second mending the first one's rounding: Chan, Golub and LeVeque 1983. Draws equal to the bit have no spread at all.
        var variance = draws.Length == 1 ? double.NaN : Math.Max(0, squares - (rest * rest / draws.Length)) / (draws.Length - 1);
        return AllEqual(draws) ? new(draws.Length, draws[0], draws.Length == 1 || !double.IsFinite(draws[0]) ? double.NaN : 0) : new(draws.Length, mean, Math.Sqrt(variance));
    }

    /// <summary>Student's interval of the mean: mean ± t(n − 1) · s/√n.</summary>
    /// <param name="confidence">In (0, 1), such as 0.95.</param>
    /// <returns>Everything for a single draw, or where one is not finite; a point where all draws are equal.</returns>
    /// <remarks>Student 1908. Exact for normal draws; see docs/theory/leaderboard.md for skewed ones.</remarks>
    public Interval Interval(double confidence) => Statistics.Interval.About(Mean, StandardError, Count - 1, confidence);

    private static bool AllEqual(ReadOnlySpan<double> draws) => !draws.ContainsAnyExcept(draws[0]);
}
