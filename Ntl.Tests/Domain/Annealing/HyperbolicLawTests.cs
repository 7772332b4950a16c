using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Annealing;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Annealing;

public class HyperbolicLawTests
{
    [Fact]
    public void VarianceAfter_GreedyRates_IsTheRecursionToTheLastDigits() => Prop.ForAll(
        Mode.ToArbitrary(), Between(1e-3, 1).ToArbitrary(), (mode, share) =>
        {
            const int Steps = 500;
            var law = HyperbolicLaw.FromEquilibrium(mode, RateFor(share, UpdateRule.Sgd, mode));
            var start = ValleyMoments.AtRest(law.StartVariance, mode);

            var rates = GreedyAnnealing.Rates(UpdateRule.Sgd, mode, start, Steps);
            var losses = ThermalPath.From(UpdateRule.Sgd, [mode], [start], rates);

            for (var step = 0; step < Steps; step++)
            {
                AssertRelative(rates[step], law.RateAt(step), 1e-12);
                AssertRelative(losses[step + 1], law.ThermalLossAfter(step + 1), 1e-12);
            }
        }).Check(Properties.Seeded());

    [Fact]
    public void RateAt_FirstStep_IsHalfOfTheStartRate() => Prop.ForAll(
        Mode.ToArbitrary(), Between(1e-6, 1).ToArbitrary(), (mode, share) =>
        {
            var rate = RateFor(share, UpdateRule.Sgd, mode);

            AssertRelative(rate / 2, HyperbolicLaw.FromEquilibrium(mode, rate).RateAt(0), 1e-12);
        }).Check(Properties.Seeded());

    [Fact]
    public void EquilibriumRatio_AlongTheOptimum_IsTwo() => Prop.ForAll(
        Mode.ToArbitrary(), Between(1e-6, 1).ToArbitrary(), Gen.Choose(0, 1_000_000).ToArbitrary(), (mode, share, step) =>
        {
            var law = HyperbolicLaw.FromEquilibrium(mode, RateFor(share, UpdateRule.Sgd, mode));

            var ratio = CoolingBounds.EquilibriumRatio(law.ThermalLossAfter(step + 1), UpdateRule.Sgd.LossPerRate(mode.Noise), law.RateAt(step));

            Assert.Equal(2, ratio, 1e-12);
        }).Check(Properties.Seeded());

    [Fact]
    public void ThermalLossAfter_FromEquilibrium_IsTheThirdLawsBoundOneStepEarlier() => Prop.ForAll(
        Mode.ToArbitrary(), Between(1e-6, 1).ToArbitrary(), Gen.Choose(1, 1_000_000).ToArbitrary(), (mode, share, steps) =>
        {
            var rate = RateFor(share, UpdateRule.Sgd, mode);
            var (heatCapacity, cooling) = (UpdateRule.Sgd.LossPerRate(mode.Noise), UpdateRule.Sgd.CoolingRate(mode));

            var best = HyperbolicLaw.FromEquilibrium(mode, rate).ThermalLossAfter(steps);

            AssertRelative(CoolingBounds.ThirdLaw(heatCapacity, cooling, rate, steps - 1), best, 1e-12);
        }).Check(Properties.Seeded());

    [Fact]
    public void RateAt_AnyOtherRate_IsWorse() => Prop.ForAll(
        Mode.ToArbitrary(), Between(1e-3, 1).ToArbitrary(), Between(0.5, 2).Where(factor => Math.Abs(factor - 1) > 1e-3).ToArbitrary(), (mode, share, factor) =>
        {
            var law = HyperbolicLaw.FromEquilibrium(mode, RateFor(share, UpdateRule.Sgd, mode));
            var rates = Enumerable.Range(0, 20).Select(step => law.RateAt(step)).ToArray();
            rates[7] *= factor;

            var losses = ThermalPath.From(UpdateRule.Sgd, [mode], [ValleyMoments.AtRest(law.StartVariance, mode)], rates);

            Assert.True(losses[^1] > law.ThermalLossAfter(20));
        }).Check(Properties.Seeded());

    [Fact]
    public void ToSchedule_AnyLength_IsTheLaw()
    {
        var law = HyperbolicLaw.FromEquilibrium(new(2, 0.7), 0.1);

        var schedule = law.ToSchedule(2_000);

        Assert.Equal(2_000, schedule.TotalSteps);
        for (var step = 0; step < 2_000; step++)
        {
            AssertRelative(law.RateAt(step), schedule.LearningRate(step), 1e-12);
        }
    }

    [Fact]
    public void RateAt_NewtonsConstant_IsTheSlopeOfTheReciprocal()
    {
        var mode = new ValleyMode(3, 2);
        var law = HyperbolicLaw.FromEquilibrium(mode, 0.01);

        var slope = (1 / law.RateAt(1000) - 1 / law.RateAt(0)) / 1000;

        AssertRelative(UpdateRule.Sgd.CoolingRate(mode) / 2, slope, 1e-12);
    }

    [Fact]
    public void Rates_SignDescent_IsHyperbolicToo()
    {
        var mode = new ValleyMode(1, 1);
        var start = ValleyMoments.AtRest(Math.Sqrt(Math.PI / 8) * 0.05, mode);

        var rates = GreedyAnnealing.Rates(UpdateRule.SignSgd, mode, start, 600);
        var best = ThermalPath.From(UpdateRule.SignSgd, [mode], [start], rates)[^1];
        var linear = ThermalPath.From(UpdateRule.SignSgd, [mode], [start], [.. Enumerable.Range(1, 600).Select(step => 0.05 * (1 - step / 600.0))])[^1];

        // 20,000 simulated replicas ended at 1.208e-3 and 2.865e-3, with a standard error of 1 % each.
        AssertRelative(1.208e-3, best, 0.02);
        AssertRelative(2.865e-3, linear, 0.03);
        Assert.Equal(0.5, rates[0] / 0.05, 0.01);
        Assert.Equal(2, best / (UpdateRule.SignSgd.LossPerRate(1) * rates[^1]), 0.01);

        // 1/η is straight in t, with the slope k = √(2/π) a/σ: half of κ.
        AssertRelative(UpdateRule.SignSgd.CoolingRate(mode) / 2, (1 / rates[599] - 1 / rates[299]) / 300, 0.01);
    }

    [Fact]
    public void Rates_Momentum_AreNotNegativeAndNeverHeat()
    {
        var (rule, mode) = (UpdateRule.HeavyBall(0.9), new ValleyMode(1, 1));

        var start = rule.Stationary(0.01, mode);
        var rates = GreedyAnnealing.Rates(rule, mode, start, 300);
        var losses = ThermalPath.From(rule, [mode], [start], rates);

        Assert.All(rates, rate => Assert.True(rate >= 0));
        Assert.All(losses.Zip(losses.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
    }

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        var mode = new ValleyMode(1, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => new HyperbolicLaw(new(1, 0), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HyperbolicLaw(mode, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HyperbolicLaw.FromEquilibrium(mode, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HyperbolicLaw(mode, 1).RateAt(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HyperbolicLaw(mode, 1).VarianceAfter(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GreedyAnnealing.Rates(UpdateRule.Sgd, mode, default, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThermalPath.From(UpdateRule.Sgd, [mode], [], [0.1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThermalPath.From(UpdateRule.Sgd, [mode], [default], [double.NaN]));
    }
}
