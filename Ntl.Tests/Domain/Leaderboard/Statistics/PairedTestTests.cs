using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard.Statistics;

public class PairedTestTests
{
    [Fact]
    public void Of_TheSleepData_IsWhatRPrints()
    {
        var test = PairedTest.Of(WelchTestTests.First, WelchTestTests.Second);

        Assert.Equal(-4.0621, test.T, 0.00005);
        Assert.Equal(0.002833, test.P, 0.0000005);
        Assert.Equal(-2.4598858, test.Interval(0.95).Low, 1e-7);
        Assert.Equal(-0.7001142, test.Interval(0.95).High, 1e-7);
    }

    [Fact]
    public void Of_WhatAllBatchesShare_IsBlindToIt()
    {
        SimulatedSeeds random = new(4);
        var hardness = random.Normals(64, 3, 0.5);
        double[] first = [.. hardness.Select(loss => loss + (0.01 * random.Normal()))];
        double[] second = [.. hardness.Select(loss => loss + 0.01 + (0.01 * random.Normal()))];

        Assert.InRange(PairedTest.Of(first, second).P, 0, 1e-4);
        Assert.InRange(WelchTest.Of(first, second).P, 0.5, 1);
    }

    [Fact]
    public void Of_TheSameDifferenceInEveryPair_IsTheLimit()
    {
        Assert.Equal(0, PairedTest.Of([1, 2, 3], [2, 3, 4]).P);
        Assert.Equal(1, PairedTest.Of([1, 2, 3], [1, 2, 3]).P);
        Assert.True(double.IsNaN(PairedTest.Of([1], [2]).P));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedTest.Of([1, 2], [1]));
    }

    [Fact]
    public void Interval_OfNormalPairs_HoldsTheDifferenceAsOftenAsItSays()
    {
        SimulatedSeeds random = new(12);

        var held = Enumerable.Range(0, 20_000).Count(_ => PairedTest.Of(random.Normals(8, 1), random.Normals(8)).Interval(0.95).Holds(1));

        Assert.InRange(held / 20_000.0, 0.945, 0.955);
    }
}
