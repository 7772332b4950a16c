using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class EntropyTests
{
    [Fact]
    public void OfValley_SlopeInTemperature_IsHeatCapacityOverTemperature()
    {
        const double Temperature = 0.7;
        const double Shift = 1e-5;
        double[] curvatures = [0.3, 0.5, 0.9, 1.4, 2.2, 4];

        var slope = (Entropy.OfValley(Temperature + Shift, curvatures) - Entropy.OfValley(Temperature - Shift, curvatures)) / (2 * Shift);

        Assert.Equal(HeatCapacity.PerTemperature(6) / Temperature, slope, 1e-6);
        Assert.Equal(4.285714, slope, 1e-6);
    }

    [Fact]
    public void OfDirection_UnitVariance_IsThatOfTheStandardNormal() => Assert.Equal(1.4189385332046727, Entropy.OfDirection(1), 1e-15);

    [Fact]
    public void OfValley_ParameterInAnotherUnit_ShiftsByItsLogarithmPerDirection() => Prop.ForAll(
        Between(0.01, 100).ArrayOf(4).ToArbitrary(), Between(1e-6, 1).ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (curvatures, temperature, unit) =>
        {
            var inUnit = curvatures.Select(curvature => curvature * unit * unit).ToArray();

            Assert.Equal(Entropy.OfValley(temperature, curvatures) - 4 * Math.Log(unit), Entropy.OfValley(temperature, inUnit), 1e-10);
        }).Check(Properties.Seeded());

    [Fact]
    public void Change_AnyTwoStates_IsTheDifferenceOfTheirEntropies() => Prop.ForAll(
        Between(0.01, 100).ArrayOf(3).ToArbitrary(), Between(1e-6, 1).ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (curvatures, temperature, factor) =>
        {
            var sharper = curvatures.Select(curvature => 2 * curvature).ToArray();

            var change = Entropy.Change(3, temperature, temperature * factor, 3 * Math.Log(2));

            Assert.Equal(Entropy.OfValley(temperature * factor, sharper) - Entropy.OfValley(temperature, curvatures), change, 1e-10);
        }).Check(Properties.Seeded());

    [Fact]
    public void OfQuench_ToAQuarter_IsClausiusNumber()
    {
        Assert.Equal(0.8069, EntropyProduction.OfQuench(1, 1, 0.25), 5e-5);
        Assert.Equal(4.8411, EntropyProduction.OfQuench(6, 1, 0.25), 5e-5);
    }

    [Fact]
    public void OfQuench_AnyTwoTemperatures_IsNotNegativeAndKnowsOnlyTheirRatio() => Prop.ForAll(
        Between(1e-6, 1e3).ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (temperature, ratio, unit) =>
        {
            var produced = EntropyProduction.OfQuench(2, temperature * ratio, temperature);

            Assert.True(produced >= 0);
            Assert.Equal(ratio - 1 - Math.Log(ratio), produced, 1e-9 * (1 + ratio));
            Assert.Equal(produced, EntropyProduction.OfQuench(2, unit * temperature * ratio, unit * temperature), 1e-9 * (1 + ratio));
        }).Check(Properties.Seeded());

    [Fact]
    public void OfExchange_TowardsTheBath_IsNotNegative() => Prop.ForAll(
        Between(1e-6, 1).ToArbitrary(), Between(1e-6, 1).ToArbitrary(), Gen.Choose(0, 100).Select(n => n / 100.0).ToArbitrary(), (temperature, bath, share) =>
        {
            var after = temperature + share * (bath - temperature);

            Assert.True(EntropyProduction.OfExchange(1, temperature, after, bath) >= -1e-15);
        }).Check(Properties.Seeded());

    [Fact]
    public void OfExchange_AwayFromTheBath_IsNegative() => Assert.True(EntropyProduction.OfExchange(1, 2, 3, 1) < 0);

    [Fact]
    public void OfHeat_ManySmallExchanges_AddUpToTheQuench()
    {
        const int Steps = 100_000;
        const double Bath = 0.25;
        var produced = 0.0;
        for (var i = 0; i < Steps; i++)
        {
            var temperature = 1 - (1 - Bath) * (i + 0.5) / Steps;
            produced += EntropyProduction.OfHeat((1 - Bath) / Steps / 2, Bath, temperature);
        }

        Assert.Equal(EntropyProduction.OfQuench(1, 1, Bath), produced, 1e-8);
    }

    [Fact]
    public void HeatCapacity_Directions_AreCountedFromTheirLoss()
    {
        var modes = Enumerable.Range(1, 17).Select(i => new ValleyMode(i, 0.3)).ToArray();

        var perRate = HeatCapacity.PerRate(UpdateRule.Adam(), modes);

        Assert.Equal(17 * 0.3 / 4, perRate, 1e-12);
        Assert.Equal(17, HeatCapacity.Directions(perRate, UpdateRule.Adam().LossPerRate(0.3)), 1e-12);
    }

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        UpdateRuleTests.AssertOutOfRange("variance", () => Entropy.OfDirection(0));
        UpdateRuleTests.AssertOutOfRange("temperature", () => Entropy.OfValley(-1, 1));
        UpdateRuleTests.AssertOutOfRange("curvature", () => Entropy.OfValley(1, 1, 0));
        UpdateRuleTests.AssertOutOfRange("directions", () => HeatCapacity.PerTemperature(-1));
        UpdateRuleTests.AssertOutOfRange("temperatureAfter", () => EntropyProduction.OfQuench(1, 1, 0));
        UpdateRuleTests.AssertOutOfRange("bathTemperature", () => EntropyProduction.OfHeat(1, 0, 1));
        UpdateRuleTests.AssertOutOfRange("lossPerRate", () => HeatCapacity.Directions(1, 0));
    }
}
