namespace Ntl.Training.Data;

/// <summary>How often each value occurs, kept apart by position modulo four.</summary>
/// <param name="valueCount">Distinct values: 256 or 65,536.</param>
internal sealed class Tally(int valueCount)
{
    /// <summary>Positions counted separately.</summary>
    public const int Lanes = 4;

    private readonly long[] _counts = new long[Lanes * valueCount];

    /// <summary>Counts a value at a position.</summary>
    public void Add(int value, long position) => _counts[((int)(position & (Lanes - 1)) * valueCount) + value]++;

    /// <summary>How often values of a range occur in all lanes.</summary>
    public long CountOf(int first, int last)
    {
        long sum = 0;
        for (var lane = 0; lane < Lanes; lane++)
        {
            sum += Sum(_counts.AsSpan((lane * valueCount) + first, last - first + 1));
        }

        return sum;
    }

    /// <summary>How often a value occurs at the positions of one lane.</summary>
    public long CountAt(int lane, int value) => _counts[(lane * valueCount) + value];

    /// <summary>Values counted in a lane.</summary>
    public long TotalOf(int lane) => Sum(_counts.AsSpan(lane * valueCount, valueCount));

    /// <summary>The distinct values of a lane, its most common one, and that one's share.</summary>
    public (int Distinct, int Top, double TopShare) Describe(params ReadOnlySpan<int> lanes)
    {
        var (distinct, top, most, total) = (0, 0, 0L, 0L);
        for (var value = 0; value < valueCount; value++)
        {
            long count = 0;
            foreach (var lane in lanes)
            {
                count += CountAt(lane, value);
            }

            distinct += count > 0 ? 1 : 0;
            total += count;
            if (count > most)
            {
                (top, most) = (value, count);
            }
        }

        return (distinct, top, total == 0 ? 0 : (double)most / total);
    }

    /// <summary>The chance that two draws from the lanes are equal: 1 for a constant, 1/n for n even values.</summary>
    public double Concentration(params ReadOnlySpan<int> lanes)
    {
        var (pairs, total) = (0.0, 0L);
        for (var value = 0; value < valueCount; value++)
        {
            long count = 0;
            foreach (var lane in lanes)
            {
                count += CountAt(lane, value);
            }

            pairs += (double)count * (count - 1);
            total += count;
        }

        return total < 2 ? 0 : pairs / ((double)total * (total - 1));
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
