namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>An interval for any figure of a sample, by drawing from the sample itself: bias-corrected and accelerated (BCa).</summary>
/// <remarks>
/// B. Efron 1987, J. Am. Stat. Assoc. 82:171–185; Efron and Tibshirani 1993, An Introduction to the Bootstrap, §14.3. Of five draws it is too narrow whatever the method
/// (docs/theory/leaderboard.md has how much), so that the board's own intervals are Student's.
/// </remarks>
public static class BootstrapInterval
{
    private const int FewestDraws = 2;

    /// <summary>Draws a BCa interval.</summary>
    /// <param name="sample">At least two independent draws, finite.</param>
    /// <param name="figure">What is asked of a sample, such as its mean or median; must not keep its argument, which is used again. A sample may hold a draw more than once.</param>
    /// <param name="confidence">In (0, 1), such as 0.95.</param>
    /// <param name="replicates">Samples to draw; at least 100. 2,000 is usual.</param>
    /// <param name="seed">Of the draws: the same seed gives the same interval.</param>
    /// <returns>A point where the figure is the same in every sample drawn.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two draws, fewer than 100 replicates, or a confidence outside its range.</exception>
    public static Interval Of(ReadOnlySpan<double> sample, Func<double[], double> figure, double confidence, int replicates, int seed)
    {
        const int FewestReplicates = 100;
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample.Length, FewestDraws, nameof(sample));
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, FewestReplicates);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(confidence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        double[] draws = [.. sample];
        var drawn = Replicate(draws, figure, replicates, new Random(seed));
        var center = figure([.. draws]);
        var below = drawn.Count(value => value < center) + (drawn.Count(value => value == center) / 2.0);
        if (drawn[0] == drawn[^1])
        {
            return new(drawn[0], drawn[0]);
        }

        // All replicates on one side would put z₀ at infinity; half a replicate is what so many can tell.
        var bias = StandardNormal.Quantile(Math.Clamp(below, 0.5, replicates - 0.5) / replicates);
        var acceleration = Acceleration(draws, figure);
        var tail = StandardNormal.Quantile((1 - confidence) / 2);
        return new(At(drawn, Level(bias, acceleration, tail)), At(drawn, Level(bias, acceleration, -tail)));
    }

    private static double[] Replicate(double[] draws, Func<double[], double> figure, int replicates, Random random)
    {
        var (drawn, again) = (new double[replicates], new double[draws.Length]);
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            for (var i = 0; i < again.Length; i++)
            {
                again[i] = draws[random.Next(draws.Length)];
            }

            drawn[replicate] = figure(again);
        }

        Array.Sort(drawn);
        return drawn;
    }

    // Efron and Tibshirani 1993, (14.15): the skewness of the figure with each draw left out once.
    private static double Acceleration(double[] draws, Func<double[], double> figure)
    {
        double[] without = [.. Enumerable.Range(0, draws.Length).Select(left => figure([.. draws.Where((_, i) => i != left)]))];
        var mean = without.Average();
        var (squares, cubes) = (without.Sum(value => Math.Pow(mean - value, 2)), without.Sum(value => Math.Pow(mean - value, 3)));
        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }

    // (14.10).
    private static double Level(double bias, double acceleration, double tail) =>
        StandardNormal.Cdf(bias + ((bias + tail) / (1 - (acceleration * (bias + tail)))));

    private static double At(double[] ascending, double level)
    {
        var place = Math.Clamp((level * (ascending.Length + 1)) - 1, 0, ascending.Length - 1);
        var (low, share) = ((int)place, place - Math.Floor(place));
        return share == 0 ? ascending[low] : ascending[low] + (share * (ascending[low + 1] - ascending[low]));
    }
}
