using Ntl.Domain.Thermodynamics;

namespace Ntl.Tests.Domain.Thermodynamics;

public class CoolingBoundsTests
{
    [Fact]
    public void EquilibriumRatio_StationaryState_IsOne()
    {
        var loss = UpdateRule.HeavyBall(0.9).StationaryLoss(1e-6, new(3, 2));

        Assert.Equal(1, CoolingBounds.EquilibriumRatio(loss, UpdateRule.HeavyBall(0.9).LossPerRate(2), 1e-6), 1e-5);
        Assert.Equal(double.PositiveInfinity, CoolingBounds.EquilibriumRatio(loss, 1, 0));
    }

    [Theory]
    [InlineData(0, 0.025)]
    [InlineData(1, 0.025 / 1.05)]
    [InlineData(20_000_000, 0.025 / 1_000_001)]
    public void ThirdLaw_UnitValley_FallsAsOneOverSteps(long steps, double bound) =>
        Assert.Equal(bound, CoolingBounds.ThirdLaw(0.25, 2, 0.1, steps), 1e-12 * bound);

    [Fact]
    public void SecondLaw_AnyRate_IsTheLossInEquilibrium() => Assert.Equal(0.025, CoolingBounds.SecondLaw(0.25, 0.1), 1e-15);

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        UpdateRuleTests.AssertOutOfRange("rate", () => CoolingBounds.SecondLaw(1, -1));
        UpdateRuleTests.AssertOutOfRange("lossPerRate", () => CoolingBounds.EquilibriumRatio(1, 0, 1));
        UpdateRuleTests.AssertOutOfRange("steps", () => CoolingBounds.ThirdLaw(1, 1, 1, -1));
        UpdateRuleTests.AssertOutOfRange("coolingRate", () => CoolingBounds.ThirdLaw(1, double.NaN, 1, 1));
    }
}
