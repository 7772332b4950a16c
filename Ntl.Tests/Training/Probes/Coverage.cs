using Ntl.Domain.Thermodynamics;

namespace Ntl.Tests.Training.Probes;

/// <summary>Whether an estimator's stated errors are true: how often its value lies within two of them, over many seeds.</summary>
internal static class Coverage
{
    public const int Seeds = 200;

    // Of 16 or more normal draws 93.6 to 95.4 % do. Over 200 seeds such a share is right to 1.7 points; three of them below and above.
    private const double Least = 0.885;
    private const double Most = 0.995;

    /// <summary>Asserts the share, and that the mean over all seeds, whose error is 14 times smaller, hits the truth: there is no bias.</summary>
    /// <param name="what">Named in the output.</param>
    /// <param name="exact">The truth.</param>
    /// <param name="found">One estimate a seed.</param>
    public static void AssertHonest(string what, double exact, IReadOnlyList<Estimate> found)
    {
        var share = found.Count(estimate => Math.Abs(estimate.Value - exact) <= 2 * estimate.StandardError) / (double)found.Count;
        var mean = Estimate.Of([.. found.Select(estimate => estimate.Value)]);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{what}: exact {exact:G5}, mean {mean.Value:G5} ± {mean.StandardError:G2}, within two errors {share:P1}"));
        Assert.InRange(share, Least, Most);
        Assert.Equal(exact, mean.Value, 3.5 * mean.StandardError);
    }
}
