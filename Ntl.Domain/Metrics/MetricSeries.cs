namespace Ntl.Domain.Metrics;

/// <summary>Points of one metric in columns: strictly rising steps, a value for each.</summary>
/// <remarks>The arrays are kept, not copied; whoever hands them over changes them no more.</remarks>
public sealed class MetricSeries
{
    private readonly long[] _steps;
    private readonly double[] _values;

    /// <summary>Joins two columns.</summary>
    /// <param name="steps">≥ 0, strictly rising.</param>
    /// <param name="values">As many as steps; NaN and ±∞ allowed.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or steps do not rise.</exception>
    public MetricSeries(long[] steps, double[] values)
    {
        if (steps.Length != values.Length)
        {
            throw new ArgumentException($"There are {steps.Length} steps and {values.Length} values.", nameof(values));
        }

        var previous = -1L;
        foreach (var step in steps)
        {
            if (step <= previous)
            {
                throw new ArgumentException($"Steps must rise from 0 on, but {step} follows {previous}.", nameof(steps));
            }

            previous = step;
        }

        _steps = steps;
        _values = values;
    }

    /// <summary>No points.</summary>
    public static MetricSeries Empty { get; } = new([], []);

    /// <summary>Number of points.</summary>
    public int Count => _steps.Length;

    /// <summary>The steps, strictly rising.</summary>
    public ReadOnlySpan<long> Steps => _steps;

    /// <summary>The values.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>A point by its position.</summary>
    public MetricPoint this[int index] => new(_steps[index], _values[index]);

    /// <summary>Puts points in columns.</summary>
    /// <exception cref="ArgumentException">Steps do not rise.</exception>
    public static MetricSeries Of(params ReadOnlySpan<MetricPoint> points)
    {
        var (steps, values) = (new long[points.Length], new double[points.Length]);
        for (var i = 0; i < points.Length; i++)
        {
            (steps[i], values[i]) = points[i];
        }

        return new(steps, values);
    }

    /// <summary>A part, copied.</summary>
    public MetricSeries Slice(int start, int count) => new(Steps.Slice(start, count).ToArray(), Values.Slice(start, count).ToArray());

    /// <summary>Later points put after these.</summary>
    /// <exception cref="ArgumentException">The first of them is not after the last of these.</exception>
    public MetricSeries Append(MetricSeries later) => new([.. _steps, .. later._steps], [.. _values, .. later._values]);

    /// <summary>The points whose steps are in <c>[firstStep, endStep)</c>.</summary>
    public MetricSeries Window(long firstStep, long endStep)
    {
        var start = IndexOf(firstStep);
        return Slice(start, Math.Max(0, IndexOf(endStep) - start));
    }

    /// <summary>Position of the first point whose step is not below one; <see cref="Count"/> if there is none.</summary>
    public int IndexOf(long step)
    {
        var index = Array.BinarySearch(_steps, step);
        return index >= 0 ? index : ~index;
    }
}
