using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard.Statistics;

public class BootstrapIntervalTests
{
    // Efron and Tibshirani 1993, table 14.1, test A of the spatial data; table 14.2: the variance is 171.5, its BCa interval at 90 % (115.8, 259.6) from 2,000 replicates.
    private static readonly double[] s_spatial = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

    [Fact]
    public void Of_TheSpatialData_IsThePublishedInterval()
    {
        var interval = BootstrapInterval.Of(s_spatial, Variance, 0.9, 20_000, 1);

        Assert.Equal(171.5, Variance(s_spatial), 0.05);
        Assert.Equal(115.8, interval.Low, 2.5);
        Assert.Equal(259.6, interval.High, 4.0);
    }

    [Fact]
    public void Of_TheSameSeed_IsTheSame() =>
        Assert.Equal(BootstrapInterval.Of(s_spatial, Variance, 0.9, 500, 7), BootstrapInterval.Of(s_spatial, Variance, 0.9, 500, 7));

    [Fact]
    public void Of_EqualDraws_IsAPoint() => Assert.Equal(new(2, 2), BootstrapInterval.Of([2, 2, 2], values => values.Average(), 0.95, 100, 1));

    [Fact]
    public void Of_TooLittle_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.Of([1], Variance, 0.9, 500, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.Of([1, 2], Variance, 0.9, 99, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.Of([1, 2], Variance, 1, 500, 7));
    }

    [Fact]
    public void Of_TwentyNormalDraws_HoldsTheMeanNearlyAsOftenAsItSays() => Assert.InRange(Coverage(20), 0.90, 0.955);

    [Fact]
    public void Of_FiveNormalDraws_IsTooNarrow() => Assert.InRange(Coverage(5), 0.77, 0.87);

    private static double Coverage(int count)
    {
        SimulatedSeeds random = new(31);
        return Enumerable.Range(0, 1000).Count(i => BootstrapInterval.Of(random.Normals(count), values => values.Average(), 0.95, 400, i).Holds(0)) / 1000.0;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }
}
