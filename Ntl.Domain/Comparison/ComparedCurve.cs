namespace Ntl.Domain.Comparison;

/// <summary>What one run measured of one metric, placed on the axis that a comparison is drawn over.</summary>
/// <remarks>The arrays are kept, not copied; whoever hands them over changes them no more.</remarks>
public sealed class ComparedCurve
{
    private readonly double[] _x;
    private readonly double[] _y;

    /// <summary>Joins two columns.</summary>
    /// <param name="x">Places, finite and strictly rising, in the axis' unit.</param>
    /// <param name="y">One a place; NaN and ±∞ allowed.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or places do not rise.</exception>
    public ComparedCurve(double[] x, double[] y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"There are {x.Length} places and {y.Length} values.", nameof(y));
        }

        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || (i > 0 && x[i] <= x[i - 1]))
            {
                throw new ArgumentException($"Places must rise, but {x[i]:R} is at position {i}.", nameof(x));
            }
        }

        (_x, _y) = (x, y);
    }

    /// <summary>No points.</summary>
    public static ComparedCurve Empty { get; } = new([], []);

    /// <summary>Number of points.</summary>
    public int Count => _x.Length;

    /// <summary>The places, strictly rising.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>The values.</summary>
    public ReadOnlySpan<double> Y => _y;

    /// <summary>The values at some places: as measured where one was, else on the straight line between the two neighbours.</summary>
    /// <param name="places">Rising.</param>
    /// <returns>One a place; NaN before the first point, after the last, and beside a value that is not finite.</returns>
    public double[] At(ReadOnlySpan<double> places) => places.SequenceEqual(_x) ? [.. _y] : Between(places);

    /// <summary>As <see cref="At"/>, but not copied where the places are the curve's own: only to be read.</summary>
    internal double[] Seen(ReadOnlySpan<double> places) => places.SequenceEqual(_x) ? _y : Between(places);

    /// <summary>The part of the curve within two places, both included.</summary>
    /// <param name="from">Left end; −∞ for the beginning.</param>
    /// <param name="to">Right end; +∞ for the end.</param>
    public ComparedCurve Window(double from, double to)
    {
        var first = Array.FindIndex(_x, x => x >= from);
        var last = Array.FindLastIndex(_x, x => x <= to);
        return first < 0 || last < first ? Empty : first == 0 && last == Count - 1 ? this : new(_x[first..(last + 1)], _y[first..(last + 1)]);
    }

    private double[] Between(ReadOnlySpan<double> places)
    {
        var values = new double[places.Length];
        var next = 0; // first point that is not before the place
        for (var i = 0; i < places.Length; i++)
        {
            while (next < _x.Length && _x[next] < places[i])
            {
                next++;
            }

            values[i] = next == _x.Length ? double.NaN
                : _x[next] == places[i] ? _y[next]
                : next == 0 ? double.NaN
                : Between(next, places[i]);
        }

        return values;
    }

    private double Between(int next, double place)
    {
        var (before, after) = (_y[next - 1], _y[next]);
        var share = (place - _x[next - 1]) / (_x[next] - _x[next - 1]);
        return double.IsFinite(before) && double.IsFinite(after) ? before + (share * (after - before)) : double.NaN;
    }
}
