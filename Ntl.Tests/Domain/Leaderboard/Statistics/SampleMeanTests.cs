using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard.Statistics;

public class SampleMeanTests
{
    [Fact]
    public void Of_Draws_IsTheirMeanAndSpread()
    {
        var mean = SampleMean.Of(2, 4, 4, 4, 5, 5, 7, 9);

        Assert.Equal(5, mean.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(32.0 / 7), mean.StandardDeviation, 1e-12);
    }

    [Fact]
    public void Of_DrawsEqualToTheBit_HasNoSpread() => Assert.Equal(0, SampleMean.Of(0.1, 0.1, 0.1, 0.1, 0.1).StandardDeviation);

    [Fact]
    public void Of_ADivergedSeed_IsInfinite()
    {
        var mean = SampleMean.Of(1, 2, double.PositiveInfinity);

        Assert.Equal(double.PositiveInfinity, mean.Mean);
        Assert.True(double.IsNaN(mean.StandardDeviation));
        Assert.Equal(Interval.Everything, mean.Interval(0.95));
    }

    [Fact]
    public void Of_OneOrNone_KnowsNothing()
    {
        Assert.Equal(Interval.Everything, SampleMean.Of(1).Interval(0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleMean.Of());
    }

    [Fact]
    public void Interval_OfFiveNormalSeeds_HoldsTheMeanAsOftenAsItSays() => Assert.InRange(Coverage(seeds => seeds.Normal()), 0.945, 0.955);

    // What skewed noise costs: the promise of 95 % is not kept, and the bounds say by how much.
    [Fact]
    public void Interval_OfFiveSkewedSeeds_HoldsTheMeanLessOften() => Assert.InRange(Coverage(seeds => seeds.Skewed()), 0.86, 0.90);

    internal static double Coverage(Func<SimulatedSeeds, double> draw)
    {
        SimulatedSeeds seeds = new(21);
        return Enumerable.Range(0, 20_000).Count(_ => SampleMean.Of(SimulatedSeeds.Draws(5, () => draw(seeds))).Interval(0.95).Holds(0)) / 20_000.0;
    }
}
