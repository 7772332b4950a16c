namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Welch's test of whether two means differ, for spreads that need not be equal.</summary>
/// <param name="Difference">Mean of the first less mean of the second, in their unit.</param>
/// <param name="StandardError">Of the difference, √(s₁²/n₁ + s₂²/n₂), ≥ 0; NaN where a spread is not known.</param>
/// <param name="DegreesOfFreedom">Of Welch and Satterthwaite, between min(n) − 1 and n₁ + n₂ − 2.</param>
/// <param name="T">Difference over standard error; ±∞ where neither sample has a spread and the means differ, 0 where they do not.</param>
/// <param name="P">Two-sided, in [0, 1]: how often chance alone gives a |t| so large; NaN where a mean or spread is not known.</param>
/// <remarks>
/// B. L. Welch 1947, Biometrika 34:28–35; F. E. Satterthwaite 1946, Biometrics Bulletin 2:110–114. Where one sample has no spread, the degrees of freedom are those of the other.
/// Two samples without any spread, and with different means, have P = 0: the formula's limit. The board does not believe such a pair.
/// </remarks>
public sealed record WelchTest(double Difference, double StandardError, double DegreesOfFreedom, double T, double P)
{
    /// <summary>Tests two samples.</summary>
    /// <param name="first">At least two draws.</param>
    /// <param name="second">At least two draws.</param>
    public static WelchTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => Of(SampleMean.Of(first), SampleMean.Of(second));

    /// <summary>Tests two samples of which count, mean and spread are known.</summary>
    /// <param name="first">Of at least two draws, else nothing is known of its error.</param>
    /// <param name="second">Likewise.</param>
    public static WelchTest Of(SampleMean first, SampleMean second)
    {
        var (a, b) = (first.StandardError * first.StandardError, second.StandardError * second.StandardError);
        var (difference, error) = (first.Mean - second.Mean, Math.Sqrt(a + b));
        if (!double.IsFinite(difference) || double.IsNaN(error))
        {
            return new(difference, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        if (error == 0)
        {
            var t = difference == 0 ? 0 : double.CopySign(double.PositiveInfinity, difference);
            return new(difference, 0, first.Count + second.Count - 2, t, difference == 0 ? 1 : 0);
        }

        var degrees = Degrees(a, first.Count, b, second.Count);
        return new(difference, error, degrees, difference / error, StudentT.TwoSided(difference / error, degrees));
    }

    /// <summary>The interval of the difference.</summary>
    /// <param name="confidence">In (0, 1), such as 0.95.</param>
    /// <returns>Everything where the error is not known.</returns>
    public Interval Interval(double confidence) => Statistics.Interval.About(Difference, StandardError, DegreesOfFreedom, confidence);

    // Squared standard errors as shares of their sum, so that no square of a tiny spread is lost.
    internal static double Degrees(double a, int firstCount, double b, int secondCount)
    {
        var share = a / (a + b);
        return 1 / ((share * share / (firstCount - 1)) + ((1 - share) * (1 - share) / (secondCount - 1)));
    }
}
