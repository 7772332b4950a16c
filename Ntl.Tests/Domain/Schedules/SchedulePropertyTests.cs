using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Schedules;

public class SchedulePropertyTests
{
    [Fact]
    public void LearningRate_AnyStep_IsFiniteAndBetweenMinimumAndPeak() => Check(Arbitrary.Schedules, schedule =>
    {
        var rates = Rates(schedule);

        Assert.All(rates, rate => Assert.True(double.IsFinite(rate) && rate >= 0));
        Assert.Equal(rates.Max(), schedule.Peak);
        Assert.Equal(rates.Min(), schedule.Minimum);
        Assert.Equal(rates[^1], schedule.Final);
    });

    [Fact]
    public void LearningRate_Sequence_IsItsParts() => Check(Arbitrary.Schedules, schedule =>
    {
        var parts = schedule.Phases.SelectMany(span => Rates(new ScheduleSpec(span.Phase)));

        Assert.Equal(parts, Rates(schedule));
        Assert.Equal(schedule.TotalSteps, schedule.Phases[^1].EndStep);
        Assert.All(schedule.Phases.Zip(schedule.Phases.Skip(1)), pair => Assert.Equal(pair.First.EndStep, pair.Second.FirstStep));
    });

    [Fact]
    public void CopyRates_AnyStretch_IsTheRatesOneByOne() => Check(Arbitrary.Schedules, schedule =>
    {
        var first = schedule.TotalSteps / 3;
        var rates = new double[schedule.TotalSteps - first];

        schedule.CopyRates(first, rates);

        Assert.Equal(Rates(schedule).Skip((int)first), rates);
    });

