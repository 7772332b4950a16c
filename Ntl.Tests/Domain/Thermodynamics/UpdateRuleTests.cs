using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class UpdateRuleTests
{
    public static TheoryData<string, double> Constants => new()
    {
        { "sgd", 0.25 },
        { "heavyBall", 0.25 / (1 - 0.9) },
        { "emaMomentum", 0.25 },
        { "rmsProp", 0.25 },
        { "adam", 0.25 },
        { "signSgd", 0.3133 },
        { "lion", 1.6951 },
    };

    [Theory]
    [MemberData(nameof(Constants))]
    public void LossPerRate_UnitNoise_IsTheConstantOfTheOptimizer(string name, double constant) =>
        AssertRelative(constant, Named(name).LossPerRate(1), 1e-3);

    [Theory]
    [MemberData(nameof(Constants))]
    public void StationaryLoss_SmallRateAnyCurvature_IsTheConstantTimesTheRate(string name, double constant)
    {
        const double Rate = 1e-6;
        foreach (var curvature in new[] { 0.25, 1, 4 })
        {
            var loss = Named(name).StationaryLoss(Rate, new(curvature, 1));

            AssertRelative(constant, loss / Rate, 1e-3);
        }
    }

    // Means of simulations of 4,000 replicas, 2,000 steps each (Lion: 20,000 replicas); their own error is below 1 %.
    [Theory]
    [InlineData("sgd", 1, 1, 0.5, 0.166726)]
    [InlineData("sgd", 1, 1, 1.5, 1.500220)]
    [InlineData("heavyBall", 1, 1, 0.05, 0.126783)]
    [InlineData("heavyBall", 10, 1, 0.1, 0.338548)]
    [InlineData("emaMomentum", 1, 1, 0.5, 0.126549)]
    [InlineData("signSgd", 1, 1, 0.02, 0.006303)]
    [InlineData("signSgd", 1, 1, 0.5, 0.182195)]
    [InlineData("signSgd", 0.25, 1, 0.02, 0.006207)]
    [InlineData("rmsProp", 4, 1, 0.02, 0.005084)]
    [InlineData("adam", 4, 1, 0.02, 0.004915)]
    [InlineData("adam", 1, 2, 0.02, 0.010017)]
    [InlineData("lion", 1, 1, 0.0001, 0.00016883)]
    [InlineData("lion", 4, 1, 0.0001, 0.00016776)]
    [InlineData("lion", 1, 1, 0.002, 0.0031212)]
    public void StationaryLoss_FiniteRate_IsThatOfTheSimulation(string name, double curvature, double noise, double rate, double simulated) =>
        AssertRelative(simulated, Named(name).StationaryLoss(rate, new(curvature, noise)), 0.012);

    [Theory]
    [InlineData("heavyBall", 1, 0.02, 0.25)]
    [InlineData("rmsProp", 4, 0.08, 0.25)]
    [InlineData("adam", 4, 0.08, 0.25)]
    [InlineData("signSgd", 1, 0.04, 0.25)]
    [InlineData("lion", 1, 0.002, 0.01)]
    public void Advance_FromAHotStart_FollowsTheReplicas(string name, double curvature, double rate, double variance)
    {
        const int Steps = 60;
        var mode = new ValleyMode(curvature, 1);
        var rule = Named(name);
        var moments = ValleyMoments.AtRest(variance, mode);
        var simulated = Simulate(name, mode, rate, variance, Steps);
        for (var step = 0; step < Steps; step++)
        {
            moments = rule.Advance(moments, rate, mode);

            // A variance of 20,000 replicas has a standard error of 1 %; over 60 steps the largest deviation is near 2.5 of them.
            AssertRelative(simulated[step], moments.Variance, 0.04);
        }
    }

    [Fact]
    public void StationaryVariance_AnyRule_IsWhereTheRecursionStands() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), Between(1e-4, 0.3).ToArbitrary(), (rule, mode, share) =>
        {
            var rate = RateFor(share, rule, mode);
            var stationary = rule.Stationary(rate, mode);

            var next = rule.Advance(stationary, rate, mode);

            AssertRelative(stationary.Variance, rule.StationaryVariance(rate, mode), 1e-12);
            AssertRelative(stationary.Variance, next.Variance, 1e-9);
            AssertRelative(stationary.Overlap, next.Overlap, 1e-9);
            AssertRelative(stationary.UpdateSquare, next.UpdateSquare, 1e-9);
            AssertRelative(stationary.GradientSquare, next.GradientSquare, 1e-9);
        }).Check(Properties.Seeded());

    [Fact]
    public void Advance_ManySteps_ArrivesAtTheStationaryVariance() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), (rule, mode) =>
        {
            var rate = RateFor(0.05, rule, mode);
            var stationary = rule.StationaryVariance(rate, mode);
            var moments = ValleyMoments.AtRest(3 * stationary, mode);
            for (var step = 0; step < 30_000; step++)
            {
                moments = rule.Advance(moments, rate, mode);
            }

            AssertRelative(stationary, moments.Variance, 1e-6);
        }).Check(Properties.Seeded().WithMaxTest(30));

    [Fact]
    public void Temperature_AnyFactor_IsLinearInTheRate() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (rule, mode, factor) =>
        {
            AssertRelative(factor * rule.Temperature(0.01, mode.Noise), rule.Temperature(0.01 * factor, mode.Noise), 1e-12);
            AssertRelative(rule.Temperature(0.01, mode.Noise), 2 * rule.LossPerRate(mode.Noise) * 0.01, 1e-12);
        }).Check(Properties.Seeded());

    [Fact]
    public void LossPerRate_BatchTimesB_FallsByBForGradientsAndItsRootForSigns() => Prop.ForAll(
        Rule.ToArbitrary(), Between(1, 1e4).ToArbitrary(), (rule, batch) =>
        {
            var power = rule is MomentumRule ? 1 : 0.5;

            AssertRelative(rule.LossPerRate(1) / Math.Pow(batch, power), rule.LossPerRate(1 / Math.Sqrt(batch)), 1e-12);
        }).Check(Properties.Seeded());

    [Fact]
    public void StationaryLoss_ParameterInAnotherUnit_IsTheSame() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (rule, mode, unit) =>
        {
            var rate = RateFor(0.1, rule, mode);
            var inUnit = new ValleyMode(mode.Curvature * unit * unit, mode.Noise * unit);

            // A gradient's step has the unit of a gradient times the rate; a normalized one's that of the rate alone.
            var rateInUnit = rule is MomentumRule ? rate / (unit * unit) : rate / unit;

            AssertRelative(rule.StationaryLoss(rate, mode), rule.StationaryLoss(rateInUnit, inUnit), 1e-9);
        }).Check(Properties.Seeded());

    [Fact]
    public void StationaryLoss_LossInAnotherUnit_IsMeasuredInIt() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (rule, mode, unit) =>
        {
            var rate = RateFor(0.1, rule, mode);
            var rateInUnit = rule is MomentumRule ? rate / unit : rate;

            var loss = rule.StationaryLoss(rateInUnit, new(mode.Curvature * unit, mode.Noise * unit));

            AssertRelative(unit * rule.StationaryLoss(rate, mode), loss, 1e-9);
        }).Check(Properties.Seeded());

    [Fact]
    public void RateOf_StationaryLoss_IsTheRate() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), Between(1e-4, 0.5).ToArbitrary(), (rule, mode, share) =>
        {
            var rate = RateFor(share, rule, mode);

            AssertRelative(rate, rule.RateOf(rule.StationaryLoss(rate, mode), mode), 1e-9);
        }).Check(Properties.Seeded());

    [Fact]
    public void CoolingRate_SmallRate_IsTheRecursionsDecay() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), (rule, mode) =>
        {
            const double Share = 1e-4; // of the heat, in a step: κη
            const int Steps = 5_000;
            var rate = RateFor(Share, rule, mode);
            var stationary = rule.Stationary(rate, mode);
            var start = stationary with { Variance = stationary.Variance * 1.001 };
            var moments = start;
            for (var step = 0; step < Steps; step++)
            {
                moments = rule.Advance(moments, rate, mode);
            }

            var rateOfDecay = -Math.Log((moments.Variance - stationary.Variance) / (start.Variance - stationary.Variance)) / (Steps * Share);

            // A momentum that starts in equilibrium with another variance needs 1/(1−β) steps, here up to 20 of 5,000.
            Assert.Equal(1, rateOfDecay, 0.02);
        }).Check(Properties.Seeded().WithMaxTest(50));

    [Theory]
    [InlineData("sgd", 2)]
    [InlineData("heavyBall", 3.8)]
    [InlineData("emaMomentum", 38)]
    public void StabilityLimit_UnitCurvature_DividesStandingFromDiverging(string name, double limit)
    {
        var (rule, mode) = (Named(name), new ValleyMode(1, 1));

        AssertRelative(limit, rule.StabilityLimit(mode), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.StationaryVariance(rule.StabilityLimit(mode), mode));
        Assert.True(After(limit * 0.99) < 2 * rule.StationaryVariance(limit * 0.99, mode));
        Assert.Equal(double.PositiveInfinity, After(limit * 1.01));

        double After(double rate)
        {
            var moments = ValleyMoments.AtRest(1, mode);
            for (var step = 0; step < 50_000; step++)
            {
                moments = rule.Advance(moments, rate, mode);
            }

            return moments.Variance;
        }
    }

    [Fact]
    public void Lion_WithoutMomentumInItsSign_IsSignDescent() => Prop.ForAll(
        Mode.ToArbitrary(), Between(1e-3, 1).ToArbitrary(), (mode, share) =>
        {
            var (lion, sign) = (UpdateRule.Lion(0, 0.9), UpdateRule.SignSgd);
            var rate = RateFor(share, sign, mode);

            AssertRelative(sign.LossPerRate(mode.Noise), lion.LossPerRate(mode.Noise), 1e-12);
            AssertRelative(sign.CoolingRate(mode), lion.CoolingRate(mode), 1e-12);
            AssertRelative(sign.StationaryVariance(rate, mode), lion.StationaryVariance(rate, mode), 1e-9);
        }).Check(Properties.Seeded());

    [Fact]
    public void NoiselessLoss_SignDescent_IsTheMeanOverPhasesOfItsCycle()
    {
        const double Rate = 0.3;
        const double Curvature = 2;
        var losses = Enumerable.Range(0, 1000).Select(i => Rate * (i + 0.5) / 1000)
            .Select(x => Curvature / 4 * (x * x + (Rate - x) * (Rate - x))).ToArray();

        Assert.Equal(losses.Average(), SignRule.NoiselessLoss(Rate, Curvature), 1e-6);
        Assert.InRange(SignRule.NoiselessLoss(Rate, Curvature), losses.Min(), losses.Max());
    }

    [Fact]
    public void Advance_NoNoiseNoHeat_StaysAtZero()
    {
        var mode = new ValleyMode(1, 0);
        foreach (var rule in new[] { UpdateRule.Sgd, UpdateRule.HeavyBall(0.9), UpdateRule.RmsProp(), UpdateRule.Adam() })
        {
            var moments = rule.Advance(ValleyMoments.AtRest(0, mode), 0.1, mode);

            Assert.Equal(0, moments.Variance);
        }
    }

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        var mode = new ValleyMode(1, 1);

        AssertOutOfRange("Curvature", () => new ValleyMode(0, 1));
        AssertOutOfRange("Curvature", () => new ValleyMode(double.NaN, 1));
        AssertOutOfRange("Noise", () => new ValleyMode(1, -1));
        AssertOutOfRange("Beta", () => UpdateRule.HeavyBall(1));
        AssertOutOfRange("Beta1", () => UpdateRule.Adam(-0.1));
        AssertOutOfRange("Beta2", () => UpdateRule.RmsProp(1));
        AssertOutOfRange("rate", () => UpdateRule.Sgd.StationaryVariance(0, mode));
        AssertOutOfRange("rate", () => UpdateRule.SignSgd.StationaryLoss(double.PositiveInfinity, mode));
        AssertOutOfRange("rate", () => UpdateRule.Adam().Advance(ValleyMoments.AtRest(1, mode), -1, mode));
        AssertOutOfRange("noise", () => UpdateRule.Sgd.Temperature(0.1, -1));
        AssertOutOfRange("variance", () => ValleyMoments.AtRest(-1, mode));
        AssertOutOfRange("thermalLoss", () => UpdateRule.Sgd.RateOf(0, mode));
    }

    internal static void AssertOutOfRange(string name, Func<object> call)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(call);
        Assert.EndsWith(name, exception.ParamName, StringComparison.OrdinalIgnoreCase);
    }

    private static UpdateRule Named(string name) => name switch
    {
        "sgd" => UpdateRule.Sgd,
        "heavyBall" => UpdateRule.HeavyBall(0.9),
        "emaMomentum" => UpdateRule.EmaMomentum(0.9),
        "rmsProp" => UpdateRule.RmsProp(),
        "adam" => UpdateRule.Adam(),
        "lion" => UpdateRule.Lion(),
        _ => UpdateRule.SignSgd,
    };

    // The update rules once more, written out for a single x; the variance over 20,000 replicas after each step.
    private static double[] Simulate(string name, ValleyMode mode, double rate, double variance, int steps)
    {
        const int Replicas = 20_000;
        var random = new Random(7);
        var squares = new double[steps];
        for (var replica = 0; replica < Replicas; replica++)
        {
            var x = Math.Sqrt(variance) * Normal(random);
            var (m, v) = (0.0, mode.GradientSquare(variance));
            for (var step = 0; step < steps; step++)
            {
                var g = mode.Curvature * x + mode.Noise * Normal(random);
                v = 0.999 * v + 0.001 * g * g;
                var direction = 0.9 * m + 0.1 * g;
                m = name switch { "lion" => 0.99 * m + 0.01 * g, "heavyBall" => 0.9 * m + g, "adam" => 0.9 * m + 0.1 * g, _ => g };
                x -= rate * (name switch { "signSgd" => Math.Sign(g), "lion" => Math.Sign(direction), "heavyBall" => m, _ => m / Math.Sqrt(v) });
                squares[step] += x * x / Replicas;
            }
        }

        return squares;
    }
}
