using Ntl.Domain.Thermodynamics;

namespace Ntl.Tests.Domain.Thermodynamics;

public class EstimateTests
{
    [Fact]
    public void Of_Draws_IsMeanAndItsError()
    {
        var found = Estimate.Of(1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4);

        Assert.Equal(1e9 + 2.5, found.Value);
        Assert.Equal(Math.Sqrt(5.0 / 3 / 4), found.StandardError, 1e-12);
    }

    [Fact]
    public void Of_OneDraw_HasNoError()
    {
        Assert.True(double.IsNaN(Estimate.Of(3).StandardError));
        UpdateRuleTests.AssertOutOfRange("draws", () => Estimate.Of().Value);
    }

    [Fact]
    public void OfRatio_ProportionalDraws_IsExact()
    {
        var found = Estimate.OfRatio([2, 4, 6], [-1, -2, -3]);

        Assert.Equal(-2, found.Value, 1e-12);
        Assert.Equal(0, found.StandardError, 1e-12);
        UpdateRuleTests.AssertOutOfRange("denominators", () => Estimate.OfRatio([1], [1, 2]).Value);
    }

    [Fact]
    public void OfRatio_EqualDenominators_IsTheMeanOfQuotients()
    {
        var found = Estimate.OfRatio([1, 2, 6], [4, 4, 4]);
        var mean = Estimate.Of(0.25, 0.5, 1.5);

        Assert.Equal(mean.Value, found.Value, 1e-12);
        Assert.Equal(mean.StandardError, found.StandardError, 1e-12);
    }
}
