namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>The noncentral t distribution: (Z + δ)/√(V/ν), what a t statistic follows when there is a difference.</summary>
/// <remarks>Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 31. The integral over s = √(V/ν) is done by Simpson's rule.</remarks>
internal static class NoncentralT
{
    // Standard deviations of s about 1, to either side, past which its density is below 1e-14; and the rule's intervals over them.
    private const double Reach = 8;
    private const int Intervals = 240;

    /// <summary>P(T &gt; t).</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degrees">ν; at least 1.</param>
    /// <param name="noncentrality">δ.</param>
    public static double UpperTail(double t, double degrees, double noncentrality)
    {
        var reach = Reach / Math.Sqrt(2 * degrees);
        var low = Math.Max(0, 1 - reach);
        var step = (1 + reach - low) / Intervals;
        var front = Math.Log(2) + (degrees / 2 * Math.Log(degrees / 2)) - LogGamma.At(degrees / 2);
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i <= Intervals; i++)
        {
            var s = low + (i * step);
            var simpson = i is 0 or Intervals ? 1 : i % 2 == 0 ? 2 : 4;
            var density = s > 0 ? simpson * Math.Exp(front + ((degrees - 1) * Math.Log(s)) - (degrees * s * s / 2)) : simpson * (degrees <= 1 ? Math.Exp(front) : 0);
            sum += density * StandardNormal.UpperTail((t * s) - noncentrality);
            weights += density;
        }

        // Over the rule's own sum of the density, so that a whole is a whole.
        return sum / weights;
    }

    /// <summary>P(|T| &gt; t): a two-sided test's power.</summary>
    public static double TwoSided(double t, double degrees, double noncentrality) =>
        UpperTail(t, degrees, noncentrality) + UpperTail(t, degrees, -noncentrality);
}
