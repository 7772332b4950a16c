using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;

namespace Ntl.Tests.Domain.Schedules.Editing;

public class EditTests
{
    private static readonly ScheduleSpec s_wsd = StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.Cosine, 200, 0, 100);

    [Fact]
    public void SetRate_AtThePeak_RaisesWarmUpHoldAndDecayTogether()
    {
        var outcome = RateEdits.Set(s_wsd, 0, PhaseSide.Exit, 4e-3);

        Assert.Equal("set rate of warm-up", outcome.Name);
        Assert.Equal(StandardSchedules.WarmupStableDecay(1000, 4e-3, DecayShape.Cosine, 200, 0, 100), outcome.Schedule);
    }

    [Fact]
    public void SetRate_OfAHoldBelowTheFloorBehindIt_StopsAtTheFloor()
    {
        var schedule = StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.Cosine, 200, 1e-3, 100);

        var outcome = RateEdits.Set(schedule, 1, PhaseSide.Entry, 1e-4);

        Assert.Equal(new RateRange(1e-3, ScheduleSpec.MaximumRate), RateEdits.Range(schedule, 1, PhaseSide.Entry));
        Assert.Equal(StandardSchedules.WarmupStableDecay(1000, 1e-3, DecayShape.Cosine, 200, 1e-3, 100), outcome.Schedule);
    }

    [Fact]
    public void SetRate_OfAStraightLine_MayTurnIt()
    {
        var schedule = new ScheduleSpec(new LinearDecay(10, 2, 1));

        var outcome = RateEdits.Set(schedule, 0, PhaseSide.Exit, 3);

        Assert.Equal(new ScheduleSpec(new LinearRamp(10, 2, 3)), outcome.Schedule);
        Assert.Equal(schedule, RateEdits.Set(outcome.Schedule!, 0, PhaseSide.Exit, 1).Schedule);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void SetRate_NoNumber_IsRefusedAtItsField(double rate)
    {
        var outcome = RateEdits.Set(s_wsd, 2, PhaseSide.Exit, rate);

        Assert.False(outcome.IsDone);
        Assert.Equal("phases[2].endRate", Assert.Single(outcome.Problems).Path);
    }

    [Fact]
    public void SetRate_EndOfAStaircase_IsRefused()
    {
        var schedule = StandardSchedules.Step(100, 1, 0.5, 20);

        Assert.Null(RateEdits.Range(schedule, 0, PhaseSide.Exit));
        Assert.False(RateEdits.Set(schedule, 0, PhaseSide.Exit, 0.1).IsDone);
    }

    [Fact]
    public void Stretch_TheDecay_TakesStepsFromTheHold()
    {
        var outcome = BoundaryEdits.Stretch(s_wsd, 2, 600, StretchMode.TakeFromNeighbour);

        Assert.Equal("stretch hold", outcome.Name);
        Assert.Equal(StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.Cosine, 400, 0, 100), outcome.Schedule);
    }

    [Fact]
    public void Stretch_ToTheLimits_LeavesAStepToEachAndNeverPassesTheLongestSchedule()
    {
        Assert.Equal((101, 999), BoundaryEdits.Range(s_wsd, 2, StretchMode.TakeFromNeighbour));
        Assert.Equal(999, BoundaryEdits.Stretch(s_wsd, 2, long.MaxValue, StretchMode.TakeFromNeighbour).Schedule!.Phases[1].EndStep);
        Assert.Equal(ScheduleSpec.MaximumSteps, BoundaryEdits.Stretch(s_wsd, 3, long.MaxValue, StretchMode.TakeFromNeighbour).Schedule!.TotalSteps);
        Assert.Equal(901, BoundaryEdits.Stretch(s_wsd, 1, long.MinValue, StretchMode.ChangeTotal).Schedule!.TotalSteps);
    }

    [Fact]
    public void SetSteps_MoreThanTheNeighbourHas_SaysWhatItHas()
    {
        var outcome = BoundaryEdits.SetSteps(s_wsd, 1, 950, StretchMode.TakeFromNeighbour);

        Assert.False(outcome.IsDone);
        Assert.Equal("phases[1].steps", outcome.Problems[0].Path);
        Assert.Contains("199 steps to give", outcome.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stretch_PointsToFewerStepsThanTheyAre_KeepsTheEnds()
    {
        var schedule = StandardSchedules.Points(new(0, 0), new(10, 1), new(11, 0.5), new(12, 0.7), new(100, 0.1));

        var outcome = BoundaryEdits.ScaleTo(schedule, 10);

        Assert.Equal(StandardSchedules.Points(new(0, 0), new(1, 0.7), new(10, 0.1)), outcome.Schedule);
    }

    [Fact]
    public void Remove_TheLastPhase_IsRefused()
    {
        var outcome = PhaseEdits.Remove(new(new ConstantRate(10, 1)), 0);

        Assert.False(outcome.IsDone);
        Assert.Contains("at least one phase", outcome.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_BeyondTheLongestSchedule_IsRefused()
    {
        var outcome = PhaseEdits.AddHold(StandardSchedules.Constant(ScheduleSpec.MaximumSteps, 1), 0, 1);

        Assert.Contains("at most 1000000000 steps", Assert.Single(outcome.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_WithAnImpossiblePhase_NamesItsOwnFields()
    {
        var outcome = PhaseEdits.Replace(s_wsd, 2, new CosineDecay(0, 1, double.NaN));

        Assert.Equal(["phases[2].steps", "phases[2].endRate"], outcome.Problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData(PhaseShape.Linear, "linear decay 200 to 0")]
    [InlineData(PhaseShape.Polynomial, "power-1.5 decay 200 to 0")]
    [InlineData(PhaseShape.Hyperbolic, "1/t decay 200 to 3e-5")]
    [InlineData(PhaseShape.Staircase, "×0.5 every 40 for 200")]
    [InlineData(PhaseShape.Hold, "hold 3e-3 for 200")]
    public void ChangeShape_OfADecayToZero_KeepsWhatTheShapeCan(PhaseShape shape, string words)
    {
        var outcome = ShapeEdits.Change(s_wsd, 2, shape);

        Assert.Equal(words, outcome.Schedule!.Phases[2].Phase.Description);
        Assert.Equal(shape == PhaseShape.Hyperbolic, outcome.Note is not null);
        Assert.Equal(shape, ShapeEdits.ShapeOf(outcome.Schedule.Phases[2].Phase));
    }

    [Fact]
    public void ChangeShape_OfADecayToPoints_StaysWithinAHundredthOfIt()
    {
        var points = ShapeEdits.Change(s_wsd, 2, PhaseShape.Points).Schedule!;

        Assert.InRange(((PiecewisePoints)points.Phases[2].Phase).Points.Length, 3, 24);
        Assert.All(SchedulePropertyTests.Rates(s_wsd).Zip(SchedulePropertyTests.Rates(points)), pair => Assert.Equal(pair.First, pair.Second, 3e-5));
    }

    [Fact]
    public void ChangeShape_OfARiseToADecay_IsRefused() =>
        Assert.Contains("a decay falls", ShapeEdits.Change(s_wsd, 0, PhaseShape.Cosine).Problems[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Split_ACosine_WritesItsSecondPartAsAFormulaAndMergesBack()
    {
        var outcome = CutEdits.Split(s_wsd, 900);

        Assert.IsType<FirstSteps>(outcome.Schedule!.Phases[2].Phase);
        Assert.IsType<ExpressionPhase>(outcome.Schedule.Phases[3].Phase);
        Assert.Contains("formula", outcome.Note, StringComparison.Ordinal);
        Assert.Equal(s_wsd, CutEdits.Merge(outcome.Schedule, 2).Schedule);
    }

    [Fact]
    public void Split_ACosineTooLongForAFormula_DrawsItsSecondPartByPoints()
    {
        var schedule = StandardSchedules.Cosine(ScheduleSpec.MaximumSteps, 1e-3);

        var outcome = CutEdits.Split(schedule, ScheduleSpec.MaximumSteps / 2);

        Assert.IsType<PiecewisePoints>(outcome.Schedule!.Phases[1].Phase);
        Assert.Equal(schedule.LearningRate(700_000_000), outcome.Schedule.LearningRate(700_000_000), 2e-6);
    }

    [Theory]
    [InlineData(PhaseShape.Cosine)]
    [InlineData(PhaseShape.OneMinusSquareRoot)]
    [InlineData(PhaseShape.Exponential)]
    [InlineData(PhaseShape.Hyperbolic)]
    [InlineData(PhaseShape.InverseSquareRoot)]
    [InlineData(PhaseShape.Polynomial)]
    [InlineData(PhaseShape.Linear)]
    public void ChangeShape_OfAnyDecayToAFormula_IsTheSameCurve(PhaseShape shape)
    {
        var decay = ShapeEdits.Change(s_wsd, 2, shape).Schedule!;

        var formula = ShapeEdits.Change(decay, 2, PhaseShape.Formula).Schedule!;

        Assert.IsType<ExpressionPhase>(formula.Phases[2].Phase);
        Assert.All(SchedulePropertyTests.Rates(decay).Zip(SchedulePropertyTests.Rates(formula)), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Fact]
    public void MergeAll_HoldsAndLinesInPieces_AreOneEach()
    {
        var pieces = new ScheduleSpec(new LinearRamp(5, 0, 0.5), new LinearRamp(5, 0.5, 1), new ConstantRate(3, 1), new ConstantRate(4, 1), new LinearDecay(2, 1, 0.5), new LinearDecay(2, 0.5, 0));

        var outcome = CutEdits.MergeAll(pieces);

        Assert.Equal(new ScheduleSpec(new LinearRamp(10, 0, 1), new ConstantRate(7, 1), new LinearDecay(4, 1, 0)), outcome.Schedule);
        Assert.False(CutEdits.MergeAll(outcome.Schedule!).IsDone);
    }

    [Fact]
    public void Merge_PhasesThatAreNotOne_IsRefused() => Assert.False(CutEdits.Merge(s_wsd, 1).IsDone);

    [Fact]
    public void Draw_AShakyLine_IsFewPoints()
    {
        var stroke = Enumerable.Range(0, 300).Select(i => new RatePoint(200 + 2 * i, 2e-3 + (i % 2 == 0 ? 5e-6 : -5e-6))).ToList();

        var outcome = FreeHand.Draw(s_wsd, stroke);

        var drawn = Assert.IsType<PiecewisePoints>(outcome.Schedule!.Phases[outcome.Selected].Phase);
        Assert.Equal(2, drawn.Points.Length);
        Assert.Equal(["constantRate", "piecewisePoints", "constantRate"], outcome.Schedule.Phases[1..4].Select(span => span.Phase.Kind));
    }

    [Fact]
    public void Draw_OneStep_IsRefused() => Assert.False(FreeHand.Draw(s_wsd, [new(5, 1), new(5, 2), new(7, double.NaN)]).IsDone);

    [Fact]
    public void History_TypingOn_IsUndoneAsOneAndTheOldestAreForgotten()
    {
        var history = new EditHistory(s_wsd);
        foreach (var steps in (long[])[12, 120, 1200])
        {
            history = history.Do(BoundaryEdits.SetSteps(history.Schedule, 0, steps, StretchMode.ChangeTotal), goesOn: true);
        }

        Assert.Equal(("set steps of warm-up", 1), (history.UndoName, history.Count));
        Assert.Equal(s_wsd, history.Undo().Schedule);
        for (var i = 0; i < EditHistory.Capacity + 10; i++)
        {
            history = history.Do(BoundaryEdits.ScaleTo(history.Schedule, 2000 + i));
        }

        Assert.Equal(EditHistory.Capacity, history.Count);
    }

    [Fact]
    public void History_TypingOnInAnotherPhase_IsAnEditOfItsOwn()
    {
        var schedule = new ScheduleSpec(new ConstantRate(10, 1), new ConstantRate(10, 2));
        var history = new EditHistory(schedule)
            .Do(BoundaryEdits.SetSteps(schedule, 0, 20, StretchMode.ChangeTotal), goesOn: true)
            .Select(1);

        history = history.Do(BoundaryEdits.SetSteps(history.Schedule, 1, 30, StretchMode.ChangeTotal), goesOn: true);

        Assert.Equal(2, history.Count);
        Assert.Equal(30, history.Undo().Schedule.TotalSteps);
    }

    [Fact]
    public void History_RefusedOrIdleEdits_AreNoEdits()
    {
        var history = new EditHistory(s_wsd, 99);

        Assert.Equal(2, history.Selected);
        Assert.Same(history, history.Do(PhaseEdits.Remove(new(new ConstantRate(1, 1)), 0)));
        Assert.Equal(0, history.Do(BoundaryEdits.ScaleTo(s_wsd, 1000)).Count);
        Assert.Null(history.Undo().RedoName);
    }

    [Fact]
    public void Difference_InWords_NamesPhasesAndNumbers()
    {
        var other = new ScheduleSpec(new LinearRamp(100, 0, 3e-3), new ConstantRate(650, 3e-3), new LinearDecay(200, 3e-3, 1e-4), new ConstantRate(150, 1e-4));

        var lines = ScheduleDifference.InWords(s_wsd, other);

        Assert.Equal(
            [
                "phase 2, hold: 650 steps instead of 700",
                "phase 3, linear decay: instead of cosine decay, to 1e-4 instead of 0",
                "with phase 4, hold 1e-4 for 150",
                "in all 1100 steps instead of 1000",
            ],
            lines);
    }
}
