namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>The regularized incomplete beta function I_x(a, b), of which the tails of Student's distribution are made.</summary>
internal static class IncompleteBeta
{
    private const double Precision = 1e-15;
    private const int MostTerms = 10_000;

    // A denominator of 0 in the fraction is moved off it: Lentz's method as Thompson and Barnett 1986 mended it.
    private const double Tiny = 1e-300;

    /// <summary>I_x(a, b).</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">In [0, 1].</param>
    /// <param name="complement">1 − x, given apart as it may be smaller than a double of x can tell.</param>
    /// <remarks>Continued fraction DLMF 8.17.22, on the side where it converges fast.</remarks>
    public static double At(double a, double b, double x, double complement)
    {
        if (x <= 0 || complement <= 0)
        {
            return x <= 0 ? 0 : 1;
        }

        var front = Math.Exp((a * LogOf(x, complement)) + (b * LogOf(complement, x)) + LogGamma.At(a + b) - LogGamma.At(a) - LogGamma.At(b));
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(a, b, x) / a
            : 1 - (front * Fraction(b, a, complement) / b);
    }

    // ln x, through 1 − x where x is near 1.
    private static double LogOf(double x, double complement) => complement < 0.5 ? double.LogP1(-complement) : Math.Log(x);

    private static double Fraction(double a, double b, double x)
    {
        var (c, d) = (1.0, 1 / Away(1 - ((a + b) * x / (a + 1))));
        var fraction = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            Step(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            var change = Step(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1)));
            if (Math.Abs(change - 1) < Precision)
            {
                break;
            }
        }

        return fraction;

        double Step(double numerator)
        {
            d = 1 / Away(1 + (numerator * d));
            c = Away(1 + (numerator / c));
            fraction *= c * d;
            return c * d;
        }
    }

    private static double Away(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
