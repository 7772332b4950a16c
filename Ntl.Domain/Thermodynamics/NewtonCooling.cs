using Ntl.Domain.Schedules;

namespace Ntl.Domain.Thermodynamics;

/// <summary>Newton's law in intrinsic time: <c>dL_th/dD = −κ (L_th − C η)</c>; the rate is the bath, D = Σ η the clock.</summary>
/// <param name="CoolingRate">κ; above 0, 1/rate. Twice the preconditioned curvature of a direction: <see cref="UpdateRule.CoolingRate"/>.</param>
/// <param name="LossPerRate">C, the heat capacity; at least 0, nats per unit of rate.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
/// <remarks>Thermal conduction of Liu et al. 2025, arXiv:2505.10559; for ηκ ≪ 1.</remarks>
public sealed record NewtonCooling(double CoolingRate, double LossPerRate)
{
    /// <summary>κ; 1/rate.</summary>
    public double CoolingRate { get; } = Require.Positive(CoolingRate);

    /// <summary>C; nats per unit of rate.</summary>
    public double LossPerRate { get; } = Require.NotNegative(LossPerRate);

    /// <summary>1/κ, the intrinsic time in which an excess of heat falls by a factor e; rate × step.</summary>
    public double RelaxationTime => 1 / CoolingRate;

    /// <summary>The law of one direction under an optimizer.</summary>
    /// <param name="rule">The optimizer.</param>
    /// <param name="mode">The direction, with noise above 0.</param>
    public static NewtonCooling Of(UpdateRule rule, ValleyMode mode) => new(rule.CoolingRate(mode), rule.LossPerRate(mode.Noise));

    /// <summary>−2 ln|1 − ηa|/η, what κ = 2a becomes for gradient descent at a rate that is not small; 1/rate, ∞ at ηa = 1.</summary>
    /// <param name="rate">η; above 0 and below 2/a.</param>
    /// <param name="curvature">a; above 0, nats/parameter².</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double ExactCoolingRate(double rate, double curvature)
    {
        Require.Below(2 / Require.Positive(curvature), Require.Positive(rate), nameof(rate));
        return -2 * Math.Log(Math.Abs(1 - rate * curvature)) / rate;
    }

    /// <summary>C η, the thermal loss in equilibrium with a rate; nats.</summary>
    /// <param name="rate">η; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Equilibrium(double rate) => LossPerRate * Require.NotNegative(rate);

    /// <summary>1/(κη), the relaxation time in steps; ∞ at rate 0.</summary>
    /// <param name="rate">η; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double RelaxationSteps(double rate) => 1 / (CoolingRate * Require.NotNegative(rate));

    /// <summary>L_th after some intrinsic time at one rate: <c>Cη + (L_th − Cη) e^{−κΔD}</c>; nats.</summary>
    /// <param name="thermalLoss">L_th before; at least 0, nats.</param>
    /// <param name="rate">η; at least 0.</param>
    /// <param name="intrinsicTime">ΔD; at least 0, rate × step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public double After(double thermalLoss, double rate, double intrinsicTime)
    {
        var equilibrium = Equilibrium(rate);
        return equilibrium + (Require.NotNegative(thermalLoss) - equilibrium) * Math.Exp(-CoolingRate * Require.NotNegative(intrinsicTime));
    }

    /// <summary>L_th along a schedule: the law's exact solution, each rate held for its step.</summary>
    /// <param name="thermalLoss">L_th before the first step; at least 0, nats.</param>
    /// <param name="schedule">The rates.</param>
    /// <returns>One more value than the schedule has steps: at i, L_th after i steps; nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The loss is negative or not finite.</exception>
    public double[] Along(double thermalLoss, ScheduleSpec schedule)
    {
        var losses = new double[schedule.TotalSteps + 1];
        schedule.CopyRates(0, losses.AsSpan(1));
        losses[0] = Require.NotNegative(thermalLoss);
        for (var i = 1; i < losses.Length; i++)
        {
            losses[i] = After(losses[i - 1], losses[i], losses[i]);
        }

        return losses;
    }
}
