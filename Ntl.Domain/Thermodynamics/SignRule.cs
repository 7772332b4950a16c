namespace Ntl.Domain.Thermodynamics;

/// <summary>SignSGD: <c>x ← x − η sign g</c>; closed by taking x for normal, right to 1 % while the noise rules (σ ≫ ηa).</summary>
/// <remarks>
/// On the way from far away (a√V = 2σ, ηa = 0.3σ) x is not normal, and the closure misses the variance of simulated replicas by up
/// to a quarter before both arrive at the same stationary state. Without noise x ends in a cycle of period two, see <see cref="NoiselessLoss"/>, and there is no equipartition.
/// </remarks>
public sealed record SignRule : UpdateRule
{
    // E|ξ| of a standard normal ξ: ⟨x sign g⟩ = √(2/π) ⟨xg⟩/√⟨g²⟩ for jointly normal x and g (Price's theorem).
    internal static readonly double MeanAbsoluteNormal = Math.Sqrt(2 / Math.PI);

    /// <inheritdoc/>
    public override bool IsExact => false;

    /// <summary>The mean loss of the noiseless cycle <c>x₀, x₀ − η</c> over its phase, aη²/6; between aη²/8 and aη²/4 for a given phase; nats.</summary>
    /// <param name="rate">η; at least 0.</param>
    /// <param name="curvature">a; above 0, nats/parameter².</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double NoiselessLoss(double rate, double curvature) => Require.Positive(curvature) * Require.NotNegative(rate) * rate / 6;

    /// <inheritdoc/>
    public override double LossPerRate(double noise) => Require.NotNegative(noise) / (4 * MeanAbsoluteNormal);

    /// <inheritdoc/>
    public override double CoolingRate(ValleyMode mode) => 2 * MeanAbsoluteNormal * mode.Curvature / mode.Noise;

    /// <inheritdoc/>
    /// <remarks>∞: a step is never longer than η.</remarks>
    public override double StabilityLimit(ValleyMode mode) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override double StationaryVariance(double rate, ValleyMode mode)
    {
        Require.Positive(rate);
        var ratio = Require.Positive(mode.Noise) / (rate * mode.Curvature);
        return Math.PI * rate * rate / 16 * (1 + Math.Sqrt(1 + 32 / Math.PI * ratio * ratio));
    }

    /// <inheritdoc/>
    public override ValleyMoments Stationary(double rate, ValleyMode mode) =>
        Standing(rate, StationaryVariance(rate, mode), rate / 2, mode);

    /// <inheritdoc/>
    public override double RateOf(double thermalLoss, ValleyMode mode)
    {
        Require.Positive(mode.Noise);
        var variance = 2 * Require.Positive(thermalLoss) / mode.Curvature;
        return 2 * Overlap(variance, mode);
    }

    /// <inheritdoc/>
    public override ValleyMoments Refresh(ValleyMoments moments, ValleyMode mode) =>
        new(moments.Variance, Overlap(moments.Variance, mode), 1, mode.GradientSquare(moments.Variance));

    private static double Overlap(double variance, ValleyMode mode) =>
        variance == 0 ? 0 : MeanAbsoluteNormal * mode.Curvature * variance / Math.Sqrt(mode.GradientSquare(variance));
}
