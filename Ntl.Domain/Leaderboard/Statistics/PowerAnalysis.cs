namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>How likely Welch's test tells a difference of a given size, and how many seeds that takes.</summary>
/// <remarks>
/// Through the noncentral t distribution at the degrees of freedom of Welch and Satterthwaite for the true spreads: exact for equal spreads and counts but for those degrees, close otherwise
/// (docs/theory/leaderboard.md has the measured error). Moser, Stevens and Watts 1989, Commun. Statist. 18:3963–3975.
/// </remarks>
public static class PowerAnalysis
{
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

        var degrees = WelchTest.Degrees(a, firstCount, b, secondCount);
        return NoncentralT.TwoSided(StudentT.Critical(degrees, level), degrees, Math.Abs(difference) / Math.Sqrt(a + b));
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
}
