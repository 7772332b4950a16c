namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>ln Γ, which the tails of Student's distribution need at halves and at broken degrees of freedom.</summary>
internal static class LogGamma
{
    // Stirling's series is exact to a double's last digit from here on with the terms below.
    private const double Large = 10;

    private static readonly double s_halfLogTwoPi = Math.Log(2 * Math.PI) / 2;

    /// <summary>ln Γ(x).</summary>
    /// <param name="x">Above 0.</param>
    /// <remarks>Stirling's series, DLMF 5.11.1, after Γ(x) = Γ(x + n)/(x(x + 1)…).</remarks>
    public static double At(double x)
    {
        var product = 1.0;
        for (; x < Large; x++)
        {
            product *= x;
        }

        var square = 1 / (x * x);
        var series = (1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square * ((1.0 / 1188) - (square * (691.0 / 360360))))))))));
        return ((x - 0.5) * Math.Log(x)) - x + s_halfLogTwoPi + (series / x) - Math.Log(product);
    }
}
