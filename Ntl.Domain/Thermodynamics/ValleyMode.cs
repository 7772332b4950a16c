namespace Ntl.Domain.Thermodynamics;

/// <summary>One fast direction of the landscape <c>l = ½ a x²</c>, shaken by gradient noise: <c>g = a x + σ ξ</c>, ξ standard normal.</summary>
/// <param name="Curvature">a; above 0, nats/parameter².</param>
/// <param name="Noise">σ, the standard deviation of the step's gradient (of the mean over the batch: σ₁/√B); at least 0, nats/parameter.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is outside its range or not finite.</exception>
/// <remarks>The valley of Liu et al. 2025, arXiv:2505.10559, figure 1.</remarks>
public sealed record ValleyMode(double Curvature, double Noise)
{
    /// <summary>a; nats/parameter².</summary>
    public double Curvature { get; } = Require.Positive(Curvature);

    /// <summary>σ; nats/parameter.</summary>
    public double Noise { get; } = Require.NotNegative(Noise);

    /// <summary>⟨g²⟩ = a²V + σ², the mean square of the gradient; nats²/parameter².</summary>
    /// <param name="variance">V = ⟨x²⟩; at least 0, parameter².</param>
    public double GradientSquare(double variance) => Curvature * Curvature * variance + Noise * Noise;

    /// <summary>½aV, the loss that a spread V makes; nats.</summary>
    /// <param name="variance">V = ⟨x²⟩; at least 0, parameter².</param>
    public double ThermalLoss(double variance) => Curvature * variance / 2;
}
