using Ntl.Domain.Comparison;

namespace Ntl.Tests.Domain.Comparison;

public sealed class CurveDifferenceTests
{
    [Fact]
    public void Difference_ToABaseline_IsTakenBetweenItsPointsAndNowhereBeyond()
    {
        var difference = CurveDifference.Of(new([0, 1, 2, 3, 4], [5, 5, 5, 5, 5]), new([1, 3], [1, 3]));

        Assert.Equal(new double[] { 0, 1, 2, 3, 4 }, difference.X.ToArray());
        Assert.Equal(new double[] { double.NaN, 4, 3, 2, double.NaN }, difference.Y.ToArray());
    }

    [Fact]
    public void Difference_ToItself_IsNothing()
    {
        ComparedCurve curve = new([0, 1.5, 7], [3, -2, 0.25]);

        Assert.Equal(new double[3], CurveDifference.Of(curve, curve).Y.ToArray());
    }

    [Theory]
    [InlineData(1, 3, new[] { 1.0, 2, 3 })]
    [InlineData(1.5, 2.5, new[] { 2.0 })]
    [InlineData(8, 9, new double[0])]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, new[] { 0.0, 1, 2, 3, 4 })]
    public void Window_OfACurve_HasBothItsEnds(double from, double to, double[] expected) =>
        Assert.Equal(expected, new ComparedCurve([0, 1, 2, 3, 4], new double[5]).Window(from, to).X.ToArray());

    [Fact]
    public void Curve_WhosePlacesDoNotRise_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ComparedCurve([0, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => new ComparedCurve([0, double.NaN], [1, 2]));
        Assert.Throws<ArgumentException>(() => new ComparedCurve([0], [1, 2]));
    }
}
