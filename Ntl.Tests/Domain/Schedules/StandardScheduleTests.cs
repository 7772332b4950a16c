using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Schedules;

/// <summary>Known values of other trainers' schedules at equal arguments, with the formula that gave them.</summary>
public class StandardScheduleTests
{
    private const double Peak = 3e-3;

    // Hugging Face get_cosine_schedule_with_warmup: peak·½(1 + cos(π(step − 100)/900)).
    [Theory]
    [InlineData(0, 3e-5)] // our warm-up: peak·(step + 1)/100
    [InlineData(98, 0.00297)]
    [InlineData(99, 0.003)]
    [InlineData(100, 0.003)]
    [InlineData(101, 0.0029999908614866855)]
    [InlineData(325, 0.002560660171779821)]
    [InlineData(550, 0.0015)]
    [InlineData(775, 0.0004393398282201788)]
    [InlineData(999, 9.138513314410623e-09)]
    public void Cosine_KnownSteps_EqualHuggingFace(long step, double rate) =>
        AssertRate(rate, StandardSchedules.Cosine(1000, Peak, warmupSteps: 100), step);

    // Hugging Face get_wsd_schedule: peak·(0.9·f(p) + 0.1), p = (step − 800)/200, f = 1 − p, ½(1 + cos πp), 1 − √p.
    [Theory]
    [InlineData(DecayShape.Linear, 799, 0.003)]
    [InlineData(DecayShape.Linear, 800, 0.003)]
    [InlineData(DecayShape.Linear, 801, 0.0029865)]
    [InlineData(DecayShape.Linear, 850, 0.002325)]
    [InlineData(DecayShape.Linear, 999, 0.0003135)]
    [InlineData(DecayShape.Cosine, 801, 0.0029998334538502416)]
    [InlineData(DecayShape.Cosine, 850, 0.002604594154601839)]
    [InlineData(DecayShape.Cosine, 900, 0.00165)]
    [InlineData(DecayShape.Cosine, 999, 0.00030016654614975827)]
    [InlineData(DecayShape.OneMinusSquareRoot, 800, 0.003)]
    [InlineData(DecayShape.OneMinusSquareRoot, 801, 0.0028090811690796324)]
    [InlineData(DecayShape.OneMinusSquareRoot, 850, 0.00165)]
    [InlineData(DecayShape.OneMinusSquareRoot, 900, 0.0010908116907963215)]
    [InlineData(DecayShape.OneMinusSquareRoot, 999, 0.0003067584586598997)]
    public void WarmupStableDecay_KnownSteps_EqualHuggingFace(DecayShape shape, long step, double rate) =>
        AssertRate(rate, StandardSchedules.WarmupStableDecay(1000, Peak, shape, 200, 3e-4, 100), step);

    // Hugging Face get_inverse_sqrt_schedule, timescale = warm-up: peak/√(step/100).
    [Theory]
    [InlineData(100, 0.003)]
    [InlineData(101, 0.0029851115706299677)]
    [InlineData(400, 0.0015)]
    [InlineData(999, 0.0009491579957524991)]
    public void InverseSquareRoot_KnownSteps_EqualHuggingFace(long step, double rate) =>
        AssertRate(rate, StandardSchedules.InverseSquareRoot(1000, Peak, 100), step);

    // Hugging Face get_polynomial_decay_schedule_with_warmup: (peak − 1e-4)(1 − (step − 100)/900)² + 1e-4.
    [Theory]
    [InlineData(100, 0.003)]
    [InlineData(101, 0.0029935591358024693)]
    [InlineData(550, 0.000825)]
    [InlineData(999, 0.00010000358024691358)]
    public void Polynomial_KnownSteps_EqualHuggingFace(long step, double rate) =>
        AssertRate(rate, StandardSchedules.Polynomial(1000, Peak, 2, 1e-4, 100), step);

