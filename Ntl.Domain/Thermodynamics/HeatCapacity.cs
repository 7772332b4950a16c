namespace Ntl.Domain.Thermodynamics;

/// <summary>How much thermal loss a unit of temperature, or of rate, is worth.</summary>
/// <remarks>Liu et al. 2025, arXiv:2505.10559, figure 1: <c>Q = C_v T</c>. Local in training: not to be carried over between runs of different peak rates.</remarks>
public static class HeatCapacity
{
    /// <summary>C_v = dU/dT = N/2 (equipartition); a pure number.</summary>
    /// <param name="directions">N; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or not finite.</exception>
    public static double PerTemperature(double directions) => Require.NotNegative(directions) / 2;

    /// <summary>C_v = dL_th/dη = Σ C(σᵢ) at small rates; nats per unit of rate.</summary>
    /// <param name="rule">The optimizer.</param>
    /// <param name="modes">The directions.</param>
    public static double PerRate(UpdateRule rule, IEnumerable<ValleyMode> modes) => modes.Sum(mode => rule.LossPerRate(mode.Noise));

    /// <summary>N = (dL_th/dη)/C(σ), the number of directions that are thermal.</summary>
    /// <param name="perRate">Measured dL_th/dη; at least 0, nats per unit of rate.</param>
    /// <param name="lossPerRate">C(σ) of one direction; above 0, nats per unit of rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Directions(double perRate, double lossPerRate) => Require.NotNegative(perRate) / Require.Positive(lossPerRate);
}
