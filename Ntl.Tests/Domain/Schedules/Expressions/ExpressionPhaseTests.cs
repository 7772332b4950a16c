using System.Diagnostics;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Schedules.Expressions;

public class ExpressionPhaseTests
{
    private static readonly Dictionary<string, double> s_peak = new(StringComparer.Ordinal) { ["peak"] = 1e-3 };

    [Theory]
    [InlineData("a*t", "At character 1: 'a' is neither t, k, n or pi nor one of the named numbers peak.")]
    [InlineData("peak*(0.4-t)", "At step 41 (t = 0.41) the formula gives -1e-5: a learning rate must not be negative.")]
    [InlineData("1/(k-7)^2", "At step 7 (t = 7e-2) the formula gives an infinite rate")]
    [InlineData("1/0", "At step 0 (t = 0) the formula gives an infinite rate")]
    [InlineData("0/0", "At step 0 (t = 0) the formula gives no number")]
    [InlineData("sqrt(0.5-t)", "At step 51 (t = 0.51) the formula gives no number")]
    [InlineData("exp(k)", "At step 14 (t = 0.14) the formula gives 1.2026e6: a learning rate must be at most 1e6.")]
    [InlineData("1e308*10", "gives an infinite rate")]
    public void Validate_ValuesThatAreNoRates_NamesTheStep(string formula, string words)
    {
        var problem = Assert.Single(ScheduleSpec.Validate([new ExpressionPhase(100, formula, s_peak)]));

        Assert.Equal("phases[0].formula", problem.Path);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pi", 1, "meaning of its own")]
    [InlineData("sqrt", 1, "meaning of its own")]
    [InlineData("peak", double.NaN, "must be finite")]
    [InlineData("peak", double.PositiveInfinity, "must be finite")]
    [InlineData("2x", 1, "begins with no digit")]
    [InlineData("", 1, "'' is none")]
    [InlineData("наклон", 1, "is none")]
    public void Validate_NamesAndNumbers_AreChecked(string name, double value, string words)
    {
        var problems = ScheduleSpec.Validate([new ExpressionPhase(10, "0.1", new Dictionary<string, double> { [name] = value })]);

        Assert.Contains(words, Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ManySteps_SaysTheLimit()
    {
        Assert.Contains("at most 1000000 steps", Assert.Single(ScheduleSpec.Validate([new ExpressionPhase(1_000_000_000, "0.1")])).Message, StringComparison.Ordinal);
        Assert.Contains("together", Assert.Single(ScheduleSpec.Validate([new ExpressionPhase(600_000, "0.1"), new ExpressionPhase(600_000, "0.1")])).Message, StringComparison.Ordinal);
        Assert.Empty(ScheduleSpec.Validate([new ExpressionPhase(500_000, "0.1"), new ConstantRate(100_000_000, 1), new ExpressionPhase(500_000, "0.1")]));
    }

    [Fact]
    public void Validate_TinyRates_AreRates() =>
        Assert.Empty(ScheduleSpec.Validate([new ExpressionPhase(1000, "peak*(1-t)^20", s_peak), new ExpressionPhase(10, "-0*k")]));

    [Fact]
    public void Hash_UnusedNumbersAndWriting_DoNotCount()
    {
        var plain = new ScheduleSpec(new ExpressionPhase(10, "peak*(1-t)", s_peak));
        var written = new ScheduleSpec(new ExpressionPhase(10, " peak * (1 - t) ", new Dictionary<string, double> { ["z"] = 3, ["peak"] = 1e-3 }));

        Assert.Equal(plain.Hash, written.Hash);
        Assert.Equal(plain.Phases, written.Phases);
        Assert.NotEqual(plain.Hash, new ScheduleSpec(new ExpressionPhase(10, "peak*(1-t)", new Dictionary<string, double> { ["peak"] = 2e-3 })).Hash);
    }

    [Fact]
    public void PeakMinimumAndSum_NarrowSpike_AreExact()
    {
        var schedule = new ScheduleSpec(new ConstantRate(5, 0.5), new ExpressionPhase(100_000, "0.25+0.5*exp(-(k-77777)^2)-0.125*exp(-(k-3)^2)"));

        Assert.Equal(0.75, schedule.Peak);
        Assert.Equal(0.125, schedule.Minimum);
        Assert.Contains(new(77_782, 0.75), schedule.Sample(50));
        Assert.Contains(new(8, 0.125), schedule.Sample(50));
        Assert.Equal(0.75, schedule.First(77_783).Peak);
        Assert.True(schedule.First(77_700).Peak < 0.51);
        Assert.Equal(schedule.First(77_700).Peak, SchedulePropertyTests.Rates(schedule.First(77_700)).Max());
    }

    [Fact]
    public void SumOfFirst_AMillionSteps_IsTheCompensatedSumAndNeverFalls()
    {
        var phase = new ExpressionPhase(1_000_000, "peak*(1-t)^1.5*(1+0.9*sin(k))", s_peak);

        var sum = new CompensatedSum();
        var before = 0.0;
        for (var step = 0; step < 1_000_000; step++)
        {
            var here = step % 997 == 0 || step > 999_000 ? phase.SumOfFirst(step) : double.NaN;
            if (!double.IsNaN(here))
            {
                Assert.Equal(sum.Value, here, Math.BitIncrement(sum.Value) - sum.Value);
                Assert.True(here >= before);
                before = here;
            }

            sum.Add(phase.RateAt(step));
        }

        Assert.Equal(sum.Value, phase.SumOfFirst(1_000_000), 1e-15 * sum.Value);
    }

    [Theory]
    [InlineData("peak*(1+cos(6*pi*t))/2")]
    [InlineData("peak*min(1,4*t,2*(1-t))")]
    [InlineData("peak*(1-cos(pi*t))/2")]
    [InlineData("peak*clamp(3*t-1,0.1,0.7)")]
    public void Sample_TwoHundredPoints_DrawWhatRisesAndFalls(string formula)
    {
        var schedule = new ScheduleSpec(new LinearRamp(100, 0, 1e-3), new ExpressionPhase(50_000, formula, s_peak), new CosineDecay(50_000, 1e-3, 0));

        var sample = schedule.Sample(200);

        Assert.InRange(sample.Count, 100, 200);
        for (var i = 1; i < sample.Count; i++)
        {
            var (left, right) = (sample[i - 1], sample[i]);
            for (var step = left.Step; step <= right.Step; step++)
            {
                var line = left.Rate + (right.Rate - left.Rate) * (step - left.Step) / (right.Step - left.Step);
                Assert.Equal(line, schedule.LearningRate(step), 1e-5);
            }
        }
    }

    [Fact]
    public void After_AnyStep_GoesOnToTheBit()
    {
        var phase = new ExpressionPhase(1000, "peak*(1-t)^1.5*abs(cos(k/n))/(1+k)", s_peak);

        var rest = phase.After(377)!;

        Assert.Equal(623, rest.Steps);
        Assert.Equal("peak*(1-(k+377)/1000)^1.5*abs(cos((k+377)/1000))/(1+(k+377))", rest.Formula);
        for (var step = 0; step < rest.Steps; step++)
        {
            Assert.Equal(phase.RateAt(377 + step), rest.RateAt(step));
        }
    }

    [Fact]
    public void With_AnotherLength_IsWorkedOutAnew()
    {
        var phase = new ExpressionPhase(10, "k");
        Assert.Equal(9, phase.Peak);

        var longer = phase with { Steps = 20 };

        Assert.Equal((19, 190), (longer.Peak, longer.SumOfFirst(20)));
        Assert.NotEqual(phase, longer);
    }

    [Fact]
    public void Description_Formula_IsToldWithItsNumbers()
    {
        Assert.Equal("Formula: warm up 5 to 1e-3, peak*(1-t)^1.5 (peak 1e-3) for 10", new ScheduleSpec(new LinearRamp(5, 0, 1e-3), new ExpressionPhase(10, "peak*(1-t)^1.5", s_peak)).Description);
        Assert.EndsWith("+1+… for 10", new ExpressionPhase(10, string.Join('+', Enumerable.Repeat("1", 90))).Description, StringComparison.Ordinal);
    }

    [Fact]
    public void ScheduleSpec_AMillionStepsOfAnOrdinaryFormula_IsQuick()
    {
        var clock = Stopwatch.StartNew();

        var schedule = new ScheduleSpec(new ExpressionPhase(1_000_000, "peak*(1-t)^1.5", s_peak));
        var time = schedule.StepsToReach(schedule.IntrinsicTime / 2);

        Assert.InRange(time, 100_000, 500_000);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2); // a quarter alone on the machine
    }
}
