namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>The noncentral t distribution: (Z + δ)/√(V/ν), what a t statistic follows when there is a difference.</summary>
/// <remarks>Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 31. The integral over s = √(V/ν) is a plain sum, which for a density that falls off on both sides converges faster than any power of its step.</remarks>
internal static class NoncentralT
{
    // Standard deviations of s about 1, to either side, past which its density is below 1e-14; and steps over them.
    private const double Reach = 8;
    private const int Steps = 64;

    // From here on a two-sided test never errs to the other side.
    private const double OneSided = 7;

    /// <summary>P(T &gt; t).</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degrees">ν; at least 2.</param>
    /// <param name="noncentrality">δ.</param>
    public static double UpperTail(double t, double degrees, double noncentrality)
    {
        var reach = Reach / Math.Sqrt(2 * degrees);
        var low = Math.Max(0, 1 - reach);
        var step = (1 + reach - low) / Steps;
        var (sum, weights) = (0.0, 0.0);
        for (var i = 1; i < Steps; i++)
        {
            // Density of s but for its constant, which falls out of the quotient.
            var s = low + (i * step);
            var density = Math.Exp(((degrees - 1) * Math.Log(s)) + (degrees * (1 - (s * s)) / 2));
            sum += density * StandardNormal.UpperTail((t * s) - noncentrality);
            weights += density;
        }

        return sum / weights;
    }

    /// <summary>P(|T| &gt; t): a two-sided test's power.</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="degrees">ν; at least 2.</param>
    /// <param name="noncentrality">δ, at least 0.</param>
    public static double TwoSided(double t, double degrees, double noncentrality) =>
        UpperTail(t, degrees, noncentrality) + (noncentrality > OneSided ? 0 : UpperTail(t, degrees, -noncentrality));
}
