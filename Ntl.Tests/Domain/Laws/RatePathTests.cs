using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws;

public sealed class RatePathTests
{
    [Fact]
    public void Of_ScheduleThatFits_IsAPieceAStepWithEqualRatesJoined()
    {
        var schedule = StandardSchedules.WarmupStableDecay(100, 1e-3, DecayShape.Linear, 30, warmupSteps: 10);

        var path = RatePath.Of(schedule);

        Assert.Equal((100L, 1e-3), (path.Steps, path.Peak));
        Assert.Equal(39, path.Pieces); // nine of the warm-up below the peak, the peak with the decay's first step, and 29
        Assert.All(Enumerable.Range(1, 100), updates => Assert.Equal(schedule.LearningRate(updates - 1), path.RateAt(updates), 1e-18));
        Assert.All(Enumerable.Range(0, 101), updates => Assert.Equal(schedule.CumulativeRate(updates), path.TimeAfter(updates), 1e-14));
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(200_000)]
    public void Of_LongSchedule_KeepsToThePiecesAndTheExactTime(long steps)
    {
        var schedule = StandardSchedules.Cosine(steps, 1e-3, 1e-5, steps / 1000);

        var path = RatePath.Of(schedule, 1000);

        Assert.InRange(path.Pieces, 900, 1000);
        Assert.Equal(steps, path.Steps);
        Assert.Equal(schedule.IntrinsicTime, path.IntrinsicTime, 1e-9 * schedule.IntrinsicTime);
        Assert.InRange(path.WarmupSteps, 0.95 * steps / 1000, 1.05 * steps / 1000); // the warm-up is a ramp still
    }

    [Fact]
    public void Of_Staircase_HasItsStairsAsPieces()
    {
        var path = RatePath.Of(new ScheduleSpec(new StepDecay(1_000_000, 1e-3, 0, 0.5, 250_000)), 16);

        Assert.Equal(4, path.Pieces);
        Assert.Equal(5e-4, path.RateAt(250_001));
        Assert.Equal(1e-3, path.RateAt(250_000));
    }

    [Fact]
    public void OfPoints_JumpInAnEvenLog_StandsHalfWay()
    {
        RatePoint[] log = [.. Enumerable.Range(0, 10).Select(i => new RatePoint(100 + (100 * i), i < 5 ? 1e-3 : 1e-4))];

        var path = RatePath.OfPoints(log, 100);

        Assert.Equal((1e-3, 1e-4), (path.RateAt(550), path.RateAt(551)));
        Assert.Equal(1001, path.Steps);
    }

    [Fact]
    public void OfPoints_JumpWhereTheLogBreaksItsSpacing_StandsAtThatRow()
    {
        RatePoint[] log = [new(0, 1e-3), new(100, 1e-3), new(200, 1e-3), new(250, 1e-4), new(350, 1e-4), new(450, 1e-4)];

        var path = RatePath.OfPoints(log);

        Assert.Equal((1e-3, 1e-4), (path.RateAt(250), path.RateAt(251)));
    }

    [Fact]
    public void OfPoints_SamplesOfALine_FillsTheLine()
    {
        var path = RatePath.OfPoints([new(0, 1), new(10, 0.5), new(20, 0)]);

        Assert.All(Enumerable.Range(0, 21), step => Assert.Equal(1 - (step / 20.0), path.RateAt(step + 1), 1e-12));
    }

    [Fact]
    public void OfPoints_LogThatBeginsLater_IsWarmedUpFromZero()
    {
        var path = RatePath.OfPoints([new(10, 1e-3), new(20, 1e-3)], warmupSteps: 5);

        Assert.Equal([0, 2.5e-4, 5e-4, 7.5e-4, 1e-3, 1e-3], Enumerable.Range(1, 6).Select(updates => Math.Round(path.RateAt(updates), 12)));
        Assert.Equal(4, path.WarmupSteps);
    }

