using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Laws.Advice;

public class OptimalStableDecayTests
{
    private static readonly Gen<StableDecayProblem> s_problems =
        from river in Between(0.1, 2)
        from exponent in Between(0.2, 1)
        from thermal in Between(0.02, 0.5)
        from cooling in Between(5, 500)
        from peak in Between(1e-4, 3e-3)
        from steps in Gen.Choose(500, 5_000)
        select new StableDecayProblem(river, exponent, thermal, cooling, peak, steps, peak * 100);

    // One mode of Newton's cooling, fitted to the training curves of 25M, 100M and 400M models: how deep and how long the best decay is.
    [Theory]
    [InlineData(0.520, 0.506, 0.1138, 49.2, 0.108, 0.0543, 0.21714)]
    [InlineData(0.601, 0.448, 0.1402, 35.5, 0.130, 0.0622, 0.28261)]
    [InlineData(0.667, 0.412, 0.1677, 19.5, 0.175, 0.0820, 0.34553)]
    public void Solve_FittedParameters_GivesTheKnownDecay(
        double river, double exponent, double thermal, double cooling, double decayShare, double finalRatio, double excessLoss)
    {
        var best = OptimalStableDecay.Solve(new(river, exponent, thermal, cooling, 3e-4, 21_840, 0.324));

        Assert.Equal(decayShare, best.DecayShare, 5e-4);
        Assert.Equal(finalRatio, best.FinalRatio, 5e-5);
        Assert.Equal(excessLoss, best.ExcessLoss, 2e-5);
    }

    [Theory]
    [InlineData(0.6, 0.45, 0.14, 35, 3e-4, 2_000)]
    [InlineData(0.6, 0.45, 0.14, 200, 3e-4, 2_000)]
    [InlineData(0.3, 0.8, 0.3, 20, 1e-3, 1_500)]
    public void ToSchedule_OfSteps_IsWithinTheBruteForceOptimum(double river, double exponent, double thermal, double cooling, double peak, int steps)
    {
        var problem = new StableDecayProblem(river, exponent, thermal, cooling, peak, steps, 0.3);

        var closed = NewtonBall.ExcessLoss(problem, OptimalStableDecay.Solve(problem).ToSchedule());
        var brute = NewtonBall.LeastByBruteForce(problem);

        Assert.Equal(brute, closed, 2e-5);
    }

    [Fact]
    public void ExcessLoss_AnyProblem_IsWhatTheRecursionOfStepsGives() => Prop.ForAll(s_problems.ToArbitrary(), problem =>
    {
        var best = OptimalStableDecay.Solve(problem);

        var stepped = NewtonBall.ExcessLoss(problem, best.ToSchedule());

        // A step cools by κη_pk of its heat at most, so rounding a decay to whole steps costs less than a share of that.
        Assert.Equal(best.ExcessLoss, stepped, problem.ThermalLoss * problem.CoolingRate * problem.PeakRate);
    }).Check(Properties.Seeded());

    [Fact]
    public void Solve_AnyProblem_HoldsTheIdentitiesOfTheOptimum() => Prop.ForAll(s_problems.ToArbitrary(), problem =>
    {
        var best = OptimalStableDecay.Solve(problem);

        Assert.InRange(best.DecaySteps, 0, problem.Steps);
        AssertRelative(problem.SlopeRatio(best.IntrinsicTime), best.SlopeRatio, 1e-9);
        if (best.DecaySteps > 0 && best.DecaySteps < problem.Steps)
        {
            AssertRelative(Math.Sqrt(best.SlopeRatio), best.FinalRatio, 1e-9);
            AssertRelative(2 * Math.Sqrt(best.SlopeRatio) - best.SlopeRatio, best.FinalHeat, 1e-9);
        }
    }).Check(Properties.Seeded());

    [Fact]
    public void ExcessLoss_AnyOtherDecay_IsNotLower() => Prop.ForAll(
        s_problems.ToArbitrary(), Between(0.3, 3).ToArbitrary(), Between(0.3, 3).ToArbitrary(), (problem, longer, deeper) =>
        {
            var best = OptimalStableDecay.Solve(problem).ToSchedule();
            var steps = (long)Math.Clamp(problem.Steps * 0.2 * longer, 1, problem.Steps);
            var other = StandardSchedules.WarmupStableDecay(problem.Steps, problem.PeakRate, DecayShape.Linear, steps, Math.Min(0.1 * deeper, 1) * problem.PeakRate);

            var margin = 0.01 * problem.ThermalLoss * problem.CoolingRate * problem.PeakRate;

            Assert.True(NewtonBall.ExcessLoss(problem, best) <= NewtonBall.ExcessLoss(problem, other) + margin);
        }).Check(Properties.Seeded());

    [Fact]
    public void Solve_NothingToCool_HoldsThePeak()
    {
        var best = OptimalStableDecay.Solve(new(10, 0.5, 1e-4, 10, 1e-3, 1_000));

        var phase = Assert.Single(best.ToSchedule().Phases).Phase;

        Assert.Equal(0, best.DecaySteps);
        Assert.Equal(new ConstantRate(1_000, 1e-3), phase);
    }

    [Fact]
    public void Solve_TooFewStepsForTheWholeDecay_DecaysThroughout()
    {
        var best = OptimalStableDecay.Solve(new(0.1, 0.5, 1, 10, 1e-3, 300, 3));

        var phase = Assert.Single(best.ToSchedule().Phases).Phase;

        Assert.Equal(300, best.DecaySteps);
        Assert.True(best.FinalRatio > Math.Sqrt(best.SlopeRatio));
        Assert.Equal(1 / (1 + 10 * 1e-3 / 2 * 300), best.FinalRatio, 1e-12);
        Assert.IsType<HyperbolicDecay>(phase);
    }

    [Fact]
    public void ToSchedule_WithWarmup_IsWarmupHoldAndDecay()
    {
        var best = OptimalStableDecay.Solve(new(0.520, 0.506, 0.1138, 49.2, 3e-4, 21_840, 0.324));

        var schedule = best.ToSchedule(2_160);

        Assert.Equal(24_000, schedule.TotalSteps);
        Assert.Equal([typeof(LinearRamp), typeof(ConstantRate), typeof(HyperbolicDecay)], schedule.Phases.Select(span => span.Phase.GetType()));
        Assert.Equal(2_360, schedule.Phases[2].Phase.Steps, 1.0);
    }

    [Theory]
    [InlineData(0, 0.5, 0.1, 50, 3e-4, 1000, 0.3)]
    [InlineData(0.5, 0, 0.1, 50, 3e-4, 1000, 0.3)]
    [InlineData(0.5, 0.5, double.NaN, 50, 3e-4, 1000, 0.3)]
    [InlineData(0.5, 0.5, 0.1, double.PositiveInfinity, 3e-4, 1000, 0.3)]
    [InlineData(0.5, 0.5, 0.1, 50, -3e-4, 1000, 0.3)]
    [InlineData(0.5, 0.5, 0.1, 50, 3e-4, 0, 0.3)]
    [InlineData(0.5, 0.5, 0.1, 50, 3e-4, 1000, -0.1)]
    public void Problem_ValueOutsideItsRange_Throws(
        double river, double exponent, double thermal, double cooling, double peak, long steps, double startTime) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StableDecayProblem(river, exponent, thermal, cooling, peak, steps, startTime));
}
