using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class EntropicForceTests
{
    private const double Slope = -0.02; // c', the river falls along y
    private const double Narrowing = 1; // ∂_y ln a
    private static readonly ValleyMode s_mode = new(1, 1);

    [Theory]
    [InlineData(0.01, 0.01750)]
    [InlineData(0.04, 0.01000)]
    [InlineData(0.06, 0.00500)]
    [InlineData(0.08, 0)]
    [InlineData(0.10, -0.00500)]
    [InlineData(0.12, -0.01000)]
    public void Drift_SmallRateTheory_StopsAtTheCriticalRateAndTurns(double rate, double drift) =>
        Assert.Equal(drift, EntropicForce.Drift(Slope, UpdateRule.Sgd.LossPerRate(1) * rate, Narrowing), 1e-12);

    // Drift measured in simulations of 4,000 replicas at the curvature that y had then on average; error of the simulation 3e-4.
    [Theory]
    [InlineData(0.01, 0.01744, 1.08)]
    [InlineData(0.04, 0.00992, 1.05)]
    [InlineData(0.06, 0.00447, 1.02)]
    [InlineData(0.08, -0.00080, 1)]
    [InlineData(0.10, -0.00602, 0.97)]
    public void Drift_ExactThermalLoss_IsThatOfTheSimulation(double rate, double simulated, double curvature) =>
        Assert.Equal(simulated, EntropicForce.Drift(Slope, UpdateRule.Sgd.StationaryLoss(rate, new(curvature, 1)), Narrowing), 3e-4);

    [Fact]
    public void CriticalRate_Defaults_IsWhereTheDriftStops()
    {
        var small = EntropicForce.CriticalRate(Slope, UpdateRule.Sgd.LossPerRate(1), Narrowing);
        var exact = EntropicForce.CriticalRate(Slope, UpdateRule.Sgd, s_mode, Narrowing);

        Assert.Equal(0.08, small, 1e-15);
        Assert.Equal(0.08 / 1.04, exact, 1e-15);
        Assert.Equal(0, EntropicForce.Drift(Slope, UpdateRule.Sgd.StationaryLoss(exact, s_mode), Narrowing), 1e-15);
    }

    [Fact]
    public void CriticalRate_ForceThatHelpsOrIsAbsent_IsInfinite()
    {
        Assert.Equal(double.PositiveInfinity, EntropicForce.CriticalRate(Slope, 0.25, -1));
        Assert.Equal(double.PositiveInfinity, EntropicForce.CriticalRate(Slope, 0.25, 0));
        Assert.Equal(double.PositiveInfinity, EntropicForce.CriticalRate(0.02, UpdateRule.Sgd, s_mode, 1));
        Assert.Equal(0.08, EntropicForce.CriticalRate(0.02, 0.25, -1), 1e-15);
    }

    [Fact]
    public void CriticalRate_AnyRule_StopsTheRiverThereOnly() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), Between(1e-4, 0.2).ToArbitrary(), (rule, mode, share) =>
        {
            // A slope for which the critical rate is a stable one.
            var slope = -rule.StationaryLoss(RateFor(share, rule, mode), mode);

            var critical = EntropicForce.CriticalRate(slope, rule, mode, Narrowing);

            Assert.True(EntropicForce.Drift(slope, rule.StationaryLoss(critical * 0.99, mode), Narrowing) > 0);
            Assert.True(EntropicForce.Drift(slope, rule.StationaryLoss(critical * 1.01, mode), Narrowing) < 0);
        }).Check(Properties.Seeded());

    [Fact]
    public void Drift_AnyPlace_IsTheSlopeOfTheFreeEnergy() => Prop.ForAll(
        Between(0.01, 10).ToArbitrary(), Between(1e-4, 1).ToArbitrary(), (y, temperature) =>
        {
            var shift = 1e-4 * y;
            var slope = (FreeEnergy(y + shift) - FreeEnergy(y - shift)) / (2 * shift);

            // Two valleys, a = 1 + y² and a = e^{−y}; c = 1/(1+y).
            var logSlope = 2 * y / (1 + y * y) - 1;
            Assert.Equal(-slope, EntropicForce.Drift(-1 / ((1 + y) * (1 + y)), temperature / 2, logSlope), 1e-6);

            double FreeEnergy(double at) => EntropicForce.FreeEnergy(1 / (1 + at), temperature, 1 + at * at, Math.Exp(-at));
        }).Check(Properties.Seeded());

    [Fact]
    public void FreeEnergy_AnyValley_IsLossMinusTemperatureTimesEntropy() => Prop.ForAll(
        Between(0.1, 10).ArrayOf(3).ToArbitrary(), Between(0.1, 10).ArrayOf(3).ToArbitrary(), Between(1e-3, 1).ToArbitrary(), (from, to, temperature) =>
        {
            var change = EntropicForce.FreeEnergy(2, temperature, to) - EntropicForce.FreeEnergy(1, temperature, from);

            Assert.Equal(1 - temperature * (Entropy.OfValley(temperature, to) - Entropy.OfValley(temperature, from)), change, 1e-10);
        }).Check(Properties.Seeded());

    // A valley that is flattest at y = 0, a = 1 + y², and no river; the simulation of 3,000 replicas gave .5255, .2166, .0302, .0041.
    [Theory]
    [InlineData(5_000, 0.5276)]
    [InlineData(10_000, 0.2178)]
    [InlineData(20_000, 0.0302)]
    [InlineData(29_999, 0.0041)]
    public void Drift_NoRiver_GoesToTheFlattestPlace(int step, double expected) =>
        Assert.Equal(expected, Path(0.02, 1).ElementAt(step), 1e-4);

    [Fact]
    public void Drift_LargerBatchOrRate_RelaxesInStepsThatGoAsBatchOverRateSquared() => Prop.ForAll(
        Between(0.02, 0.1).ToArbitrary(), Between(1, 16).ToArbitrary(), (rate, batch) =>
        {
            var reference = Path(0.05, 1).TakeWhile(y => y > 0.5).Count();

            var steps = Path(rate, batch).TakeWhile(y => y > 0.5).Count();

            AssertRelative(reference * batch * 0.05 * 0.05 / (rate * rate), steps, 0.02);
        }).Check(Properties.Seeded().WithMaxTest(50));

    [Fact]
    public void RelaxationSteps_NearTheFlattestPlace_IsTheTimeOfAFactorE()
    {
        var expected = EntropicForce.RelaxationSteps(0.02, 0.25, logCurvatureBend: 2); // ln(1 + y²) ≈ y²

        var measured = Path(0.02, 1).SkipWhile(y => y > 0.01).TakeWhile(y => y > 0.01 / Math.E).Count();

        AssertRelative(expected, measured, 1e-3);
        AssertRelative(4 * expected, EntropicForce.RelaxationSteps(0.01, 0.25, 2), 1e-12);
    }

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        UpdateRuleTests.AssertOutOfRange("thermalLoss", () => EntropicForce.Of(-1, 1));
        UpdateRuleTests.AssertOutOfRange("logCurvatureSlope", () => EntropicForce.Of(1, double.NaN));
        UpdateRuleTests.AssertOutOfRange("riverSlope", () => EntropicForce.Drift(double.PositiveInfinity, 1, 1));
        UpdateRuleTests.AssertOutOfRange("lossPerRate", () => EntropicForce.CriticalRate(-1, 0, 1));
        UpdateRuleTests.AssertOutOfRange("curvature", () => EntropicForce.FreeEnergy(0, 1, 0));
        UpdateRuleTests.AssertOutOfRange("temperature", () => EntropicForce.FreeEnergy(0, -1, 1));
        UpdateRuleTests.AssertOutOfRange("rate", () => EntropicForce.RelaxationSteps(0, 1, 1));
    }

    private static IEnumerable<double> Path(double rate, double batch)
    {
        var lossPerRate = UpdateRule.Sgd.LossPerRate(1 / Math.Sqrt(batch));
        for (var y = 1.0; ;)
        {
            y += rate * EntropicForce.Drift(0, lossPerRate * rate, 2 * y / (1 + y * y));
            yield return y;
        }
    }
}
