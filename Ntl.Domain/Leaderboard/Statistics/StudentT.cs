namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Student's distribution: how far a mean of few draws may be off when their spread is all that is known of their error.</summary>
/// <remarks>Student 1908, Biometrika 6; its tails through the incomplete beta function, DLMF 8.17 and Abramowitz and Stegun 26.7.1.</remarks>
public static class StudentT
{
    private const double Precision = 1e-12;
    private const int MostSteps = 100;

    // ln t beyond which t² is no double.
    private const double Farthest = 350;

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
        var (low, high) = (Excess(0), Excess(0));
        while (low.Excess < 0)
        {
            low = Excess(low.LogT - Math.Log(2));
        }

        while (high.Excess > 0 && high.LogT < Farthest)
        {
            high = Excess(high.LogT + Math.Log(2));
        }

        return Math.Exp(Close(low, high));

        // ln p against ln t is nearly straight, so that a chord finds where it crosses the level in a few steps.
        (double LogT, double Excess) Excess(double logT) => (logT, Math.Log(TwoSided(Math.Exp(logT), degrees) / level));

        // Regula falsi with Illinois' halving: Dowell and Jarratt 1971, BIT 11:168–174.
        double Close((double LogT, double Excess) left, (double LogT, double Excess) right)
        {
            for (var i = 0; i < MostSteps && right.LogT - left.LogT > Precision; i++)
            {
                var middle = Excess(left.Excess <= right.Excess ? left.LogT : left.LogT + ((right.LogT - left.LogT) * left.Excess / (left.Excess - right.Excess)));
                if (Math.Abs(middle.Excess) < Precision)
                {
                    return middle.LogT;
                }

                (left, right) = middle.Excess > 0 ? (middle, right with { Excess = right.Excess / 2 }) : (left with { Excess = left.Excess / 2 }, middle);
            }

            return (left.LogT + right.LogT) / 2;
        }
    }
}
