using System.Collections.Immutable;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Annealing;

/// <summary>The question which rates, step by step, leave many directions of a valley with the least thermal loss under gradient descent.</summary>
/// <remarks>
/// With one direction the answer is <see cref="HyperbolicLaw"/>. With many there is no closed form: a fast direction wants the rate low early, a
/// slow one needs it high to cool at all.
/// </remarks>
public sealed class DecayProblem
{
    /// <summary>The longest decay, in steps.</summary>
    public const int MaximumSteps = 100_000;

    private readonly double[] _startVariances;

    /// <summary>States the problem.</summary>
    /// <param name="modes">The directions; at least one.</param>
    /// <param name="startRate">η₀ of the equilibrium before the first step; above 0, stable for every direction.</param>
    /// <param name="steps">Number of rates; from 1 to <see cref="MaximumSteps"/>.</param>
    /// <param name="minimumRate">The lowest rate allowed; above 0.</param>
    /// <param name="maximumRate">The highest rate allowed; at least the lowest.</param>
    /// <param name="mustFall">Whether no rate may be above the one before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public DecayProblem(IEnumerable<ValleyMode> modes, double startRate, int steps, double minimumRate, double maximumRate, bool mustFall)
    {
        Modes = [.. modes];
        ArgumentOutOfRangeException.ThrowIfZero(Modes.Length, nameof(modes));
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaximumSteps);
        Require.Positive(minimumRate);
        Require.Positive(maximumRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRate, minimumRate);
        (StartRate, Steps, MinimumRate, MaximumRate, MustFall) = (startRate, steps, minimumRate, maximumRate, mustFall);
        _startVariances = [.. Modes.Select(mode => UpdateRule.Sgd.StationaryVariance(startRate, mode))];
    }

    /// <summary>The directions.</summary>
    public ImmutableArray<ValleyMode> Modes { get; }

    /// <summary>η₀ of the equilibrium before the first step.</summary>
    public double StartRate { get; }

    /// <summary>Number of rates.</summary>
    public int Steps { get; }

    /// <summary>The lowest rate allowed.</summary>
    public double MinimumRate { get; }

    /// <summary>The highest rate allowed.</summary>
    public double MaximumRate { get; }

    /// <summary>Whether no rate may be above the one before.</summary>
    public bool MustFall { get; }

    /// <summary>Σ ½aV after the last step; nats.</summary>
    /// <param name="rates">η of each step; <see cref="Steps"/> of them.</param>
    public double ThermalLoss(ReadOnlySpan<double> rates) => Evaluate(rates, default);

    /// <summary>Σ ½aV after the last step, and its exact slope in every rate, by running the recursion of variances backwards; nats.</summary>
    /// <param name="rates">η of each step; <see cref="Steps"/> of them.</param>
    /// <param name="gradient">Set to ∂L/∂η of each step; nats per unit of rate.</param>
    public double ThermalLoss(ReadOnlySpan<double> rates, Span<double> gradient)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, Steps, nameof(gradient));
        gradient.Clear();
        return Evaluate(rates, gradient);
    }

    private double Evaluate(ReadOnlySpan<double> rates, Span<double> gradient)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rates.Length, Steps, nameof(rates));
        var before = gradient.IsEmpty ? [] : new double[Steps];
        var loss = 0.0;
        for (var i = 0; i < Modes.Length; i++)
        {
            var (curvature, noise) = Modes[i];
            var variance = _startVariances[i];
            for (var step = 0; step < Steps; step++)
            {
                if (!gradient.IsEmpty)
                {
                    before[step] = variance;
                }

                var keep = 1 - rates[step] * curvature;
                variance = keep * keep * variance + rates[step] * rates[step] * noise * noise;
            }

            loss += Modes[i].ThermalLoss(variance);
            var slope = curvature / 2; // ∂L/∂V after the step
            for (var step = gradient.Length - 1; step >= 0; step--)
            {
                var keep = 1 - rates[step] * curvature;
                gradient[step] += 2 * slope * (rates[step] * noise * noise - curvature * keep * before[step]);
                slope *= keep * keep;
            }
        }

        return loss;
    }
}
