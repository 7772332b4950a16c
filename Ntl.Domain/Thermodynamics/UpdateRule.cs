namespace Ntl.Domain.Thermodynamics;

/// <summary>What an optimizer does to one valley direction: the thermal motion that it keeps up, and how it gets there.</summary>
/// <remarks>
/// <para>
/// At small η every rule obeys the same law with a constant of its own: the stationary thermal loss is <c>C(σ) η</c>, whatever the
/// curvature (equipartition), the temperature is <c>T = 2 C η</c>, and heat leaks at a rate κ per unit of intrinsic time.
/// Liu et al. 2025, arXiv:2505.10559; constants re-derived and tested here.
/// </para>
/// <para>Symbols: η rate, a curvature, σ noise, V = ⟨x²⟩, T in nats (k_B = 1).</para>
/// </remarks>
public abstract record UpdateRule
{
    private protected UpdateRule()
    {
    }

    /// <summary>Stochastic gradient descent: <c>x ← x − ηg</c>. C = σ²/4.</summary>
    public static UpdateRule Sgd { get; } = new MomentumRule(0, 1);

    /// <summary>The sign of the gradient: <c>x ← x − η sign g</c>. C = (√(2π)/8) σ.</summary>
    public static UpdateRule SignSgd { get; } = new SignRule();

    /// <summary>Heavy-ball momentum (Polyak 1964): <c>m ← βm + g</c>, <c>x ← x − ηm</c>. C = σ²/(4(1−β)).</summary>
    /// <param name="beta">β; in [0, 1).</param>
    public static UpdateRule HeavyBall(double beta) => new MomentumRule(beta, 1);

    /// <summary>Averaged momentum: <c>m ← βm + (1−β)g</c>, <c>x ← x − ηm</c>; heavy ball at the rate η(1−β). C = σ²/4.</summary>
    /// <param name="beta">β; in [0, 1).</param>
    public static UpdateRule EmaMomentum(double beta) => new MomentumRule(beta, 1 - Require.Momentum(beta));

    /// <summary>RMSprop: the gradient over the root of its running mean square. C = σ/4 for β₂ ≥ 0.9.</summary>
    /// <param name="beta2">β₂; in [0, 1).</param>
    public static UpdateRule RmsProp(double beta2 = 0.999) => new AdaptiveRule(0, beta2);

    /// <summary>Adam without bias correction or weight decay (Kingma &amp; Ba 2015, arXiv:1412.6980). C = σ/4 for β₂ ≥ 0.9.</summary>
    /// <param name="beta1">β₁; in [0, 1).</param>
    /// <param name="beta2">β₂; in [0, 1).</param>
    public static UpdateRule Adam(double beta1 = 0.9, double beta2 = 0.999) => new AdaptiveRule(beta1, beta2);

    /// <summary>Lion without weight decay (Chen et al. 2023, arXiv:2302.06675). C = 1.70 σ at the usual β₁ = 0.9, β₂ = 0.99.</summary>
    /// <param name="beta1">β₁; in [0, 1).</param>
    /// <param name="beta2">β₂; in [0, 1).</param>
    public static UpdateRule Lion(double beta1 = 0.9, double beta2 = 0.99) => new LionRule(beta1, beta2);

    /// <summary>Whether the moments close without an approximation, so that variances are exact at any rate and on any schedule.</summary>
    public abstract bool IsExact { get; }

    /// <summary>C(σ), stationary thermal loss per unit of rate in the limit of small rates; nats per unit of rate.</summary>
    /// <param name="noise">σ; at least 0, nats/parameter.</param>
    public abstract double LossPerRate(double noise);

    /// <summary>κ, the share of its heat that a direction loses per unit of intrinsic time at small rates; 1/rate, ∞ where a noiseless rule has none.</summary>
    /// <param name="mode">The direction.</param>
    public abstract double CoolingRate(ValleyMode mode);

    /// <summary>The rate from which on x grows without limit, ∞ if there is none.</summary>
    /// <param name="mode">The direction.</param>
    public abstract double StabilityLimit(ValleyMode mode);

    /// <summary>The stationary variance V at a rate, not only a small one; parameter².</summary>
    /// <param name="rate">η; above 0 and below <see cref="StabilityLimit"/>.</param>
    /// <param name="mode">The direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive, or there is no stationary state at it.</exception>
    public abstract double StationaryVariance(double rate, ValleyMode mode);

    /// <summary>The rate whose stationary thermal loss is a given one: the inverse of <see cref="StationaryLoss"/>.</summary>
    /// <param name="thermalLoss">L_th; above 0, nats.</param>
    /// <param name="mode">The direction, with noise above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The loss or the noise is not positive.</exception>
    public abstract double RateOf(double thermalLoss, ValleyMode mode);

    /// <summary>The moments with the update of the next step in them, before x moves by it.</summary>
    /// <param name="moments">Now.</param>
    /// <param name="mode">The direction.</param>
    public abstract ValleyMoments Refresh(ValleyMoments moments, ValleyMode mode);

    /// <summary>T = 2Cη, the temperature that a small rate holds a direction at; nats.</summary>
    /// <param name="rate">η; at least 0.</param>
    /// <param name="noise">σ; at least 0, nats/parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public double Temperature(double rate, double noise) => 2 * LossPerRate(noise) * Require.NotNegative(rate);

    /// <summary>½aV at the stationary variance: the thermal loss at a rate, not only a small one; nats.</summary>
    /// <inheritdoc cref="StationaryVariance"/>
    public double StationaryLoss(double rate, ValleyMode mode) => mode.ThermalLoss(StationaryVariance(rate, mode));

    /// <summary>All moments of the stationary state just after a step.</summary>
    /// <inheritdoc cref="StationaryVariance"/>
    public abstract ValleyMoments Stationary(double rate, ValleyMode mode);

    /// <summary>The moments after one step of a rate.</summary>
    /// <param name="moments">Before the step.</param>
    /// <param name="rate">η; at least 0.</param>
    /// <param name="mode">The direction.</param>
    /// <returns>Above the stability limit the variance grows to ∞, never NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public ValleyMoments Advance(ValleyMoments moments, double rate, ValleyMode mode) => Refresh(moments, mode).Move(rate);

    /// <summary>The stationary moments of a rule without a memory of its own, from ⟨xu⟩ of a fresh update.</summary>
    /// <remarks>V stays: 2⟨xu⟩ = η⟨u²⟩ before the move, so the move turns ⟨xu⟩ into its negative.</remarks>
    private protected static ValleyMoments Standing(double rate, double variance, double overlap, ValleyMode mode) =>
        new(variance, -overlap, 2 * overlap / rate, mode.GradientSquare(variance));
}
