namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>An interval of a median from one ordered value to another, whatever the distribution.</summary>
/// <remarks>Thompson 1936, Ann. Math. Stat. 7:122–128: the median lies outside of x₍ᵣ₎ … x₍ₙ₊₁₋ᵣ₎ as often as a fair coin falls one way fewer than r times of n.</remarks>
internal static class MedianInterval
{
    /// <summary>The narrowest such interval that reaches a confidence, or the widest there is.</summary>
    /// <param name="ascending">Sorted, may hold +∞.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <returns>The interval, and how often it holds the median; everything below two values.</returns>
    public static (Interval Interval, double Coverage) Of(double[] ascending, double confidence)
    {
        if (ascending.Length < 2)
        {
            return (Interval.Everything, 1);
        }

        var (count, probability) = (ascending.Length, Math.Pow(0.5, ascending.Length));
        var (outside, r) = (2 * probability, 1);
        while (r < (count + 1) / 2)
        {
            // P(heads = r) from P(heads = r − 1).
            probability *= (count - r + 1.0) / r;
            if (outside + (2 * probability) > 1 - confidence)
            {
                break;
            }

            outside += 2 * probability;
            r++;
        }

        return (new(ascending[r - 1], ascending[count - r]), 1 - outside);
    }
}