    [Fact]
    public void UnseenWarmup_FirstLogAtItsPeak_TellsTheLength()
    {
        RatePoint[] early = [new(2160, 3e-4), new(2288, 2.9e-4)];
        RatePoint[] late = [new(2176, 3e-4), new(2304, 3e-4)];

        var steps = UnseenWarmup.StepsOf([late, early]);

        Assert.Equal(2160, steps);
        Assert.Equal(3e-4 * ((2160 / 2.0) + 145), UnseenWarmup.PathOf(late, steps).IntrinsicTime, 1e-12);
    }

    [Fact]
    public void UnseenWarmup_RowWithinAStraightWarmup_TellsTheLengthAndIsNoCorner()
    {
        RatePoint[] straight = [new(200, 6.7e-4), new(400, 1e-3), new(600, 1e-3)];
        RatePoint[] bent = [new(200, 7.555e-4), new(400, 1e-3), new(600, 9e-4)];

        var steps = UnseenWarmup.StepsOf([bent, straight, straight]);

        Assert.Equal(300, steps);
        Assert.Equal(1e-3 * ((301 / 2.0) + 301), UnseenWarmup.PathOf(straight, steps).IntrinsicTime, 1e-12);
    }

    [Fact]
    public void UnseenWarmup_ManyRowsOfABentWarmup_StayAsTheyAre()
    {
        RatePoint[] log = [.. Enumerable.Range(0, 10).Select(i => new RatePoint(10 * i, 1e-3 * Math.Pow(i / 9.0, 2))), new(200, 1e-3)];

        var path = UnseenWarmup.PathOf(log, UnseenWarmup.StepsOf([log]));

        Assert.Equal(log[3].Rate, path.RateAt(31), 1e-12);
    }

    [Fact]
    public void UnseenWarmup_RateThatRisesAgainMuchLater_IsNoWarmup()
    {
        RatePoint[] log = [new(100, 5e-4), new(5000, 1e-3), new(10_000, 1e-3)];

        var path = UnseenWarmup.PathOf(log, UnseenWarmup.StepsOf([log]));

        Assert.Equal(5e-4, path.RateAt(101), 1e-12);
    }

    [Fact]
    public void UnseenWarmup_GivenLength_ReplacesTheRowsWithinIt()
    {
        RatePoint[] log = [new(0, 9e-4), new(50, 9e-4), new(100, 1e-3), new(200, 1e-3)];

        var path = UnseenWarmup.Warmed(log, 100);

        Assert.Equal((1e-5, 5.1e-4, 1e-3), (Math.Round(path.RateAt(1), 12), Math.Round(path.RateAt(51), 12), path.RateAt(101)));
    }

    [Fact]
    public void Coarsened_AnyPath_KeepsTimeAndJumps()
    {
        var path = RatePath.Of(StandardSchedules.Cosine(4000, 1e-3, 1e-5, 200));

        var coarse = path.Coarsened(0.01);

        Assert.InRange(coarse.Pieces, 150, 250);
        Assert.Equal(path.IntrinsicTime, coarse.IntrinsicTime, 1e-12);
        Assert.Equal(0, path.DistanceTo(path));
        Assert.InRange(path.DistanceTo(coarse), 1e-6, 0.01);
    }

    [Fact]
    public void UpdatesToReach_AnyTime_IsTheInverseOfTimeAfter()
    {
        var path = RatePath.Of(StandardSchedules.Cosine(500, 1e-3, 0, 50));

        Assert.All(new long[] { 1, 50, 51, 200, 499 }, updates => Assert.Equal(updates, path.UpdatesToReach(path.TimeAfter(updates) - 1e-12)));
        Assert.Equal(500, path.UpdatesToReach(10));
        Assert.Equal(0, path.UpdatesToReach(0));
    }

    [Fact]
    public void OfRates_NoRateOrNoNumber_Throws()
    {
        Assert.Throws<ArgumentException>(() => RatePath.OfRates([]));
        Assert.Throws<ArgumentException>(() => RatePath.OfRates([1e-3, double.NaN]));
        Assert.Throws<ArgumentException>(() => RatePath.OfRates([-1]));
        Assert.Throws<ArgumentException>(() => RatePath.OfPoints([new(5, 1e-3), new(5, 1e-3)]));
        Assert.Throws<ArgumentException>(() => RatePath.OfPoints([]));
    }
}
