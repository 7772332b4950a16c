namespace Ntl.Domain.Thermodynamics;

/// <summary>The noise of one step's gradient over a set of parameters, and what follows from it.</summary>
/// <param name="Parameters">n, parameters in the set; above 0.</param>
/// <param name="Trace">Tr Σ_B, covariance of the step's gradient; nats²/parameter². Unbiased.</param>
/// <param name="PreconditionedTrace">Tr PΣ_B in the metric of the optimizer, so that the stationary thermal loss is ¼η of it; nats per unit of rate.</param>
/// <param name="NormSquare">|g_B|² of the step's gradient, noise included; nats²/parameter².</param>
/// <param name="PreconditionedNormSquare">|g_B|²_P, its square in the metric of the optimizer; nats per unit of rate. NaN for a sign rule, which has no such metric.</param>
/// <remarks>
/// Liu et al. 2025, arXiv:2505.10559 (temperature); McCandlish et al. 2018, arXiv:1812.06162, appendix A.1 (two batch sizes). Whether all n
/// directions are warm, and the noise isotropic in the metric, is the equipartition that a run has to show.
/// </remarks>
public sealed record GradientNoise(long Parameters, double Trace, double PreconditionedTrace, double NormSquare, double PreconditionedNormSquare)
{
    /// <summary>|∇L|² without bias, <c>|g_B|² − Tr Σ_B</c>; may come out negative where noise rules.</summary>
    public double SignalSquare => NormSquare - Trace;

    /// <summary>The noise of several sets together.</summary>
    public static GradientNoise Total(IEnumerable<GradientNoise> sets) => sets.Aggregate(new GradientNoise(0, 0, 0, 0, 0), (sum, set) => new(
        sum.Parameters + set.Parameters,
        sum.Trace + set.Trace,
        sum.PreconditionedTrace + set.PreconditionedTrace,
        sum.NormSquare + set.NormSquare,
        sum.PreconditionedNormSquare + set.PreconditionedNormSquare));

    /// <summary>The covariance trace of a gradient that is the sum of K equal and independent parts, <c>(K Σ|p_k|² − |Σp_k|²)/(K − 1)</c>; unbiased.</summary>
    /// <param name="parts">K; at least 2.</param>
    /// <param name="partSquares">Σ|p_k|² over the parts, in any fixed diagonal metric; at least 0.</param>
    /// <param name="sumSquare">|Σp_k|² in the same metric; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is one part only, or a square is negative or not finite.</exception>
    public static double TraceOf(int parts, double partSquares, double sumSquare)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 2);
        return (parts * Require.NotNegative(partSquares) - Require.NotNegative(sumSquare)) / (parts - 1);
    }

    /// <summary>c₄(K), the mean of the sample standard deviation of K normal draws over their true one.</summary>
    /// <param name="draws">K; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is one draw only.</exception>
    public static double DeviationBias(int draws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var bias = Math.Sqrt(2 / Math.PI);
        for (var n = 2; n < draws; n++)
        {
            bias = Math.Sqrt((n - 1.0) / n) / bias; // c₄(n) c₄(n+1) = √((n−1)/n), from Γ(x+1) = xΓ(x)
        }

        return bias;
    }

    /// <summary>B_simple = Tr Σ₁/|∇L|², the batch at which noise and signal are equal; in the unit of <paramref name="batchSize"/>.</summary>
    /// <param name="batchSize">B of the whole step; above 0.</param>
    /// <returns>∞ or negative where the signal is lost in the noise: average <see cref="Trace"/> and <see cref="SignalSquare"/> over steps first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch is not positive.</exception>
    public double NoiseScale(double batchSize) => Require.Positive(batchSize) * Trace / SignalSquare;

    /// <summary><c>½η Tr PΣ_B</c>, temperature times the number of directions; nats.</summary>
    /// <param name="rate">η; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double TotalTemperature(double rate) => Require.NotNegative(rate) / 2 * PreconditionedTrace;

    /// <summary><c>T = ½η Tr PΣ_B/n</c>, the mean temperature of a direction; nats.</summary>
    /// <inheritdoc cref="TotalTemperature"/>
    public double Temperature(double rate) => TotalTemperature(rate) / Parameters;

    /// <summary><c>L_th = ¼η Tr PΣ_B</c>, the thermal loss in equilibrium with the rate; nats.</summary>
    /// <inheritdoc cref="TotalTemperature"/>
    public double ThermalLoss(double rate) => TotalTemperature(rate) / 2;
}
