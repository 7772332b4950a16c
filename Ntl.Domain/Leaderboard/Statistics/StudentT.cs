namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Student's distribution: how far a mean of few draws may be off when their spread is all that is known of their error.</summary>
/// <remarks>Student 1908, Biometrika 6; its tails through the incomplete beta function, DLMF 8.17 and Abramowitz and Stegun 26.7.1.</remarks>
public static class StudentT
{
    // Halvings of the logarithm of t: to the last digits of a double.
    private const int Halvings = 60;

    private const double Farthest = 1e150;

    /// <summary>P(|t| ≥ a value): what a two-sided test calls p.</summary>
    /// <param name="t">Any number; ±∞ gives 0, NaN gives NaN.</param>
    /// <param name="degrees">Degrees of freedom ν, whole or broken; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no degrees of freedom.</exception>
    public static double TwoSided(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        if (double.IsNaN(t))
        {
            return double.NaN;
        }

        var square = t * t;
        return double.IsInfinity(square) ? 0 : IncompleteBeta.At(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square));
    }

    /// <summary>The value that |t| reaches with a probability: the half-width, in standard errors, of an interval that misses the mean so often.</summary>
    /// <param name="degrees">Degrees of freedom ν, whole or broken; above 0.</param>
    /// <param name="level">How often it is reached, α of a two-sided test; in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no degrees of freedom, or the level is outside its range.</exception>
    public static double Critical(double degrees, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        var (low, high) = (1.0, 1.0);
        while (TwoSided(low, degrees) < level)
        {
            low /= 2;
        }

        while (TwoSided(high, degrees) > level && high < Farthest)
        {
            high *= 2;
        }

        for (var i = 0; i < Halvings && high - low > high * 1e-15; i++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = TwoSided(middle, degrees) > level ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(low * high);
    }
}
