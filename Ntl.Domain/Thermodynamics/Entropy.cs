namespace Ntl.Domain.Thermodynamics;

/// <summary>Differential entropy of the fast directions; nats. It may be negative, and only differences of it mean something.</summary>
/// <remarks>
/// Boltzmann's entropy of Liu et al. 2025, arXiv:2505.10559, figure 1, for the normal stationary law that linear rules have.
/// A change of the unit of x shifts it by ln of the unit's ratio per direction, at every temperature alike.
/// </remarks>
public static class Entropy
{
    private static readonly double s_logTwoPiE = Math.Log(2 * Math.PI * Math.E);

    /// <summary>½ ln(2πeV), of one normal direction.</summary>
    /// <param name="variance">V; above 0, parameter².</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is not positive and finite.</exception>
    public static double OfDirection(double variance) => (s_logTwoPiE + Math.Log(Require.Positive(variance))) / 2;

    /// <summary>S = (N/2) ln(2πeT) − ½ ln det H, of N directions at one temperature.</summary>
    /// <param name="temperature">T; above 0, nats.</param>
    /// <param name="curvatures">The eigenvalues of H, preconditioned where the rule preconditions; each above 0, nats/parameter².</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not positive and finite.</exception>
    public static double OfValley(double temperature, params ReadOnlySpan<double> curvatures)
    {
        Require.Positive(temperature);
        var entropy = 0.0;
        foreach (var curvature in curvatures)
        {
            entropy += OfDirection(temperature / Require.Positive(curvature));
        }

        return entropy;
    }

    /// <summary>ΔS = (N/2) ln(T₁/T₀) − ½ Δ ln det H, free of the unit of x.</summary>
    /// <param name="directions">N; at least 0, not whole where it is estimated.</param>
    /// <param name="temperatureBefore">T₀; above 0, nats.</param>
    /// <param name="temperatureAfter">T₁; above 0, nats.</param>
    /// <param name="logDeterminantChange">Δ ln det H.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Change(double directions, double temperatureBefore, double temperatureAfter, double logDeterminantChange = 0) =>
        Require.NotNegative(directions) / 2 * Math.Log(Require.Positive(temperatureAfter) / Require.Positive(temperatureBefore))
        - Require.Finite(logDeterminantChange) / 2;
}
