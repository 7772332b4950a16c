using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard.Statistics;

public class PowerAnalysisTests
{
    // R's documentation of power.t.test: n = 20, delta = 1, sd = 1 gives 0.8689528 for Student's test; Welch's, which estimates its degrees of freedom, loses 0.0007 of it.
    [Fact]
    public void Power_OfTwentyAndTwenty_IsNearlyStudents() => Assert.Equal(0.8689528, PowerAnalysis.Power(1, 1, 20, 1, 20, 0.05), 0.001);

    // Likewise: power = .90, delta = 1 gives n = 22.02110, so that 23 is the first whole one.
    [Fact]
    public void FurtherSeeds_ForNinetyPercent_IsWhatRPrints()
    {
        Assert.Equal(21, PowerAnalysis.FurtherSeeds(1, 1, 2, 1, 2, 0.05, 0.9, 100));
        Assert.Equal(3, PowerAnalysis.FurtherSeeds(1, 1, 20, 1, 20, 0.05, 0.9, 100));
        Assert.Equal(0, PowerAnalysis.FurtherSeeds(1, 1, 23, 1, 23, 0.05, 0.9, 100));
        Assert.Null(PowerAnalysis.FurtherSeeds(1, 1, 2, 1, 2, 0.05, 0.9, 20));
    }

    // The double integral over both samples' squares, by mpmath.
    [Theory]
    [InlineData(1, 1, 20, 1, 20, 0.05, 0.868242502)]
    [InlineData(2, 1, 5, 1, 5, 0.05, 0.766782315)]
    public void Power_OfUnequalArms_IsTheIntegral(double difference, double first, int firstCount, double second, int secondCount, double level, double expected) =>
        Assert.Equal(expected, PowerAnalysis.Power(difference, first, firstCount, second, secondCount, level), 1e-5);

    // Welch's test of so few seeds keeps its level with some to spare.
    [Fact]
    public void Power_OfNoDifference_IsTheTestsTrueLevel()
    {
        Assert.InRange(PowerAnalysis.Power(0, 1, 5, 1, 5, 0.05), 0.043, 0.046);
        Assert.Equal(0.05, PowerAnalysis.Power(0, 1, 40, 1, 40, 0.05), 0.0005);
    }

    [Fact]
    public void Power_WithoutSpread_IsAllOrNothing()
    {
        Assert.Equal(1, PowerAnalysis.Power(0.1, 0, 5, 0, 5, 0.05));
        Assert.Equal(0, PowerAnalysis.Power(0, 0, 5, 0, 5, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerAnalysis.Power(1, 1, 1, 1, 5, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerAnalysis.Power(1, -1, 5, 1, 5, 0.05));
    }

    // As predicted within three percentage points; 8,000 simulated tests are off by half a point.
    [Theory]
    [InlineData(2.0, 1, 5, 1, 5, 0.05)]
    [InlineData(2.5, 1, 5, 1, 5, 0.0184)]
    [InlineData(1.0, 1, 20, 1, 20, 0.05)]
    [InlineData(0.8, 1, 40, 1, 40, 0.0023)]
    [InlineData(2.5, 2, 5, 1, 5, 0.05)]
    [InlineData(1.5, 1, 5, 2, 20, 0.05)]
    [InlineData(3.0, 3, 10, 1, 10, 0.05)]
    [InlineData(1.2, 1, 10, 1, 15, 0.05)]
    public void Power_Simulated_IsAsPredicted(double difference, double first, int firstCount, double second, int secondCount, double level)
    {
        const int Tests = 8000;
        SimulatedSeeds seeds = new(41);

        var told = Enumerable.Range(0, Tests).Count(_ => WelchTest.Of(seeds.Normals(firstCount, difference, first), seeds.Normals(secondCount, 0, second)).P <= level);

        Assert.Equal(PowerAnalysis.Power(difference, first, firstCount, second, secondCount, level), told / (double)Tests, 0.03);
    }
}
