namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>Student's test of paired values, such as two models' losses on the same validation batches.</summary>
/// <param name="Count">Pairs, n; at least 1.</param>
/// <param name="Difference">Mean of first less second, in their unit.</param>
/// <param name="StandardError">Of that mean; NaN for a single pair.</param>
/// <param name="T">Difference over standard error; ±∞ where every pair differs by the same, 0 where none differs.</param>
/// <param name="P">Two-sided, in [0, 1]; NaN for a single pair.</param>
/// <remarks>
/// Student 1908, Biometrika 6:1–25. What all pairs share, such as how hard a batch is, drops out, so that it tells more than <see cref="WelchTest"/> of the same values. On batches of one
/// validation set it tells two trained <em>models</em> apart, not two schedules: seeds are not among its draws.
/// </remarks>
public sealed record PairedTest(int Count, double Difference, double StandardError, double T, double P)
{
    /// <summary>Tests pairs.</summary>
    /// <param name="first">At least one value.</param>
    /// <param name="second">As many, each the partner of the one at its place.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or not as many of both.</exception>
    public static PairedTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length, nameof(second));
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        var mean = SampleMean.Of(differences);
        var t = mean switch
        {
            { StandardError: 0, Mean: 0 } => 0,
            { StandardError: 0 } => double.CopySign(double.PositiveInfinity, mean.Mean),
            _ => mean.Mean / mean.StandardError,
        };
        return new(mean.Count, mean.Mean, mean.StandardError, t, mean.Count == 1 ? double.NaN : StudentT.TwoSided(t, mean.Count - 1));
    }

    /// <summary>The interval of the mean difference.</summary>
    /// <param name="confidence">In (0, 1), such as 0.95.</param>
    /// <returns>Everything for a single pair.</returns>
    public Interval Interval(double confidence) => Statistics.Interval.About(Difference, StandardError, Count - 1, confidence);
}
