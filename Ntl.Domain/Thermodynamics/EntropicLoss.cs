namespace Ntl.Domain.Thermodynamics;

/// <summary>The loss that steps of finite length descend: <c>F_η = ℓ + (η/4) E|g|²</c>.</summary>
/// <remarks>
/// Ziyin, Xu &amp; Chuang 2025, arXiv:2505.12387. A trajectory of rate η follows the flow of F_η to second order in η, that of ℓ only to
/// first. As E|g|² = |∇ℓ|² + Tr Σ, averaging over a valley gives the free energy of <see cref="EntropicForce"/>.
/// </remarks>
public static class EntropicLoss
{
    /// <summary>F_η; nats.</summary>
    /// <param name="loss">ℓ, weight decay included; nats.</param>
    /// <param name="rate">η; at least 0.</param>
    /// <param name="gradientSquare">E|g|² of the step's gradient, in the metric of the preconditioner; at least 0, nats²/parameter².</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Of(double loss, double rate, double gradientSquare) =>
        Require.Finite(loss) + Require.NotNegative(rate) / 4 * Require.NotNegative(gradientSquare);

    /// <summary>One component of ∇F_η = ∇ℓ + (η/2) H∇ℓ, for a gradient without noise; nats/parameter.</summary>
    /// <param name="gradient">A component of ∇ℓ; nats/parameter.</param>
    /// <param name="rate">η; at least 0.</param>
    /// <param name="hessianGradient">The same component of H∇ℓ; nats²/parameter³.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Gradient(double gradient, double rate, double hessianGradient) =>
        Require.Finite(gradient) + Require.NotNegative(rate) / 2 * Require.Finite(hessianGradient);
}
