namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>How likely Welch's test tells a difference of a given size, and how many seeds that takes.</summary>
/// <remarks>
/// With the sum W of both samples' squares and the share R of the first in it independent (Beta and χ²), Welch's statistic is a noncentral t given R, and his critical value depends on R alone: the power is the
/// mean of noncentral tails over R. Derived here. The usual shortcut, one noncentral t at the true spreads' degrees of freedom, ignores that the degrees are estimated: at five seeds it promises four points too much.
/// </remarks>
public static class PowerAnalysis
{
    // Standard deviations of θ to either side, and steps over them.
    private const double Reach = 6;
    private const int Steps = 16;

    /// <summary>The power of a two-sided Welch test.</summary>
    /// <param name="difference">Of the true means, in any unit.</param>
    /// <param name="firstDeviation">True standard deviation of the first, ≥ 0, in the same unit.</param>
    /// <param name="firstCount">Its draws; at least 2.</param>
    /// <param name="secondDeviation">True standard deviation of the second, ≥ 0.</param>
    /// <param name="secondCount">Its draws; at least 2.</param>
    /// <param name="level">α, in (0, 1).</param>
    /// <returns>In [level, 1]; without any spread 1 for a difference and 0 for none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 2, a deviation is negative, or the level is outside its range.</exception>
    public static double Power(double difference, double firstDeviation, int firstCount, double secondDeviation, int secondCount, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstCount, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(secondCount, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(firstDeviation);
        ArgumentOutOfRangeException.ThrowIfNegative(secondDeviation);
        var (a, b) = (firstDeviation * firstDeviation / firstCount, secondDeviation * secondDeviation / secondCount);
        if (a + b == 0)
        {
            return difference == 0 ? 0 : 1;
        }

        return OverShares(Math.Abs(difference) / Math.Sqrt(a + b), a / (a + b), firstCount - 1, secondCount - 1, level);
    }

    /// <summary>The fewest further seeds for either side that reach a power.</summary>
    /// <param name="difference">Of the true means.</param>
    /// <param name="firstDeviation">True standard deviation of the first, ≥ 0.</param>
    /// <param name="firstCount">Its draws so far; at least 2.</param>
    /// <param name="secondDeviation">True standard deviation of the second, ≥ 0.</param>
    /// <param name="secondCount">Its draws so far; at least 2.</param>
    /// <param name="level">α, in (0, 1).</param>
    /// <param name="power">To be reached, in (0, 1), such as 0.8.</param>
    /// <param name="maximum">The most further seeds to think of; ≥ 0.</param>
    /// <returns>From 0 to the maximum; null when the maximum does not reach it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 2, or a deviation, level or maximum is outside its range.</exception>
    public static int? FurtherSeeds(double difference, double firstDeviation, int firstCount, double secondDeviation, int secondCount, double level, double power, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximum);
        if (!Reaches(maximum))
        {
            return null;
        }

        var (low, high) = (0, maximum);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Reaches(middle) ? (low, middle) : (middle + 1, high);
        }

        return high;

        bool Reaches(int further) => Power(difference, firstDeviation, firstCount + further, secondDeviation, secondCount + further, level) >= power;
    }

    // R = sin²θ, whose density in θ is sin^(ν₁−1) cos^(ν₂−1) with ν₁ = n₁ − 1: nearly normal, so that a plain sum over θ converges fast.
    private static double OverShares(double noncentrality, double trueShare, int first, int second, double level)
    {
        var degrees = first + second;
        var (center, reach) = (Math.Atan(Math.Sqrt((double)first / second)), Reach / Math.Sqrt(2 * degrees));
        var (low, high) = (Math.Max(0, center - reach), Math.Min(Math.PI / 2, center + reach));
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < Steps; i++)
        {
            var (sine, cosine) = Math.SinCos(low + ((high - low) * (i + 0.5) / Steps));
            var weight = Math.Exp(((first - 1) * Math.Log(sine)) + ((second - 1) * Math.Log(cosine)));
            var (own, other) = (trueShare / first * sine * sine, (1 - trueShare) / second * cosine * cosine); // squared errors of both means, in units of W·(a + b)
            var critical = StudentT.Critical(WelchTest.Degrees(own, first + 1, other, second + 1), level);
            sum += weight * NoncentralT.TwoSided(critical * Math.Sqrt(degrees * (own + other)), degrees, noncentrality);
            weights += weight;
        }

        return sum / weights;
    }
}
