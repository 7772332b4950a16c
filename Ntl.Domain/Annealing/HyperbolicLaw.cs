using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Annealing;

/// <summary>The best anneal of one direction under gradient descent, in closed form: <c>1/V_t = 1/V₀ + a²t/σ²</c>, reached by <c>η ∝ 1/t</c>.</summary>
/// <param name="Mode">The direction, with noise above 0.</param>
/// <param name="StartVariance">V₀; above 0, parameter².</param>
/// <exception cref="ArgumentOutOfRangeException">The noise or the variance is not positive.</exception>
/// <remarks>
/// Exact at every step, not in a limit. In terms of Newton's law, <c>1/η_t = 1/η_1 + (κ/2)(t − t₁)</c> with κ = 2a. On the way the valley is twice as hot as
/// its bath, <c>½aV = 2·(σ²/4)η</c>, and it never gets to zero: the third law. Liu et al. 2025, arXiv:2505.10559; the half step at the start is derived here.
/// </remarks>
public sealed record HyperbolicLaw(ValleyMode Mode, double StartVariance)
{
    /// <summary>The direction.</summary>
    public ValleyMode Mode { get; } = Mode.Noise > 0
        ? Mode
        : throw new ArgumentOutOfRangeException(nameof(Mode), Mode, "The noise must be above 0; without it one step of 1/a ends at zero.");

    /// <summary>V₀; parameter².</summary>
    public double StartVariance { get; } = Require.Positive(StartVariance);

    /// <summary>The law from equilibrium at a rate; its first step is at half of that rate.</summary>
    /// <param name="mode">The direction, with noise above 0.</param>
    /// <param name="rate">η₀; above 0 and stable.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no equilibrium at the rate.</exception>
    public static HyperbolicLaw FromEquilibrium(ValleyMode mode, double rate) => new(mode, UpdateRule.Sgd.StationaryVariance(rate, mode));

    /// <summary>η_t = 1/(σ²/(aV₀) + a(t + 1)), the rate of a step.</summary>
    /// <param name="step">t, zero-based; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double RateAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var (curvature, noise) = Mode;
        return 1 / (noise * noise / (curvature * StartVariance) + curvature * (step + 1));
    }

    /// <summary>V_t = 1/(1/V₀ + a²t/σ²), the least variance that t steps can reach; parameter².</summary>
    /// <param name="steps">t; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is negative.</exception>
    public double VarianceAfter(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var signalToNoise = Mode.Curvature / Mode.Noise;
        return 1 / (1 / StartVariance + signalToNoise * signalToNoise * steps);
    }

    /// <summary>½aV_t; nats.</summary>
    /// <inheritdoc cref="VarianceAfter"/>
    public double ThermalLossAfter(long steps) => Mode.ThermalLoss(VarianceAfter(steps));

    /// <summary>The law as a schedule: a <see cref="HyperbolicDecay"/>, which is the same to the last digits.</summary>
    /// <param name="steps">Length; at least 1.</param>
    /// <exception cref="InvalidScheduleException">No schedule has that many steps, or its rates are out of a schedule's range.</exception>
    public ScheduleSpec ToSchedule(long steps) => new(new HyperbolicDecay(steps, RateAt(0), RateAt(Math.Max(steps, 0))));
}