    [Fact]
    public void LearningRate_OneDecay_StartsAtItsStartAndNeverRises() => Check(Arbitrary.OnePhase, schedule =>
    {
        if (schedule.Phases[0].Phase is RateDecay or StepDecay)
        {
            var rates = Rates(schedule);

            Assert.Equal(schedule.Phases[0].Phase.EntryRate, rates[0]);
            Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True(pair.First >= pair.Second));
        }
    });

    [Fact]
    public void CumulativeRate_AnyNumberOfSteps_IsTheSumOfTheRates() => Check(Arbitrary.Schedules, schedule =>
    {
        var sum = new CompensatedSum();
        for (var step = 0L; step < schedule.TotalSteps; step++)
        {
            AssertRelative(sum.Value, schedule.CumulativeRate(step), 1e-12);
            sum.Add(schedule.LearningRate(step));
        }

        AssertRelative(sum.Value, schedule.IntrinsicTime, 1e-12);
        Assert.Equal(schedule.IntrinsicTime, schedule.CumulativeRate(schedule.TotalSteps));
    });

    [Fact]
    public void IntrinsicTime_StaircaseThatFallsToNothing_IsTheSumOfItsStairs()
    {
        // 144 stairs: the last one is 1e-720 of the first.
        var schedule = new ScheduleSpec(new StepDecay(288, 0.5, 0, 1e-5, 2));

        AssertRelative(2 * 0.5 / (1 - 1e-5), schedule.IntrinsicTime, 1e-15);
    }

    [Fact]
    public void StepsToReach_IntrinsicTimeOfAStep_IsTheFirstSuchStep() => Check(Arbitrary.Schedules, schedule =>
    {
        for (var steps = 0L; steps <= schedule.TotalSteps; steps += 1 + schedule.TotalSteps / 9)
        {
            var time = schedule.CumulativeRate(steps);

            var reached = schedule.StepsToReach(time);

            // Where a rate is below the last digit of D, several steps have the same D but for rounding.
            AssertRelative(time, schedule.CumulativeRate(reached), 1e-14);
            Assert.True(reached == 0 || schedule.CumulativeRate(reached - 1) < time);
        }

        Assert.Equal(0, schedule.StepsToReach(-1));
        Assert.Equal(schedule.TotalSteps, schedule.StepsToReach(double.MaxValue));
    });

    [Fact]
    public void CanonicalJson_ReadBack_IsTheSameScheduleTextAndHash() => Check(Arbitrary.Schedules, schedule =>
    {
        var read = ScheduleSpec.Parse(schedule.CanonicalJson);

        Assert.Equal(schedule.CanonicalJson, read.CanonicalJson);
        Assert.Equal(schedule.Hash, read.Hash);
        Assert.Equal(schedule, read);
        Assert.Equal(schedule.GetHashCode(), read.GetHashCode());
        Assert.Equal(schedule.Phases, read.Phases);
        Assert.Equal(Rates(schedule), Rates(read));
    });

    [Fact]
    public void Hash_OneRateChanged_Changes() => Check(Arbitrary.OnePhase, schedule =>
    {
        var longer = new ScheduleSpec(schedule.Phases[0].Phase, new ConstantRate(1, 0.5));

        Assert.NotEqual(schedule.Hash, longer.Hash);
        Assert.NotEqual(schedule, longer);
    });

    [Fact]
    public void Sample_AnyBudget_KeepsEndsAndExtremesInOrder() => Prop.ForAll(
        Arbitrary.Schedules, Gen.Choose(2, 400).ToArbitrary(), (schedule, budget) =>
        {
            var sample = schedule.Sample(budget);

            Assert.InRange(sample.Count, 1, budget);
            Assert.All(sample, point => Assert.Equal(schedule.LearningRate(point.Step), point.Rate));
            Assert.All(sample.Zip(sample.Skip(1)), pair => Assert.True(pair.First.Step < pair.Second.Step));
            Assert.Equal(0, sample[0].Step);
            Assert.Equal(schedule.TotalSteps - 1, sample[^1].Step);
            if (budget >= 4)
            {
                Assert.Equal(schedule.Peak, sample.Max(point => point.Rate));
                Assert.Equal(schedule.Minimum, sample.Min(point => point.Rate));
            }
        }).Check(s_config);

    [Fact]
    public void Sample_RoomForTheBoundaries_HasBothSidesOfEach() => Check(Arbitrary.Schedules, schedule =>
    {
        var steps = schedule.Sample(400).Select(point => point.Step).ToHashSet();

        Assert.All(schedule.Phases, span =>
        {
            Assert.Contains(span.FirstStep, steps);
            Assert.Contains(span.LastStep, steps);
        });
    });

    [Fact]
    public void LearningRate_JoinedLongPhases_NeverJumps() => Prop.ForAll(s_joined, schedule =>
    {
        foreach (var span in schedule.Phases)
        {
            foreach (var step in new[] { span.FirstStep - 2, span.FirstStep - 1, span.FirstStep, span.FirstStep + 1 }.Where(step => step >= 0))
            {
                Assert.Equal(schedule.LearningRate(step), schedule.LearningRate(step + 1), 0.0021 * schedule.Peak);
            }
        }
    }).Check(s_config);

    // A million steps a phase: the steepest first or last step, of a square root, moves by a thousandth of the peak.
    private static readonly Arbitrary<ScheduleSpec> s_joined = Gen.Choose(0, 9).ListOf(6).Select(kinds =>
    {
        const long Steps = 1_000_000;
        var rate = 1e-3;
        var phases = new List<SchedulePhase> { new LinearRamp(Steps, 0, rate) };
        foreach (var kind in kinds)
        {
            var end = rate * 0.6;
            phases.Add(kind switch
            {
                0 => new ConstantRate(Steps, rate),
                1 => new LinearDecay(Steps, rate, end),
                2 => new CosineDecay(Steps, rate, end),
                3 => new OneMinusSquareRootDecay(Steps, rate, end),
                4 => new ExponentialDecay(Steps, rate, end),
                5 => new HyperbolicDecay(Steps, rate, end),
                6 => new InverseSquareRootDecay(Steps, rate, end),
                7 => new PolynomialDecay(Steps, rate, end, 0.5),
                8 => new LinearRamp(Steps, rate, 1.5 * rate),
                _ => new PiecewisePoints([new(0, rate), new(Steps / 4, 2 * rate), new(Steps, end)]),
            });
            rate = phases[^1].ExitRate;
        }

        return new ScheduleSpec(phases);
    }).ToArbitrary();

    private static readonly Config s_config = Properties.Seeded();

    private static void Check(Arbitrary<ScheduleSpec> schedules, Action<ScheduleSpec> claim) => Prop.ForAll(schedules, claim).Check(s_config);

    internal static double[] Rates(ScheduleSpec schedule) =>
        [.. Enumerable.Range(0, (int)schedule.TotalSteps).Select(step => schedule.LearningRate(step))];

    internal static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.Equal(expected, actual, tolerance * Math.Abs(expected));
}
