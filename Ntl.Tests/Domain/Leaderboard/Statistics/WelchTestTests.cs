using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard.Statistics;

/// <summary>Hours of sleep gained, Cushny and Peebles 1905 as in Student 1908; R's documentation of <c>t.test</c> prints what its tests say of them.</summary>
public class WelchTestTests
{
    internal static readonly double[] First = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    internal static readonly double[] Second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void Of_TheSleepData_IsWhatRPrints()
    {
        var test = WelchTest.Of(First, Second);

        Assert.Equal(-1.8608, test.T, 0.00005);
        Assert.Equal(17.776, test.DegreesOfFreedom, 0.0005);
        Assert.Equal(0.07939, test.P, 0.000005);
        Assert.Equal(-3.3654832, test.Interval(0.95).Low, 1e-7);
        Assert.Equal(0.2054832, test.Interval(0.95).High, 1e-7);
    }

    [Fact]
    public void Of_Swapped_IsItsMirror()
    {
        var (test, mirror) = (WelchTest.Of(First, Second), WelchTest.Of(Second, First));

        Assert.Equal(test.P, mirror.P, 1e-15);
        Assert.Equal(-test.T, mirror.T, 1e-15);
    }

    [Fact]
    public void Of_OneWithoutSpread_HasTheOthersDegrees()
    {
        var test = WelchTest.Of([2, 2, 2, 2, 2], [1, 2, 3]);

        Assert.Equal(2, test.DegreesOfFreedom, 1e-12);
        Assert.Equal(1, test.P, 1e-12);
    }

    [Fact]
    public void Of_NeitherWithSpread_IsTheLimit()
    {
        var (same, other) = (WelchTest.Of([0.1, 0.1, 0.1], [0.1, 0.1]), WelchTest.Of([0.1, 0.1, 0.1], [0.2, 0.2]));

        Assert.Equal((0, 1), (same.T, same.P));
        Assert.Equal((double.NegativeInfinity, 0), (other.T, other.P));
        Assert.Equal(other.Interval(0.95).Low, other.Interval(0.95).High);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void Of_NoFiniteMean_KnowsNothing(double loss)
    {
        var test = WelchTest.Of([1, 2, loss], [1, 2, 3]);

        Assert.True(double.IsNaN(test.P));
        Assert.Equal(Interval.Everything, test.Interval(0.95));
    }

    [Fact]
    public void Of_ASingleDraw_KnowsNothing() => Assert.True(double.IsNaN(WelchTest.Of([1], [1, 2, 3]).P));

    [Fact]
    public void Of_LossesFarFromZero_LosesNoDigits()
    {
        var near = WelchTest.Of(First, Second);
        var far = WelchTest.Of([.. First.Select(x => x + 1e6)], [.. Second.Select(x => x + 1e6)]);

        Assert.Equal(near.P, far.P, 1e-9);
    }

    // 20,000 draws of a coverage of 0.95 are off by 0.0015; unequal spreads make Welch's degrees an approximation.
    [Theory]
    [InlineData(1, 5, 5)]
    [InlineData(3, 5, 5)]
    [InlineData(3, 5, 20)]
    [InlineData(0.33, 5, 20)]
    public void Interval_OfNormalSeeds_HoldsTheDifferenceAsOftenAsItSays(double deviation, int firstCount, int secondCount)
    {
        SimulatedSeeds seeds = new(11);

        var held = Enumerable.Range(0, 20_000).Count(_ => WelchTest.Of(seeds.Normals(firstCount, 3, deviation), seeds.Normals(secondCount, 2)).Interval(0.95).Holds(1));

        Assert.InRange(held / 20_000.0, 0.94, 0.962);
    }
}
