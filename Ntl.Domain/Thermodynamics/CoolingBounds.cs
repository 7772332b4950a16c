namespace Ntl.Domain.Thermodynamics;

/// <summary>What no cooling schedule can beat: the second and the third law, and how far a run is from them.</summary>
/// <remarks>Liu et al. 2025, arXiv:2505.10559; the third law's bound is the optimal schedule's own loss, derived here.</remarks>
public static class CoolingBounds
{
    /// <summary>C η, the least thermal loss along a falling schedule that starts in equilibrium (second law): nothing is colder than its bath; nats.</summary>
    /// <param name="lossPerRate">C; at least 0, nats per unit of rate.</param>
    /// <param name="rate">η now; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public static double SecondLaw(double lossPerRate, double rate) => Require.NotNegative(lossPerRate) * Require.NotNegative(rate);

    /// <summary>Cη₀/(1 + κη₀n/4), the least thermal loss that n steps can reach from equilibrium at η₀ (third law): zero takes forever; nats.</summary>
    /// <param name="lossPerRate">C; at least 0, nats per unit of rate.</param>
    /// <param name="coolingRate">κ of the only, or the fastest, direction; at least 0, 1/rate.</param>
    /// <param name="startRate">η₀; at least 0.</param>
    /// <param name="steps">n; at least 0.</param>
    /// <returns>For gradient descent with κ = 2a it holds at any rate, and the optimal schedule reaches exactly the value for n − 1 steps; not proved for momentum.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public static double ThirdLaw(double lossPerRate, double coolingRate, double startRate, long steps) =>
        SecondLaw(lossPerRate, startRate) / (1 + Require.NotNegative(coolingRate) * startRate * Require.NotNegative(steps) / 4);

    /// <summary>T_obj/T_bath = L_th/(C η): 1 in equilibrium, 2 along the optimal anneal, far above where the rate fell too fast; ∞ at rate 0.</summary>
    /// <param name="thermalLoss">L_th; at least 0, nats.</param>
    /// <param name="lossPerRate">C; above 0, nats per unit of rate.</param>
    /// <param name="rate">η; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double EquilibriumRatio(double thermalLoss, double lossPerRate, double rate) =>
        Require.NotNegative(thermalLoss) / (Require.Positive(lossPerRate) * Require.NotNegative(rate));
}
