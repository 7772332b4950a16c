using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class NewtonCoolingTests
{
    [Fact]
    public void ExactCoolingRate_HotValley_IsTheSlopeOfItsLogarithm()
    {
        const double Rate = 0.02;
        const int Steps = 150;
        var mode = new ValleyMode(1, 1);
        var equilibrium = UpdateRule.Sgd.StationaryLoss(Rate, mode);
        var moments = ValleyMoments.AtRest(4 * UpdateRule.Sgd.StationaryVariance(0.1, mode), mode);
        var excess = new double[Steps];
        for (var step = 0; step < Steps; step++)
        {
            moments = UpdateRule.Sgd.Advance(moments, Rate, mode);
            excess[step] = mode.ThermalLoss(moments.Variance) - equilibrium;
        }

        var fitted = Math.Log(excess[0] / excess[^1]) / (Rate * (Steps - 1));

        Assert.Equal(2.0203, fitted, 5e-5);
        Assert.Equal(fitted, NewtonCooling.ExactCoolingRate(Rate, 1), 1e-9);
        Assert.Equal(2, NewtonCooling.Of(UpdateRule.Sgd, mode).CoolingRate, 1e-15);
    }

    [Theory]
    [InlineData(1e-6, 2)]
    [InlineData(1.5, 0.92420)] // every step overshoots: |1 − ηa| = ½
    public void ExactCoolingRate_UnitCurvature_TendsToTwiceIt(double rate, double expected) =>
        Assert.Equal(expected, NewtonCooling.ExactCoolingRate(rate, 1), 1e-5);

    [Fact]
    public void RelaxationSteps_FittedLanguageModels_AreTheirTimescales()
    {
        // κ of 25M, 100M and 400M parameter models fitted to public curves; at η = 3e-4 about 75, 100 and 145 steps.
        Assert.Equal([74, 98, 145], new[] { 45.0, 34, 23 }.Select(rate => Math.Round(new NewtonCooling(rate, 1).RelaxationSteps(3e-4))));
        Assert.Equal(double.PositiveInfinity, new NewtonCooling(1, 1).RelaxationSteps(0));
    }

    [Fact]
    public void Along_AnyScheduleOfSmallRates_IsTheExactRecursion() => Prop.ForAll(
        Rule.ToArbitrary(), Mode.ToArbitrary(), Gen.Elements(DecayShape.Linear, DecayShape.Cosine, DecayShape.OneMinusSquareRoot).ToArbitrary(), (rule, mode, shape) =>
        {
            const double Share = 2e-3; // κη at the start
            const int Steps = 3_000;
            var rate = RateFor(Share, rule, mode);
            var schedule = new ScheduleSpec(StandardSchedules.Decay(shape, Steps, rate, 0));
            var law = NewtonCooling.Of(rule, mode);
            var moments = rule.Stationary(rate, mode);

            var losses = law.Along(law.Equilibrium(rate), schedule);

            for (var step = 0; step < Steps; step++)
            {
                moments = rule.Advance(moments, schedule.LearningRate(step), mode);

                // Of relative order κη/(1−β): corrections of the finite rate and of the momentum's memory.
                Assert.Equal(losses[step + 1], mode.ThermalLoss(moments.Variance), 0.03 * losses[step + 1]);
            }
        }).Check(Properties.Seeded().WithMaxTest(50));

    [Fact]
    public void Along_ConstantRate_IsTheClosedForm()
    {
        var law = new NewtonCooling(5, 0.25);

        var losses = law.Along(0.4, new ScheduleSpec(new ConstantRate(200, 0.003)));

        Assert.Equal(201, losses.Length);
        Assert.Equal(0.4, losses[0]);
        Assert.All(losses.Index(), item => AssertRelative(law.After(0.4, 0.003, 0.003 * item.Index), item.Item, 1e-12));
    }

    [Fact]
    public void After_TwoStretches_AreOne() => Prop.ForAll(
        Between(0.1, 100).ToArbitrary(), Between(1e-3, 1).ToArbitrary(), Between(1e-4, 1).ToArbitrary(), (cooling, loss, time) =>
        {
            var law = new NewtonCooling(cooling, 0.3);

            AssertRelative(law.After(loss, 0.1, 3 * time), law.After(law.After(loss, 0.1, time), 0.1, 2 * time), 1e-12);
            AssertRelative(law.RelaxationTime, law.RelaxationSteps(0.1) * 0.1, 1e-12);
        }).Check(Properties.Seeded());

    [Fact]
    public void After_RateInAnotherUnit_IsTheSame() => Prop.ForAll(
        Between(0.1, 100).ToArbitrary(), Between(1e-3, 1).ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (cooling, time, unit) =>
        {
            var loss = new NewtonCooling(cooling, 0.3).After(1, 0.1, time);

            AssertRelative(loss, new NewtonCooling(cooling / unit, 0.3 / unit).After(1, 0.1 * unit, time * unit), 1e-9);
        }).Check(Properties.Seeded());

    [Fact]
    public void BadInput_AnyQuantity_IsNamed()
    {
        UpdateRuleTests.AssertOutOfRange("CoolingRate", () => new NewtonCooling(0, 1));
        UpdateRuleTests.AssertOutOfRange("LossPerRate", () => new NewtonCooling(1, -1));
        UpdateRuleTests.AssertOutOfRange("rate", () => NewtonCooling.ExactCoolingRate(2, 1));
        UpdateRuleTests.AssertOutOfRange("curvature", () => NewtonCooling.ExactCoolingRate(0.1, 0));
        UpdateRuleTests.AssertOutOfRange("thermalLoss", () => new NewtonCooling(1, 1).After(-1, 1, 1));
        UpdateRuleTests.AssertOutOfRange("intrinsicTime", () => new NewtonCooling(1, 1).After(1, 1, double.NaN));
    }
}
