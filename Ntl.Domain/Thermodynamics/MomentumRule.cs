namespace Ntl.Domain.Thermodynamics;

/// <summary>A linear rule with one memory: <c>u ← βu + γg</c>, <c>x ← x − ηu</c>. All its closed forms are exact.</summary>
/// <param name="Beta">β; in [0, 1). 0 is plain gradient descent.</param>
/// <param name="Gain">γ; above 0: 1 for heavy ball, 1 − β for averaged momentum.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
public sealed record MomentumRule(double Beta, double Gain) : UpdateRule
{
    /// <summary>β; in [0, 1).</summary>
    public double Beta { get; } = Require.Momentum(Beta);

    /// <summary>γ; above 0.</summary>
    public double Gain { get; } = Require.Positive(Gain);

    /// <inheritdoc/>
    public override bool IsExact => true;

    /// <summary>P = γ/(1−β), the length of all the steps that one gradient makes.</summary>
    public double Preconditioner => Gain / (1 - Beta);

    /// <inheritdoc/>
    public override double LossPerRate(double noise) => Preconditioner * Require.NotNegative(noise) * noise / 4;

    /// <inheritdoc/>
    public override double CoolingRate(ValleyMode mode) => 2 * Preconditioner * mode.Curvature;

    /// <inheritdoc/>
    public override double StabilityLimit(ValleyMode mode) => 2 * (1 + Beta) / (Gain * mode.Curvature);

    /// <inheritdoc/>
    public override double StationaryVariance(double rate, ValleyMode mode)
    {
        Require.Below(StabilityLimit(mode), Require.Positive(rate), nameof(rate));
        var step = rate * Gain;
        return step * mode.Noise * mode.Noise * (1 + Beta) / (mode.Curvature * (1 - Beta) * (2 * (1 + Beta) - step * mode.Curvature));
    }

    /// <inheritdoc/>
    public override ValleyMoments Stationary(double rate, ValleyMode mode)
    {
        var variance = StationaryVariance(rate, mode);
        return Standing(rate, variance, Gain * mode.Curvature * variance / (1 + Beta), mode);
    }

    /// <inheritdoc/>
    public override double RateOf(double thermalLoss, ValleyMode mode)
    {
        Require.Positive(thermalLoss);
        var noiseSquare = Require.Positive(mode.Noise) * mode.Noise;
        return 4 * thermalLoss * (1 - Beta * Beta) / (Gain * ((1 + Beta) * noiseSquare + 2 * thermalLoss * (1 - Beta) * mode.Curvature));
    }

    /// <inheritdoc/>
    public override ValleyMoments Refresh(ValleyMoments moments, ValleyMode mode)
    {
        var (variance, overlap, square, _) = moments;
        var gradientSquare = mode.GradientSquare(variance);
        return new(
            variance,
            Beta * overlap + Gain * mode.Curvature * variance,
            Beta * Beta * square + 2 * Beta * Gain * mode.Curvature * overlap + Gain * Gain * gradientSquare,
            gradientSquare);
    }
}
