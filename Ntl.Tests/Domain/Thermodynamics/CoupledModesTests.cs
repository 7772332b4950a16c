using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class CoupledModesTests
{
    private static readonly Gen<CoupledModes> s_modes =
        from first in Between(0.1, 10)
        from second in Between(0.1, 10)
        from share in Gen.Choose(-95, 95).Select(n => n / 100.0)
        select new CoupledModes(first, second, share * Math.Sqrt(first * second));

    [Theory]
    [InlineData(1, 1, 0.3, 2, 1, 0.045)]
    [InlineData(2, 0.5, 0.4, 3, 1, 0.128)]
    [InlineData(1, 3, -0.6, 1, 2, -0.090)]
    public void HeatFlow_TwoBaths_IsWhatTheSteadyStateTakesFromThem(double first, double second, double coupling, double hot, double cold, double flow)
    {
        var modes = new CoupledModes(first, second, coupling);

        var taken = modes.HeatFromBaths(modes.Steady(hot, cold), hot, cold);

        Assert.Equal(flow, modes.HeatFlow(hot, cold), 1e-6);
        Assert.Equal(flow, taken.First, 1e-6);
        Assert.Equal(-flow, taken.Second, 1e-6);
    }

    [Fact]
    public void HeatFlow_AnyValley_IsWhatTheSteadyStateTakesFromItsBaths() => Prop.ForAll(
        s_modes.ToArbitrary(), Between(0.01, 10).ToArbitrary(), Between(0.01, 10).ToArbitrary(), (modes, first, second) =>
        {
            var steady = modes.Steady(first, second);
            var taken = modes.HeatFromBaths(steady, first, second);
            var scale = 1e-9 * (first + second) * (modes.FirstCurvature + modes.SecondCurvature);

            Assert.Equal(modes.HeatFlow(first, second), taken.First, scale);
            Assert.Equal(0, taken.First + taken.Second, scale);
            Assert.True(steady.First * steady.Second > steady.Both * steady.Both);
        }).Check(Properties.Seeded());

    [Fact]
    public void HeatFlow_EqualTemperatures_IsZeroAndEnergyIsEquallyShared() => Prop.ForAll(
        s_modes.ToArbitrary(), Between(0.01, 10).ToArbitrary(), (modes, temperature) =>
        {
            var (first, both, second) = modes.Steady(temperature, temperature);

            // Gibbs: C = T H⁻¹, so that HC = T and each direction holds T/2.
            Assert.Equal(0, modes.HeatFlow(temperature, temperature));
            AssertRelative(temperature, modes.FirstCurvature * first + modes.Coupling * both, 1e-9);
            AssertRelative(temperature, modes.SecondCurvature * second + modes.Coupling * both, 1e-9);
        }).Check(Properties.Seeded());

    [Fact]
    public void HeatFlow_DirectionsExchanged_Turns() => Prop.ForAll(
        s_modes.ToArbitrary(), Between(0.01, 10).ToArbitrary(), Between(0.01, 10).ToArbitrary(), (modes, first, second) =>
        {
            var exchanged = new CoupledModes(modes.SecondCurvature, modes.FirstCurvature, modes.Coupling);

            AssertRelative(-modes.HeatFlow(first, second), exchanged.HeatFlow(second, first), 1e-12);
            AssertRelative(3 * modes.HeatFlow(first, second), modes.HeatFlow(3 * first, 3 * second), 1e-12);
            Assert.True((first - second) * modes.HeatFlow(first, second) >= 0); // from hot to cold
        }).Check(Properties.Seeded());

    [Fact]
    public void Advance_SmallRate_ArrivesAtTheSteadyState()
    {
        var modes = new CoupledModes(1, 2, 0.6);
        var steady = modes.Steady(2, 1);
        var covariance = new PairCovariance(0, 0, 0);
        for (var step = 0; step < 20_000; step++)
        {
            covariance = modes.Advance(covariance, 1e-3, 2, 1);
        }

        // Corrections of order ηa.
        AssertRelative(steady.First, covariance.First, 2e-3);
        AssertRelative(steady.Both, covariance.Both, 2e-3);
        AssertRelative(steady.Second, covariance.Second, 2e-3);
    }

    [Fact]
    public void Advance_OnePointWithoutNoise_MovesDownItsGradient() => Prop.ForAll(
        s_modes.ToArbitrary(), Between(0.1, 10).ToArbitrary(), Between(0.001, 0.05).ToArbitrary(), (modes, x, rate) =>
        {
            const double Y = -0.7;
            var nextX = x - rate * (modes.FirstCurvature * x + modes.Coupling * Y);
            var nextY = Y - rate * (modes.Coupling * x + modes.SecondCurvature * Y);

            var next = modes.Advance(new(x * x, x * Y, Y * Y), rate, 0, 0);

            Assert.Equal(nextX * nextX, next.First, 1e-10);
            Assert.Equal(nextX * nextY, next.Both, 1e-10);
            Assert.Equal(nextY * nextY, next.Second, 1e-10);
        }).Check(Properties.Seeded());

    [Fact]
    public void Advance_NoCoupling_IsTwoValleysOfTheirOwn()
    {
        const double Rate = 0.1;
        var modes = new CoupledModes(1, 2, 0);
        var covariance = modes.Advance(new(0.3, 0, 0.7), Rate, 0.5, 0.2);

        AssertRelative(Alone(1, 0.5, 0.3), covariance.First, 1e-12);
        AssertRelative(Alone(2, 0.2, 0.7), covariance.Second, 1e-12);
        Assert.Equal(0, covariance.Both);

        static double Alone(double curvature, double temperature, double variance)
        {
            var mode = new ValleyMode(curvature, Math.Sqrt(2 * temperature / Rate));
            return UpdateRule.Sgd.Advance(ValleyMoments.AtRest(variance, mode), Rate, mode).Variance;
        }
    }

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        UpdateRuleTests.AssertOutOfRange("FirstCurvature", () => new CoupledModes(0, 1, 0));
        UpdateRuleTests.AssertOutOfRange("Coupling", () => new CoupledModes(1, 4, 2));
        UpdateRuleTests.AssertOutOfRange("Coupling", () => new CoupledModes(1, 4, double.NaN));
        UpdateRuleTests.AssertOutOfRange("firstTemperature", () => new CoupledModes(1, 1, 0).HeatFlow(-1, 1));
        UpdateRuleTests.AssertOutOfRange("secondTemperature", () => new CoupledModes(1, 1, 0).Steady(1, double.NaN));
        UpdateRuleTests.AssertOutOfRange("rate", () => new CoupledModes(1, 1, 0).Advance(new(1, 0, 1), 0, 1, 1));
    }
}
