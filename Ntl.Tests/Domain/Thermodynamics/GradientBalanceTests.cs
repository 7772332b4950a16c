using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class GradientBalanceTests
{
    [Fact]
    public void OfLayers_KnownSquares_IsTheirRatioAndVariation()
    {
        var (ratio, variation) = GradientBalance.OfLayers(1, 3, 5, 7); // mean 4, variance 5

        Assert.Equal(7, ratio);
        Assert.Equal(Math.Sqrt(5) / 4, variation, 1e-15);
    }

    [Fact]
    public void OfLayers_EqualSquares_IsBalance() => Prop.ForAll(Between(1e-9, 1e9).ToArbitrary(), square =>
    {
        var (ratio, variation) = GradientBalance.OfLayers(square, square, square);

        Assert.Equal(1, ratio);
        Assert.Equal(0, variation, 1e-12);
    }).Check(Properties.Seeded());

    [Fact]
    public void OfLayers_AnotherUnit_StaysAsItWas() => Prop.ForAll(Between(1e-3, 1e3).ArrayOf(5).ToArbitrary(), Between(1e-6, 1e6).ToArbitrary(), (squares, unit) =>
    {
        var (ratio, variation) = GradientBalance.OfLayers(squares);
        var scaled = GradientBalance.OfLayers([.. squares.Select(square => unit * square)]);

        AssertRelative(ratio, scaled.Ratio, 1e-12);
        Assert.Equal(variation, scaled.Variation, 1e-10);
        Assert.True(ratio >= 1 && variation >= 0);
    }).Check(Properties.Seeded());

    [Fact]
    public void OfLayers_WithoutGradient_HasNoRatio()
    {
        Assert.Equal(double.PositiveInfinity, GradientBalance.OfLayers(1, 0).Ratio);
        Assert.True(double.IsNaN(GradientBalance.OfLayers(0, 0).Ratio));
        UpdateRuleTests.AssertOutOfRange("squares", () => GradientBalance.OfLayers().Ratio);
        UpdateRuleTests.AssertOutOfRange("square", () => GradientBalance.OfLayers(1, -1).Ratio);
    }
}
