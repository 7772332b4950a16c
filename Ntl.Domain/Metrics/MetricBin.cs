using System.Runtime.InteropServices;

namespace Ntl.Domain.Metrics;

/// <summary>What is kept of consecutive points: the ends, the extremes, and how many there were.</summary>
/// <param name="First">The first point, whatever its value.</param>
/// <param name="Last">The last point, whatever its value.</param>
/// <param name="Minimum">The first of the lowest finite points; NaN at the first step when no value is finite.</param>
/// <param name="Maximum">The first of the highest finite points; NaN at the first step when no value is finite.</param>
/// <param name="Count">Number of points; ≥ 1.</param>
/// <param name="NonFiniteCount">How many of them are NaN or ±∞.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MetricBin(
    MetricPoint First, MetricPoint Last, MetricPoint Minimum, MetricPoint Maximum, long Count, long NonFiniteCount)
{
    /// <summary>Whether any value is finite.</summary>
    public bool HasFinite => NonFiniteCount < Count;

    /// <summary>Gathers points.</summary>
    /// <param name="steps">At least one, rising.</param>
    /// <param name="values">One a step.</param>
    public static MetricBin Of(ReadOnlySpan<long> steps, ReadOnlySpan<double> values)
    {
        var (minimumAt, maximumAt, nonFinite) = (-1, -1, 0);
        var (minimum, maximum) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (!double.IsFinite(value))
            {
                nonFinite++;
                continue;
            }

            if (value < minimum)
            {
                (minimum, minimumAt) = (value, i);
            }

            if (value > maximum)
            {
                (maximum, maximumAt) = (value, i);
            }
        }

        var none = new MetricPoint(steps[0], double.NaN);
        return new(
            new(steps[0], values[0]),
            new(steps[^1], values[^1]),
            minimumAt < 0 ? none : new(steps[minimumAt], minimum),
            maximumAt < 0 ? none : new(steps[maximumAt], maximum),
            values.Length,
            nonFinite);
    }

    /// <summary>These points and later ones.</summary>
    public MetricBin With(in MetricBin later)
    {
        var laterIsLower = later.HasFinite && !(Minimum.Value <= later.Minimum.Value); // true for NaN too
        var laterIsHigher = later.HasFinite && !(Maximum.Value >= later.Maximum.Value);
        return new(
            First,
            later.Last,
            laterIsLower ? later.Minimum : Minimum,
            laterIsHigher ? later.Maximum : Maximum,
            Count + later.Count,
            NonFiniteCount + later.NonFiniteCount);
    }
}
