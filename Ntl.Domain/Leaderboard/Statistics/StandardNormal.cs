namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>The standard normal distribution.</summary>
internal static class StandardNormal
{
    // Below it the series about 0, above it the fraction for the tail: either is exact to thirteen digits there.
    private const double Far = 3;

    private const int FractionTerms = 60;
    private const int Halvings = 64;
    private const double Farthest = 38;

    private static readonly double s_peak = 1 / Math.Sqrt(2 * Math.PI);

    /// <summary>P(Z &gt; x), exact also where it is small.</summary>
    /// <remarks>Series: Marsaglia 2004, J. Stat. Softw. 11(4). Fraction: Laplace, DLMF 7.9.2.</remarks>
    public static double UpperTail(double x)
    {
        if (Math.Abs(x) > Farthest)
        {
            return x > 0 ? 0 : 1;
        }

        var density = s_peak * Math.Exp(-x * x / 2);
        if (Math.Abs(x) >= Far)
        {
            var fraction = Math.Abs(x);
            for (var k = FractionTerms; k >= 1; k--)
            {
                fraction = Math.Abs(x) + (k / fraction);
            }

            return x > 0 ? density / fraction : 1 - (density / fraction);
        }

        var (term, sum) = (x, x);
        for (var k = 3; Math.Abs(term) > Math.Abs(sum) * double.Epsilon && Math.Abs(term) > 1e-18; k += 2)
        {
            term *= x * x / k;
            sum += term;
        }

        return 0.5 - (density * sum);
    }

    /// <summary>P(Z ≤ x).</summary>
    public static double Cdf(double x) => UpperTail(-x);

    /// <summary>The x that Z stays below with a probability.</summary>
    /// <param name="probability">In [0, 1]; its ends give ∓38, past which a double knows no tail.</param>
    public static double Quantile(double probability)
    {
        var (low, high) = (-Farthest, Farthest);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Cdf(middle) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
