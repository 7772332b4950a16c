namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>When to look at two entries whose seeds come in batches, and how much of the level each look may spend.</summary>
/// <param name="Level">α of a whole contest, over all its looks; in (0, 1).</param>
/// <param name="BatchSize">Seeds in a batch; at least 2.</param>
/// <param name="MaximumLooks">K, the last look; at least 1. What comes after is not looked at.</param>
/// <remarks>
/// <para>
/// Look k sees the first k complete batches of both, and nothing else: an entry's further batches wait until the other has as many. The K looks share the level in proportion to 1/k, so that look k tests at
/// α/(k·H) with H = 1 + 1/2 + … + 1/K; p is multiplied by k·H. By Bonferroni's inequality (the shares sum to α) two equal entries are declared different at <em>any</em> look with a probability of at most α,
/// whoever decides when to stop or to go on, and whatever he has seen: what a look sees does not depend on it.
/// </para>
/// <para>Equal shares would test the first look at a third of this; shares 1/(k(k + 1)), which need no last look, would test the eighth at 0.3 of this. docs/theory/leaderboard.md has what each finds.</para>
/// </remarks>
public sealed record SequentialRule(double Level, int BatchSize, int MaximumLooks)
{
    /// <summary>Power that forecasts of needed seeds aim at; in (0, 1).</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>Confidence of the interval whose farther end a contest must have no hope at to be given up; in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Seeds of either entry that the last look sees.</summary>
    public int MaximumSeeds => BatchSize * MaximumLooks;

    /// <summary>The look at two entries.</summary>
    /// <param name="firstBatches">Complete batches of the first, ≥ 0.</param>
    /// <param name="secondBatches">Complete batches of the second, ≥ 0.</param>
    /// <returns>From 0, which is none, to <see cref="MaximumLooks"/>.</returns>
    public int LookAt(int firstBatches, int secondBatches) => Math.Min(MaximumLooks, Math.Min(firstBatches, secondBatches));

    /// <summary>What a look multiplies p by, k·H; at least 1.</summary>
    /// <param name="look">From 1 to <see cref="MaximumLooks"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a look.</exception>
    public double Factor(int look)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(look, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(look, MaximumLooks);
        return look * Enumerable.Range(1, MaximumLooks).Sum(other => 1.0 / other);
    }

    /// <summary>Judges a contest at its latest look.</summary>
    /// <param name="first">The first entry's draws in order, batch after batch; those of a batch not complete are left out of sight.</param>
    /// <param name="second">Likewise.</param>
    /// <param name="comparisons">Tests that share the level by Bonferroni, this one included; at least 1. On a board Holm's correction takes its place.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no comparisons.</exception>
    public Contest Judge(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int comparisons = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        var look = LookAt(first.Length / BatchSize, second.Length / BatchSize);
        if (look == 0)
        {
            return new(ContestVerdict.Continue, 0, null, 1, null);
        }

        var (a, b) = (SampleMean.Of(first[..(look * BatchSize)]), SampleMean.Of(second[..(look * BatchSize)]));
        var test = WelchTest.Of(a, b);
        var p = double.IsNaN(test.P) ? 1 : Math.Min(1, test.P * Factor(look) * comparisons);
        if (p <= Level)
        {
            return new(ContestVerdict.Separated, look, test, p, null);
        }

        var needed = SeedsNeeded(test.Difference, a.StandardDeviation, b.StandardDeviation, look, Level / comparisons);
        var isHopeless = needed is null && SeedsNeeded(Farthest(test), a.StandardDeviation, b.StandardDeviation, look, Level / comparisons) is null;
        return new(isHopeless ? ContestVerdict.Futile : ContestVerdict.Continue, look, test, p, needed);
    }

    /// <summary>Seeds that either entry needs, in all, to be significantly different with <see cref="Power"/> at one of the looks to come.</summary>
    /// <param name="difference">Of the true means.</param>
    /// <param name="firstDeviation">True standard deviation of the first, ≥ 0.</param>
    /// <param name="secondDeviation">True standard deviation of the second, ≥ 0.</param>
    /// <param name="look">The latest look; ≥ 0.</param>
    /// <param name="level">α before it is shared among looks; in (0, 1).</param>
    /// <returns>Whole batches; null when the last look does not reach it.</returns>
    internal int? SeedsNeeded(double difference, double firstDeviation, double secondDeviation, int look, double level)
    {
        if (look >= MaximumLooks || !double.IsFinite(difference) || double.IsNaN(firstDeviation + secondDeviation) || !IsTold(MaximumLooks))
        {
            return null;
        }

        // Power grows with the looks: each sees more seeds, at a level that falls less.
        var (low, high) = (look + 1, MaximumLooks);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = IsTold(middle) ? (low, middle) : (middle + 1, high);
        }

        return high * BatchSize;

        bool IsTold(int at) => PowerAnalysis.Power(difference, firstDeviation, at * BatchSize, secondDeviation, at * BatchSize, level / Factor(at)) >= Power;
    }

    // A few seeds may well show less than there is: a contest is given up only where even the interval's far end would not be told.
    private double Farthest(WelchTest test)
    {
        var interval = test.Interval(Confidence);
        return double.IsFinite(interval.High) ? Math.Max(Math.Abs(interval.Low), Math.Abs(interval.High)) : double.NaN;
    }
}
