namespace Ntl.Domain.Experiments;

/// <summary>Student's distribution: how far a mean of few draws may be off when their spread is all that is known of their error.</summary>
internal static class StudentT
{
    // Halvings of the angle's interval: to the last digit of a double.
    private const int Halvings = 60;

    /// <summary>The half-width, in standard errors, of an interval that holds the mean so often.</summary>
    /// <param name="degrees">Draws less one; at least 1.</param>
    /// <param name="share">How often; in (0, 1).</param>
    public static double HalfWidth(int degrees, double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var (low, high) = (0.0, Math.PI / 2);
        for (var i = 0; i < Halvings; i++)
        {
            var angle = (low + high) / 2;
            (low, high) = Within(degrees, angle) < share ? (angle, high) : (low, angle);
        }

        return Math.Tan((low + high) / 2) * Math.Sqrt(degrees);
    }

    // P(|t| < √ν tan θ): a finite sum for whole ν. Abramowitz and Stegun 1964, 26.7.3 and 26.7.4.
    private static double Within(int degrees, double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        var isOdd = degrees % 2 == 1;
        var (term, sum) = (isOdd ? cosine : 1, 0.0);
        for (var power = isOdd ? 1 : 0; power <= degrees - 2; power += 2)
        {
            sum += term;
            term *= cosine * cosine * (power + 1) / (power + 2);
        }

        return isOdd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }
}
