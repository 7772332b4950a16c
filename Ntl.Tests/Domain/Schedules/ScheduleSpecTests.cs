using System.Diagnostics;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Schedules;

public class ScheduleSpecTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    public void LearningRate_StepOutsideTheSchedule_Throws(long step) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardSchedules.Constant(100, 1).LearningRate(step));

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public void CumulativeRate_StepsOutsideTheSchedule_Throws(long steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardSchedules.Constant(100, 1).CumulativeRate(steps));

    [Fact]
    public void CopyRates_BeyondTheEnd_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardSchedules.Constant(100, 1).CopyRates(99, new double[2]));

    [Fact]
    public void Constructor_BadPhases_ThrowsWithEveryProblem()
    {
        var exception = Assert.Throws<InvalidScheduleException>(() => new ScheduleSpec(new ConstantRate(0, double.NaN), new LinearDecay(1, 1, double.PositiveInfinity)));

        Assert.Equal(["phases[0].steps", "phases[0].rate", "phases[1].endRate"], exception.Problems.Select(problem => problem.Path));
        Assert.Contains("phases[1].endRate: A learning rate must be at most", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryCreate_NoPhases_SaysSo()
    {
        Assert.False(ScheduleSpec.TryCreate([], out var schedule, out var problems));

        Assert.Null(schedule);
        Assert.Equal("phases", Assert.Single(problems).Path);
    }

    [Fact]
    public void PhaseAt_BoundarySteps_BelongToTheirPhase()
    {
        var schedule = StandardSchedules.WarmupStableDecay(1000, 1, DecayShape.Linear, 200, 0, 100);

        Assert.Equal([0, 0, 1, 1, 2, 2], new long[] { 0, 99, 100, 799, 800, 999 }.Select(step => schedule.PhaseAt(step).Index));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(100)]
    public void Sample_ManyCornersAndFewPoints_FitsAndKeepsExtremes(int budget)
    {
        var phases = Enumerable.Range(0, 1000).Select(i => new ConstantRate(1000, i == 500 ? 9 : i == 700 ? 0.5 : 1 + i % 7));

        var sample = new ScheduleSpec(phases).Sample(budget);

        Assert.InRange(sample.Count, 2, budget);
        if (budget > 2)
        {
            Assert.Equal(9, sample.Max(point => point.Rate));
            Assert.Equal(0.5, sample.Min(point => point.Rate));
        }
    }

    [Fact]
    public void Sample_MorePointsThanFit_KeepsTheLastOnesSpike()
    {
        var points = Enumerable.Range(0, PiecewisePoints.MaximumPoints).Select(i => new RatePoint(i * 10L, i == 9990 ? 5 : 1));

        var sample = StandardSchedules.Points(points).Sample(100);

        Assert.Contains(new(99_900, 5), sample);
    }

    [Theory]
    [InlineData(DecayShape.Linear)]
    [InlineData(DecayShape.Cosine)]
    [InlineData(DecayShape.OneMinusSquareRoot)]
    [InlineData(DecayShape.Exponential)]
    [InlineData(DecayShape.Hyperbolic)]
    [InlineData(DecayShape.InverseSquareRoot)]
    public void Sample_TwoHundredPoints_DrawTheScheduleWithinAHundredthOfThePeak(DecayShape shape)
    {
        var schedule = StandardSchedules.WarmupStableDecay(100_000, 1, shape, 30_000, 0.05, 50);

        var sample = schedule.Sample(200);

        for (var i = 1; i < sample.Count; i++)
        {
            var (left, right) = (sample[i - 1], sample[i]);
            for (var step = left.Step; step <= right.Step; step++)
            {
                var line = left.Rate + (right.Rate - left.Rate) * (step - left.Step) / (right.Step - left.Step);
                Assert.Equal(line, schedule.LearningRate(step), 0.01);
            }
        }
    }

    [Fact]
    public void EveryQuestion_ABillionSteps_TakesNoTimeOfTheirOrder()
    {
        var schedule = new ScheduleSpec(
            new LinearRamp(1_000_000, 0, 1e-3), new StepDecay(500_000_000, 1e-3, 1e-6, 0.999_999, 1), new OneMinusSquareRootDecay(499_000_000, 5e-4, 0));
        var clock = Stopwatch.StartNew();

        var sample = schedule.Sample(1000);
        var times = sample.Select(point => schedule.CumulativeRate(point.Step)).ToArray();
        var back = times.Select(schedule.StepsToReach).ToArray();

        Assert.InRange(sample.Count, 500, 1000);
        Assert.Equal(times.Order(), times);
        Assert.Equal(sample.Count, back.Length);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5); // step by step it takes minutes
    }

    [Fact]
    public void Description_StandardSchedules_ReadLikeSentences()
    {
        Assert.Equal(
            "WSD: warm up 100 to 3e-3, hold 3e-3 for 700, 1−√ decay 200 to 0",
            StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.OneMinusSquareRoot, 200, 0, 100).Description);
        Assert.Equal("Cosine: warm up 10 to 1e-3, cosine decay 90 to 1e-4", StandardSchedules.Cosine(100, 1e-3, 1e-4, 10).Description);
        Assert.Equal("Constant: hold 0.1 for 100", StandardSchedules.Constant(100, 0.1).Description);
        Assert.Equal("1/t: 1/t decay 100 to 1e-2", StandardSchedules.Hyperbolic(100, 0.1, 0.01).Description);
        Assert.Equal("Step: ×0.5 every 30 for 100", StandardSchedules.Step(100, 0.1, 0.5, 30).Description);
        Assert.Equal("Points: 2 points over 100 to 0", StandardSchedules.Points(new(0, 1), new(100, 0)).Description);
        Assert.Equal("Power-1.5: power-1.5 decay 100 to 0", StandardSchedules.Polynomial(100, 0.1, 1.5).Description);
        Assert.Equal("Ramp: rise 5 from 1 to 2", new ScheduleSpec(new LinearRamp(5, 1, 2)).Description);
    }

    [Fact]
    public void Description_ManyPhases_IsShort()
    {
        var schedule = new ScheduleSpec(Enumerable.Range(1, 20).Select(i => new ConstantRate(i, 1)));

        Assert.Equal(
            "Phases: hold 1 for 1, hold 1 for 2, hold 1 for 3, hold 1 for 4, hold 1 for 5, 15 more phases", schedule.Description);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(3e-4, "3e-4")]
    [InlineData(0.1, "0.1")]
    [InlineData(1.5, "1.5")]
    [InlineData(0.123456789, "0.123457")]
    [InlineData(12345.6789, "12345.7")]
    [InlineData(0.0123456789, "1.23457e-2")]
    [InlineData(123456789, "1.23457e8")]
    [InlineData(-2e-3, "-2e-3")]
    [InlineData(double.NaN, "NaN")]
    public void RateText_Rates_AreWrittenAsPeopleDo(double rate, string text) => Assert.Equal(text, RateText.Format(rate));
}
