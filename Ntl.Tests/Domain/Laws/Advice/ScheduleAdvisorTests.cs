using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws.Advice;

public class ScheduleAdvisorTests
{
    private static readonly AdviceConstraints s_usual = new(24_000, 3e-4, 0, 2_160);

    // Name, law, steps, peak, floor, warm-up, monotone.
    public static TheoryData<string, long, double, double, long, bool> Questions => new()
    {
        { nameof(FittedLaws.Newton), 24_000, 3e-4, 0, 2_160, true },
        { nameof(FittedLaws.Adaptive), 24_000, 3e-4, 3e-5, 2_160, true },
        { nameof(FittedLaws.Adaptive), 24_000, 3e-4, 3e-5, 2_160, false },
        { nameof(FittedLaws.Transfer), 24_000, 6e-4, 3e-5, 2_160, true },
        { nameof(FittedLaws.Transfer), 40, 3e-4, 0, 5, false },
        { nameof(FittedLaws.Spectrum), 100_000, 1e-3, 1e-5, 0, true },
        { nameof(FittedLaws.Spectrum), 2, 3e-4, 0, 0, true },
        { nameof(FittedLaws.Adaptive), 3, 3e-4, 0, 1, false },
        { nameof(FittedLaws.Newton), 40, 3e-4, 3e-4, 5, true },
        { nameof(FittedLaws.Newton), 50, ScheduleSpec.MaximumRate, 0, 5, true },
        { nameof(FittedLaws.Newton), 50, ScheduleSpec.SmallestPositiveRate, 0, 5, true },
        { nameof(FittedLaws.Newton), ScheduleSpec.MaximumSteps, 3e-4, 0, 1_000_000, true },
        { nameof(FittedLaws.Adaptive), ScheduleSpec.MaximumSteps, 3e-4, 1e-6, 0, true },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void Suggest_Constraints_AreKept(string law, long steps, double peak, double floor, long warmupSteps, bool isMonotone)
    {
        var advice = Suggest(FittedLaws.Fit(Named(law)), new(steps, peak, floor, warmupSteps, isMonotone));

        var (schedule, points) = (advice.Schedule, advice.Schedule.Sample(5_000));
        Assert.Equal(steps, schedule.TotalSteps);
        Assert.True(schedule.Peak <= peak);
        Assert.All(points.Where(point => point.Step >= warmupSteps), point => Assert.True(point.Rate >= floor));
        if (warmupSteps > 0)
        {
            Assert.Equal(new LinearRamp(warmupSteps, 0, peak), schedule.Phases[0].Phase);
        }

        if (isMonotone)
        {
            var after = points.Where(point => point.Step >= warmupSteps).ToList();
            Assert.All(after.Zip(after.Skip(1)), pair => Assert.True(pair.Second.Rate <= pair.First.Rate));
        }
    }

    [Fact]
    public void Suggest_TransferLaw_EndsLowerThanTheCosine()
    {
        var advice = Suggest(FittedLaws.Fit(FittedLaws.Transfer), s_usual, StandardSchedules.Cosine(24_000, 3e-4, 3e-5, 2_160));

        Assert.InRange(advice.Gain.Gain, 0.005, 0.1);
        Assert.Null(advice.ClosedForm);
    }

    [Fact]
    public void Suggest_NewtonsLaw_EndsWhereTheClosedFormDoes()
    {
        var advice = Suggest(FittedLaws.Fit(FittedLaws.Newton), s_usual);

        var closed = advice.ClosedForm!.ToSchedule(s_usual.WarmupSteps);

        Assert.Equal(FittedLaws.Newton.PredictFinal(RatePath.Of(closed)), FittedLaws.Newton.PredictFinal(RatePath.Of(advice.Schedule)), 2e-5);
        Assert.Equal(0.108, advice.ClosedForm.DecayShare, 5e-4);
        Assert.Equal([typeof(LinearRamp), typeof(ConstantRate), typeof(HyperbolicDecay)], advice.Schedule.Phases.Select(span => span.Phase.GetType()));
    }

    [Theory]
    [InlineData(nameof(FittedLaws.Newton))]
    [InlineData(nameof(FittedLaws.Spectrum))]
    [InlineData(nameof(FittedLaws.Adaptive))]
    public void Suggest_AnyLaw_EndsNoHigherThanAnyKnownSchedule(string name)
    {
        var law = Named(name);
        var shapes = Enum.GetValues<DecayShape>();
        long[] decays = [500, 1_000, 2_000, 4_000, 8_000, 21_840];
        var known = decays.SelectMany(steps => shapes.Select(shape => StandardSchedules.WarmupStableDecay(24_000, 3e-4, shape, steps, 3e-5, 2_160)));

        var advice = Suggest(FittedLaws.Fit(law), s_usual with { Floor = 3e-5 });

        var suggested = law.PredictFinal(RatePath.Of(advice.Schedule));
        Assert.All(known, schedule => Assert.True(suggested <= law.PredictFinal(RatePath.Of(schedule)) + ScheduleAdvisor.WorthPoints));
    }

    [Theory]
    [InlineData(23_937, 3e-4, 0)]
    [InlineData(400, 3e-4, 40)]
    [InlineData(24_000, 6e-4, 2_160)]
    public void Suggest_MultiPowerLaw_EndsNoHigherThanTheBestUsualSchedule(long steps, double peak, long warmup)
    {
        var advice = Suggest(FittedLaws.Fit(MultiPowerLaw.Published25M), new(steps, peak, 0, warmup));

        Assert.True(advice.Forecast.FinalLoss <= advice.Usual[0].FinalLoss, $"{advice.Forecast.FinalLoss} against {advice.Usual[0].FinalLoss}");
        Assert.True(advice.Gain.Gain >= 0);
    }

    [Fact]
    public void Suggest_RatesMayRise_EndsNoHigherThanWhenTheyMayNot()
    {
        var fit = FittedLaws.Fit(FittedLaws.Adaptive);

        var falling = Suggest(fit, s_usual);
        var free = Suggest(fit, s_usual with { IsMonotone = false });

        Assert.True(free.Forecast.FinalLoss <= falling.Forecast.FinalLoss + ScheduleAdvisor.WorthPoints);
    }

    [Fact]
    public void Suggest_NoBaseline_ComparesWithTheBestUsualSchedule()
    {
        var fit = FittedLaws.Fit(FittedLaws.Newton, FittedLaws.Newton with { RiverScale = 0.55 }, FittedLaws.Newton with { RiverScale = 0.5 });

        var advice = Suggest(fit, s_usual);

        Assert.Equal(["constant", "cosine", "linear", "WSD"], advice.Usual.Select(usual => usual.Name).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("WSD", advice.Usual[0].Name); // next to the closed form, which holds and then falls
        Assert.Equal(advice.Usual[0].Schedule, advice.Baseline);
        Assert.Equal(advice.Usual.Min(usual => usual.FinalLoss), advice.BaselineForecast.FinalLoss, 1e-9);
        Assert.Equal(advice.BaselineForecast.FinalLoss - advice.Forecast.FinalLoss, advice.Gain.Gain, 1e-6);
        Assert.InRange(advice.Gain.Gain, 1e-4, 0.0549); // above nothing, below what the closed form gains over a cosine
        Assert.True(advice.Gain.Low < advice.Gain.Gain && advice.Gain.Gain < advice.Gain.High);
    }

    [Fact]
    public void Suggest_UsualSchedules_KeepToTheConstraints()
    {
        var advice = Suggest(FittedLaws.Fit(FittedLaws.Spectrum), s_usual with { Floor = 1e-4 });

        Assert.Equal(4, advice.Usual.Length);
        Assert.All(advice.Usual, usual =>
        {
            Assert.Equal(s_usual.Steps, usual.Schedule.TotalSteps);
            Assert.Equal(s_usual.Peak, usual.Schedule.Peak);
            Assert.True(usual.Schedule.Final >= 1e-4, usual.Name); // the last step of a decay stands above the rate that it goes to
        });
    }

    [Fact]
    public void Suggest_FitWithoutReplicates_HasNoBandAnywhere()
    {
        var advice = Suggest(FittedLaws.Fit(FittedLaws.Newton), s_usual);

        Assert.Null(advice.Gain.Low);
        Assert.Null(advice.Forecast.FinalLow);
        Assert.All(advice.Forecast.Points, point => Assert.Null(point.High));
    }

    [Fact]
    public void Suggest_EveryLaw_SaysThatGainsAreOverstatedAndWantRuns()
    {
        var advice = Suggest(FittedLaws.Fit(FittedLaws.Newton), s_usual);

        Assert.Contains("overstate", advice.Cautions[0], StringComparison.Ordinal);
        Assert.Contains("equal seeds", advice.Cautions[1], StringComparison.Ordinal);
        Assert.Equal(advice.Cautions.Distinct(), advice.Cautions);
    }

    [Fact]
    public void Suggest_BaselineIsTheSuggestion_SaysThatThereIsNothingToGain()
    {
        var fit = FittedLaws.Fit(FittedLaws.Newton);
        var first = Suggest(fit, s_usual);

        var again = Suggest(fit, s_usual, first.Schedule);

        Assert.Equal(0, again.Gain.Gain);
        Assert.Contains(again.Cautions, caution => caution.Contains("nothing to gain", StringComparison.Ordinal));
    }

    [Fact]
    public void Suggest_NothingToCool_HoldsThePeak()
    {
        var advice = Suggest(FittedLaws.Fit(FittedLaws.Cold), s_usual);

        Assert.Equal([new LinearRamp(2_160, 0, 3e-4), new ConstantRate(21_840, 3e-4)], advice.Schedule.Phases.Select(span => span.Phase));
        Assert.Null(advice.ClosedForm);
    }

    [Fact]
    public void ClosedForm_FloorAboveItsEnd_DoesNotApply()
    {
        Assert.Null(ScheduleAdvisor.ClosedForm(FittedLaws.Newton, s_usual with { Floor = 3e-5 }));
        Assert.NotNull(ScheduleAdvisor.ClosedForm(FittedLaws.Newton, s_usual with { Floor = 1.5e-5 }));
        Assert.Null(ScheduleAdvisor.ClosedForm(FittedLaws.Spectrum, s_usual));
    }

    [Fact]
    public void ClosedForm_OtherPeak_HeatsInProportion()
    {
        var twice = ScheduleAdvisor.ClosedForm(FittedLaws.Newton, s_usual with { Peak = 6e-4 })!;

        Assert.Equal(2 * 0.1138, twice.Problem.ThermalLoss, 1e-12);
        Assert.Equal(6e-4 * 2_161 / 2, twice.Problem.StartTime, 1e-12);
    }

    [Fact]
    public void Suggest_WrongConstraintsAndBaseline_NamesEveryField()
    {
        var baseline = StandardSchedules.Cosine(100, 3e-4);

        var thrown = Assert.Throws<InvalidAdviceException>(
            () => Suggest(FittedLaws.Fit(FittedLaws.Newton), new(1_000, 3e-4, 1, 5_000), baseline));

        Assert.Equal(["warmupSteps", "floor", "baseline"], thrown.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Suggest_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => ScheduleAdvisor.Suggest(FittedLaws.Fit(FittedLaws.Newton), s_usual, cancellationToken: source.Token));
    }

    [Fact]
    public void Suggest_Twice_IsTheSame()
    {
        var fit = FittedLaws.Fit(FittedLaws.Adaptive);

        Assert.Equal(Suggest(fit, s_usual).Schedule, Suggest(fit, s_usual).Schedule);
    }

    private static ScheduleAdvice Suggest(LawFit fit, AdviceConstraints constraints, ScheduleSpec? baseline = null) =>
        ScheduleAdvisor.Suggest(fit, constraints, baseline, TestContext.Current.CancellationToken);

    private static LossLaw Named(string name) => name switch
    {
        nameof(FittedLaws.Newton) => FittedLaws.Newton,
        nameof(FittedLaws.Spectrum) => FittedLaws.Spectrum,
        nameof(FittedLaws.Transfer) => FittedLaws.Transfer,
        _ => FittedLaws.Adaptive,
    };
}
