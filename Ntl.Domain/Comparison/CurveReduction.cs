namespace Ntl.Domain.Comparison;

/// <summary>Which points of a curve stand for it in a chart: lowest and highest of every bin, both ends, and where it is interrupted.</summary>
/// <remarks>Bins hold a power of two of points and begin at the first: appending moves no bin, and bins merge in pairs as the curve grows.</remarks>
public static class CurveReduction
{
    private const int KeptPerBin = 2;

    /// <summary>Positions of the points to keep, rising.</summary>
    /// <param name="values">The curve's values; NaN interrupts it.</param>
    /// <param name="maximum">About the most to keep, at least 4. Interruptions may add to it.</param>
    public static int[] Keep(ReadOnlySpan<double> values, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 4);
        if (values.Length <= maximum)
        {
            return [.. Enumerable.Range(0, values.Length)];
        }

        var size = 1;
        while (KeptPerBin * ((values.Length + size - 1) / size) + 2 > maximum)
        {
            size *= 2;
        }

        List<int> kept = new(maximum);
        for (var start = 0; start < values.Length; start += size)
        {
            AddBin(kept, values, start, Math.Min(start + size, values.Length));
        }

        return [.. kept];
    }

    private static void AddBin(List<int> kept, ReadOnlySpan<double> values, int start, int end)
    {
        var (low, high, gap) = (-1, -1, -1);
        for (var i = start; i < end; i++)
        {
            if (double.IsNaN(values[i]))
            {
                gap = gap < 0 ? i : gap;
                continue;
            }

            low = low < 0 || values[i] < values[low] ? i : low;
            high = high < 0 || values[i] > values[high] ? i : high;
        }

        var first = start == 0 ? 0 : -1;
        var last = end == values.Length ? end - 1 : -1;
        Span<int> positions = [first, low, high, gap, last];
        positions.Sort();
        foreach (var position in positions)
        {
            if (position >= 0 && (kept.Count == 0 || kept[^1] != position))
            {
                kept.Add(position);
            }
        }
    }
}