    // Rates that were logged beside the loss in thu-yao-01-luo/MultiPowerLaw (MIT), loss_curve_repo/csv_25.
    [Theory]
    [InlineData("cosine", 2160, 0.0003)]
    [InlineData("cosine", 2288, 0.0002999771173709568)]
    [InlineData("cosine", 23664, 3.0157649377635906e-05)]
    [InlineData("cosine", 23920, 3.000893868085248e-05)]
    [InlineData("wsd", 22496, 7.130520859874629e-05)]
    [InlineData("wsd", 23904, 3.170452527640976e-05)]
    [InlineData("wsdld", 22496, 0.00013152)]
    [InlineData("wsdld", 23904, 3.648e-05)]
    public void PublishedRun_LoggedSteps_HadOurRates(string run, long step, double rate) => AssertRate(
        rate,
        run switch
        {
            "cosine" => StandardSchedules.Cosine(24_000, 3e-4, 3e-5, 2160),
            "wsd" => StandardSchedules.WarmupStableDecay(24_000, 3e-4, DecayShape.Exponential, 4000, 3e-5, 2160),
            _ => StandardSchedules.WarmupStableDecay(24_000, 3e-4, DecayShape.Linear, 4000, 3e-5, 2160),
        },
        step);

    [Fact]
    public void Step_WarmupThenStairs_CountsStairsFromTheEndOfWarmup()
    {
        var schedule = StandardSchedules.Step(10, 1, 0.1, 3, warmupSteps: 2);

        Assert.Equal([0.5, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01], SchedulePropertyTests.Rates(schedule), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Theory]
    [InlineData(DecayShape.Linear)]
    [InlineData(DecayShape.Cosine)]
    [InlineData(DecayShape.OneMinusSquareRoot)]
    [InlineData(DecayShape.Exponential)]
    [InlineData(DecayShape.Hyperbolic)]
    [InlineData(DecayShape.InverseSquareRoot)]
    public void WarmupStableDecay_AnyShape_HasItsPhases(DecayShape shape)
    {
        var schedule = StandardSchedules.WarmupStableDecay(1000, Peak, shape, 200, 1e-4, 100);

        Assert.Equal([0L, 100, 800], schedule.Phases.Select(span => span.FirstStep));
        Assert.Equal([99L, 799, 999], schedule.Phases.Select(span => span.LastStep));
        Assert.Equal(1000, schedule.TotalSteps);
        Assert.Equal(Peak, schedule.Peak);
        Assert.Equal(1e-4, schedule.Phases[2].Phase.ExitRate);
        Assert.StartsWith("WSD: ", schedule.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void WarmupStableDecay_NothingStable_GoesStraightToTheDecay() =>
        Assert.Equal(2, StandardSchedules.WarmupStableDecay(100, Peak, DecayShape.Linear, 90, 0, 10).Phases.Length);

    [Fact]
    public void Constant_NoWarmup_IsOnePhase()
    {
        var schedule = StandardSchedules.Constant(50, Peak);

        Assert.Single(schedule.Phases);
        Assert.Equal(50 * Peak, schedule.IntrinsicTime, 1e-15);
    }

    [Fact]
    public void Linear_WarmupThenDecayToZero_HasTheTrianglesArea()
    {
        var schedule = StandardSchedules.Linear(1000, Peak, 0, 100);

        // Warm-up: 100·(1 + 100)/2 hundredths of the peak; decay: 900·(900 + 1)/2 nine-hundredths.
        Assert.Equal(Peak * (50.5 + 450.5), schedule.IntrinsicTime, 1e-15);
    }

    [Fact]
    public void Points_FromALab_AreOnePhase() =>
        Assert.Equal(0.75, StandardSchedules.Points(new(0, 1), new(100, 0.5)).LearningRate(50), 1e-15);

    [Fact]
    public void Cosine_WarmupLongerThanTheRun_SaysSo()
    {
        var exception = Assert.Throws<InvalidScheduleException>(() => StandardSchedules.Cosine(100, Peak, warmupSteps: 100));

        Assert.Equal("phases[1].steps", Assert.Single(exception.Problems).Path);
    }

    [Fact]
    public void Decay_UnknownShape_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardSchedules.Decay((DecayShape)99, 10, 1, 0));

    private static void AssertRate(double expected, ScheduleSpec schedule, long step) =>
        Assert.Equal(expected, schedule.LearningRate(step), 1e-17); // the peaks are 3e-3 and 3e-4
}
