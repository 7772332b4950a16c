using System.Runtime.InteropServices;

namespace Ntl.Domain.Thermodynamics;

/// <summary>A mean over independent draws, and how far it may be off.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Standard deviation of the mean, from the spread of the draws; NaN for a single draw.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Estimate(double Value, double StandardError)
{
    /// <summary>The mean of draws.</summary>
    /// <param name="draws">At least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static Estimate Of(params ReadOnlySpan<double> draws)
    {
        ArgumentOutOfRangeException.ThrowIfZero(draws.Length, nameof(draws));
        var (mean, squares) = (0.0, 0.0);
        for (var i = 0; i < draws.Length; i++)
        {
            var change = draws[i] - mean;
            mean += change / (i + 1);
            squares += change * (draws[i] - mean); // Welford 1962: no difference of large sums
        }

        return new(mean, draws.Length == 1 ? double.NaN : Math.Sqrt(squares / (draws.Length - 1) / draws.Length));
    }

    /// <summary>Standard errors that a value must be away from 0 to count as different from it: what chance explains nineteen times in
    /// twenty.</summary>
    internal const double ChanceErrors = 2;

    /// <summary>Whether it is above 0 by more than chance; with an unknown error, whether it is above 0.</summary>
    public bool IsAboveZero => Value > 0 && !(Value <= ChanceErrors * StandardError);

    /// <summary>Whether it is below 0 by more than chance; with an unknown error, whether it is below 0.</summary>
    public bool IsBelowZero => Value < 0 && !(-Value <= ChanceErrors * StandardError);

    /// <summary>Two standard errors above the value, or above 0 where the value is below: for a quantity that cannot be negative, its
    /// upper bound.</summary>
    public double UpperBound => Math.Max(0, Value) + (double.IsFinite(StandardError) ? ChanceErrors * StandardError : 0);

    /// <summary>A known number of times as much.</summary>
    /// <param name="factor">Any number.</param>
    public Estimate Times(double factor) => new(Value * factor, StandardError * Math.Abs(factor));

    /// <summary>The quotient of two independent estimates, its error to first order.</summary>
    /// <param name="divisor">Not 0, else nothing is known.</param>
    public Estimate Over(Estimate divisor)
    {
        var (value, relative) = (Value / divisor.Value, divisor.StandardError / divisor.Value);
        return new(value, Math.Sqrt((StandardError / divisor.Value * (StandardError / divisor.Value)) + (value * relative * (value * relative))));
    }

    /// <summary>The ratio of two means that the same draws gave.</summary>
    /// <param name="numerators">At least one.</param>
    /// <param name="denominators">As many, each of the same draw as its numerator.</param>
    /// <remarks>Cochran 1977, Sampling Techniques, §6.4: its error is that of the mean of n − R·d over d̄, to first order. Its bias falls with the number of draws.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or not as many of both.</exception>
    public static Estimate OfRatio(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(denominators.Length, numerators.Length, nameof(denominators));
        var denominator = Of(denominators).Value;
        var ratio = Of(numerators).Value / denominator;
        var residuals = new double[numerators.Length];
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = numerators[i] - ratio * denominators[i];
        }

        return new(ratio, Of(residuals).StandardError / Math.Abs(denominator));
    }
}
