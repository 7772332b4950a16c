namespace Ntl.Domain.Schedules;

/// <summary>Sums of equally spaced powers, <c>Σ (start + j)^power</c>, in constant time and to double precision.</summary>
/// <remarks>
/// Euler–Maclaurin (Abramowitz and Stegun 23.1.30) far from the origin, where its truncation error is below the
/// rounding of a double, and term by term near it. The integral is written with log1p and expm1 so that a
/// short sum far out loses no digits.
/// </remarks>
internal static class PowerSum
{
    // From here on the first omitted term is below 1e-17 of the sum for every |power| ≤ 10.
    private const double AsymptoticStart = 32;

    // B₂ₘ / (2m)!, m = 1…7.
    private static readonly double[] s_coefficients =
    [
        1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600,
    ];

    /// <summary>Σ of <c>(start + j)^power</c> for <c>j = 0 … count − 1</c>.</summary>
    /// <param name="start">&gt; 0.</param>
    /// <param name="count">≥ 0; an empty sum is 0.</param>
    /// <param name="power">In [−10, 10].</param>
    public static double Sum(double start, long count, double power)
    {
        var sum = 0.0;
        while (count > 0 && start < AsymptoticStart)
        {
            sum += Math.Pow(start, power);
            start++;
            count--;
        }

        return count > 0 ? sum + Asymptotic(start, count, power) : sum;
    }

    /// <summary>e^x − 1 without cancellation near 0, and without 0 · ∞ far below it.</summary>
    public static double ExpMinusOne(double x) => Math.Abs(x) < 1 ? 2 * Math.Sinh(x / 2) * Math.Exp(x / 2) : Math.Exp(x) - 1;

    private static double Asymptotic(double start, long count, double power)
    {
        var end = start + count;
        var logRatio = LogOnePlus(count / start);
        var first = Math.Pow(start, power);
        var last = first * Math.Exp(power * logRatio);
        var exponent = power + 1;
        var integral = first * start * (exponent == 0 ? logRatio : ExpMinusOne(exponent * logRatio) / exponent);
        var sum = integral + (first - last) / 2;

        // d^(2m−1)/dx^(2m−1) of x^power at both ends.
        var falling = power;
        var atStart = first / start;
        var atEnd = last / end;
        for (var m = 0; m < s_coefficients.Length; m++)
        {
            sum += s_coefficients[m] * falling * (atEnd - atStart);
            falling *= (power - 2 * m - 1) * (power - 2 * m - 2);
            atStart /= start * start;
            atEnd /= end * end;
        }

        return sum;
    }

    private static double LogOnePlus(double x) => x < 0.5 ? 2 * Math.Atanh(x / (2 + x)) : Math.Log(1 + x);
}
