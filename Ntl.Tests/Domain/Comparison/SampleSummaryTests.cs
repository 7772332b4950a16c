using Ntl.Domain.Comparison;

namespace Ntl.Tests.Domain.Comparison;

public sealed class SampleSummaryTests
{
    // Two-sided 95 % points of Student's distribution, from printed tables.
    [Theory]
    [InlineData(2, 12.706)]
    [InlineData(3, 4.303)]
    [InlineData(5, 2.776)]
    [InlineData(10, 2.262)]
    [InlineData(31, 2.042)]
    public void Confidence_OfNValues_IsThePrintedPoint(int count, double expected) => Assert.Equal(expected, SampleSummary.ErrorsOfConfidence(count), 5e-4);

    [Fact]
    public void Summary_OfATextbookSample_IsWorkedOutByHand()
    {
        var summary = SampleSummary.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal((8, 5.0, 2.0, 9.0), (summary.Count, summary.Mean, summary.Minimum, summary.Maximum));
        Assert.Equal(Math.Sqrt(32.0 / 7), summary.Deviation, 1e-12);
        Assert.Equal(Math.Sqrt(32.0 / 7 / 8), summary.StandardError, 1e-12);
        Assert.Equal(2.3646 * Math.Sqrt(32.0 / 7 / 8), summary.HalfWidth, 1e-4);
    }

    [Fact]
    public void Summary_OfValuesThatAreNotFinite_DoesNotCountThem()
    {
        var summary = SampleSummary.Of([1, double.NaN, 3, double.PositiveInfinity]);

        Assert.Equal((2, 2.0), (summary.Count, summary.Mean));
    }

    [Fact]
    public void Summary_OfOneValue_ClaimsNoSpread()
    {
        var summary = SampleSummary.Of([3.5]);

        Assert.Equal((1, 3.5), (summary.Count, summary.Mean));
        Assert.True(double.IsNaN(summary.Deviation));
        Assert.True(double.IsNaN(summary.HalfWidth));
    }

    [Fact]
    public void Summary_OfLargeValues_KeepsTheSmallSpread()
    {
        var summary = SampleSummary.Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);

        Assert.Equal(Math.Sqrt(30), summary.Deviation, 1e-6);
    }

    [Fact]
    public void Summary_OfNothing_IsUnknown()
    {
        var summary = SampleSummary.Of([]);

        Assert.Equal(0, summary.Count);
        Assert.True(double.IsNaN(summary.Mean));
    }
}
