using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Tests.Domain.Leaderboard.Statistics;

public class StudentTTests
{
    // Fisher and Yates 1963, Statistical Tables, table III.
    [Theory]
    [InlineData(1, 0.05, 12.706)]
    [InlineData(4, 0.05, 2.776)]
    [InlineData(5, 0.01, 4.032)]
    [InlineData(10, 0.05, 2.228)]
    [InlineData(10, 0.001, 4.587)]
    [InlineData(30, 0.1, 1.697)]
    [InlineData(120, 0.05, 1.980)]
    public void Critical_OfTheTable_IsItsValue(int degrees, double level, double expected) =>
        Assert.Equal(expected, StudentT.Critical(degrees, level), 0.0005);

    // The incomplete beta function in 30 digits, by mpmath.
    [Theory]
    [InlineData(2.5, 4.7, 0.057592159346867297)]
    [InlineData(10, 6.3, 4.260555166558201e-5)]
    [InlineData(0.01, 3.5, 0.99256471245192417)]
    [InlineData(200, 4.3, 1.0656501390660782e-9)]
    [InlineData(3, 1e6, 0.0026998625414217971)]
    public void TwoSided_OfBrokenDegrees_IsExactToNineDigits(double t, double degrees, double expected) =>
        Assert.Equal(1, StudentT.TwoSided(t, degrees) / expected, 1e-9);

    [Theory]
    [InlineData(0.05, 7.25, 2.3481948491053722)]
    [InlineData(1e-8, 4.5, 101.06784560569016)]
    [InlineData(0.2, 78, 1.2924995974099202)]
    public void Critical_OfBrokenDegrees_IsExactToNineDigits(double level, double degrees, double expected) =>
        Assert.Equal(1, StudentT.Critical(degrees, level) / expected, 1e-9);

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(-7)]
    public void TwoSided_OfOneAndTwoDegrees_IsTheClosedForm(double t)
    {
        Assert.Equal(1 - (2 / Math.PI * Math.Atan(Math.Abs(t))), StudentT.TwoSided(t, 1), 1e-13);
        Assert.Equal(1 - (Math.Abs(t) / Math.Sqrt(2 + (t * t))), StudentT.TwoSided(t, 2), 1e-13);
    }

    [Fact]
    public void TwoSided_OfNoNumber_IsNone()
    {
        Assert.Equal(0, StudentT.TwoSided(double.NegativeInfinity, 3));
        Assert.Equal(1, StudentT.TwoSided(0, 3));
        Assert.True(double.IsNaN(StudentT.TwoSided(double.NaN, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSided(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Critical(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Critical(3, 1));
    }

    [Fact]
    public void Critical_OfAnyLevel_HasThatTail()
    {
        SimulatedSeeds random = new(3);

        for (var i = 0; i < 300; i++)
        {
            var (degrees, level) = (1 + (40 * random.Uniform()), Math.Pow(10, -12 * random.Uniform()));
            Assert.Equal(1, StudentT.TwoSided(StudentT.Critical(degrees, level), degrees) / level, 1e-9);
        }
    }
}
