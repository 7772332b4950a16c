using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Annealing;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Annealing;

public class ScheduleRaceTests
{
    private static readonly ValleyMode s_mode = new(1, 1);

    [Fact]
    public void Run_UsualShapes_EndAtTheirRatiosToTheOptimum()
    {
        var results = ScheduleRace.Run(s_mode, 0.1, ScheduleRace.Shapes(s_mode, 0.1, 2_000));

        Assert.Equal(["1/t", "exponential", "step", "(1−x)²", "1−√x", "cosine", "linear", "constant"], results.Select(result => result.Entry.Name));
        Assert.All(
            results.Zip([1, 1.846, 2.934, 3.497, 4.571, 4.663, 6.343, 106.263]),
            pair => AssertRelative(pair.Second, pair.First.RatioToOptimum, 0.01));
        AssertRelative(2.4765e-4, results[0].ThermalLoss, 1e-4);
        Assert.Equal(2, results[0].FinalEquilibriumRatio, 1e-9);
    }

    [Fact]
    public void Run_FallingShapes_ObeyTheSecondLaw()
    {
        var results = ScheduleRace.Run(s_mode, 0.1, ScheduleRace.Shapes(s_mode, 0.1, 2_000)).ToDictionary(result => result.Entry.Name);

        Assert.All(results.Values, result => Assert.True(result.SmallestEquilibriumRatio >= 1 - 1e-12));
        Assert.Equal(1.95, results["1/t"].SmallestEquilibriumRatio, 1e-6);
        Assert.Equal(2.9049, results["step"].SmallestEquilibriumRatio, 1e-4);
        Assert.Equal(1, results["constant"].SmallestEquilibriumRatio, 1e-9);
    }

    [Fact]
    public void Run_UnstableRate_EndsLastWithInfiniteLoss()
    {
        var wild = new RaceEntry("wild", new(new ConstantRate(5_000, 2.5)));

        var results = ScheduleRace.Run(s_mode, 0.1, [wild, .. ScheduleRace.Shapes(s_mode, 0.1, 5_000)]);

        Assert.Equal(wild, results[^1].Entry);
        Assert.Equal(double.PositiveInfinity, results[^1].ThermalLoss);
        Assert.Equal(double.PositiveInfinity, results[^1].SmallestEquilibriumRatio); // no stationary state to compare with
    }

    [Fact]
    public void Run_RisingRate_BreaksTheFallingLawsPremise()
    {
        var result = ScheduleRace.Run(s_mode, 0.05, new RaceEntry("rise", new(new LinearRamp(200, 0.05, 0.2)))).Single();

        Assert.True(result.SmallestEquilibriumRatio < 1);
    }

    [Fact]
    public void Run_AnyFallingShape_NeverBeatsTheOptimumNorTheSecondAndThirdLaw() => Prop.ForAll(
        Mode.ToArbitrary(), Between(1e-4, 1).ToArbitrary(), Gen.Choose(0, 5).Zip(Gen.Choose(2, 500)).ToArbitrary(), (mode, share, decay) =>
        {
            var (shape, steps) = decay;
            var rate = RateFor(share, UpdateRule.Sgd, mode);
            var schedule = new ScheduleSpec(StandardSchedules.Decay((DecayShape)shape, steps, rate, rate / 50));

            var result = ScheduleRace.Run(mode, rate, new RaceEntry("", schedule)).Single();

            Assert.True(result.RatioToOptimum >= 1 - 1e-12);
            Assert.True(result.SmallestEquilibriumRatio >= 1 - 1e-12);
            var third = CoolingBounds.ThirdLaw(UpdateRule.Sgd.LossPerRate(mode.Noise), UpdateRule.Sgd.CoolingRate(mode), rate, steps);
            Assert.True(result.ThermalLoss >= third);
        }).Check(Properties.Seeded());

    [Fact]
    public void Run_ParameterInAnotherUnit_IsTheSameRace() => Prop.ForAll(Mode.ToArbitrary(), Between(1e-3, 1e3).ToArbitrary(), (mode, unit) =>
    {
        var rate = RateFor(0.2, UpdateRule.Sgd, mode);
        var inUnit = new ValleyMode(mode.Curvature * unit * unit, mode.Noise * unit);
        var rateInUnit = rate / (unit * unit);

        var first = ScheduleRace.Run(mode, rate, ScheduleRace.Shapes(mode, rate, 300));
        var second = ScheduleRace.Run(inUnit, rateInUnit, ScheduleRace.Shapes(inUnit, rateInUnit, 300));

        Assert.All(first.Zip(second), pair =>
        {
            Assert.Equal(pair.First.Entry.Name, pair.Second.Entry.Name);
            AssertRelative(pair.First.ThermalLoss, pair.Second.ThermalLoss, 1e-9);
        });
    }).Check(Properties.Seeded().WithMaxTest(50));

    [Fact]
    public void FromEquilibrium_ManyDirections_IsTheSumOfThem() => Prop.ForAll(
        Mode.ListOf(3).ToArbitrary(), Rule.ToArbitrary(), (modes, rule) =>
        {
            var rate = modes.Min(mode => RateFor(0.1, rule, mode));
            var schedule = new ScheduleSpec(new CosineDecay(50, rate, 0));

            var together = ThermalPath.FromEquilibrium(rule, [.. modes], rate, schedule);

            var alone = modes.Select(mode => ThermalPath.FromEquilibrium(rule, [mode], rate, schedule)).ToArray();
            Assert.All(together.Index(), item => AssertRelative(alone.Sum(path => path[item.Index]), item.Item, 1e-12));
        }).Check(Properties.Seeded());

    [Fact]
    public void FromEquilibrium_ConstantRate_StaysThere() => Prop.ForAll(Mode.ToArbitrary(), Rule.ToArbitrary(), (mode, rule) =>
    {
        var rate = RateFor(0.1, rule, mode);

        var path = ThermalPath.FromEquilibrium(rule, [mode], rate, new(new ConstantRate(100, rate)));

        Assert.All(path, loss => AssertRelative(path[0], loss, 1e-9));
    }).Check(Properties.Seeded());

    [Fact]
    public void From_UnstableRate_DivergesToInfinity()
    {
        var path = ThermalPath.From(UpdateRule.HeavyBall(0.5), [s_mode], [ValleyMoments.AtRest(1, s_mode)], Enumerable.Repeat(4.0, 3_000).ToArray());

        Assert.Equal(double.PositiveInfinity, path[^1]);
        Assert.DoesNotContain(path, double.IsNaN);
    }
}
