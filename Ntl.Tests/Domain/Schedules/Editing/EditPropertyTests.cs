using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Schedules.Editing;

/// <summary>What holds for every edit of every schedule.</summary>
public class EditPropertyTests
{
    private static readonly Arbitrary<(ScheduleSpec Schedule, int A, int B, long Step, double Rate)> s_edits = (
        from schedule in Arbitrary.Schedules.Generator
        from a in Gen.Choose(0, schedule.Phases.Length - 1)
        from b in Gen.Choose(0, schedule.Phases.Length - 1)
        from step in Gen.Choose(-5, (int)schedule.TotalSteps + 200)
        from share in Gen.Choose(0, 40)
        from isZero in Gen.Elements(true, false, false)
        select (schedule, a, b, (long)step, isZero ? 0 : schedule.Peak * share / 20)).ToArbitrary();

    public static IEnumerable<Func<ScheduleSpec, int, int, long, double, EditOutcome>> Edits { get; } =
    [
        (schedule, a, _, _, _) => PhaseEdits.AddHold(schedule, a, 7),
        (schedule, a, _, _, _) => PhaseEdits.Remove(schedule, a),
        (schedule, a, _, _, _) => PhaseEdits.Duplicate(schedule, a),
        (schedule, a, b, _, _) => PhaseEdits.Move(schedule, a, b),
        (schedule, a, b, _, _) => PhaseEdits.Replace(schedule, a, schedule.Phases[b].Phase, StretchMode.TakeFromNeighbour),
        (schedule, a, _, step, _) => BoundaryEdits.Stretch(schedule, a + 1, step, StretchMode.TakeFromNeighbour),
        (schedule, a, _, step, _) => BoundaryEdits.Stretch(schedule, a + 1, step, StretchMode.ChangeTotal),
        (schedule, a, _, step, _) => BoundaryEdits.SetSteps(schedule, a, step, StretchMode.TakeFromNeighbour),
        (schedule, a, _, step, _) => BoundaryEdits.SetSteps(schedule, a, step, StretchMode.ChangeTotal),
        (schedule, _, _, step, _) => BoundaryEdits.ScaleTo(schedule, step),
        (schedule, a, _, _, rate) => RateEdits.Set(schedule, a, PhaseSide.Entry, rate),
        (schedule, a, _, _, rate) => RateEdits.Set(schedule, a, PhaseSide.Exit, rate),
        (schedule, a, b, _, _) => ShapeEdits.Change(schedule, a, (PhaseShape)(b % Enum.GetValues<PhaseShape>().Length)),
        (schedule, _, _, step, _) => CutEdits.Split(schedule, step),
        (schedule, a, _, _, _) => CutEdits.Merge(schedule, a),
        (schedule, _, _, _, _) => CutEdits.MergeAll(schedule),
        (schedule, a, b, step, rate) => FreeHand.Draw(schedule, [new(step, rate), new(step / 2, rate / 2), new(a, rate), new(step / 3, b)]),
    ];

    [Fact]
    public void AnyEdit_OfAnySchedule_IsAScheduleOrItsProblems() => CheckAll((before, outcome) =>
    {
        Assert.NotEqual(outcome.IsDone, outcome.Problems.Length > 0);
        Assert.NotEmpty(outcome.Name);
        if (outcome.IsDone)
        {
            Assert.Empty(ScheduleSpec.Validate([.. outcome.Schedule.Phases.Select(span => span.Phase)]));
            Assert.Equal(outcome.Schedule.Hash, ScheduleSpec.Parse(outcome.Schedule.CanonicalJson).Hash);
            Assert.InRange(outcome.Selected, 0, outcome.Schedule.Phases.Length - 1);
        }
        else
        {
            Assert.All(outcome.Problems, problem => Assert.NotEmpty(problem.Message));
        }
    });

    [Fact]
    public void Undo_AfterAnyEdits_RestoresEachHashAndRedoGoesBack() => Check((before, a, b, step, rate) =>
    {
        var history = new EditHistory(before, a);
        var hashes = new List<ScheduleHash> { before.Hash };
        foreach (var edit in Edits)
        {
            var index = Math.Min(a, history.Schedule.Phases.Length - 1);
            var other = Math.Min(b, history.Schedule.Phases.Length - 1);
            var after = history.Do(edit(history.Schedule, index, other, step, rate));
            if (!after.Schedule.Equals(history.Schedule))
            {
                hashes.Add(after.Schedule.Hash);
            }

            history = after;
        }

        Assert.Equal(hashes.Count - 1, history.Count);
        var end = history;
        for (var i = hashes.Count - 1; i >= 0; i--)
        {
            Assert.Equal(hashes[i], history.Schedule.Hash);
            Assert.Equal(i > 0, history.UndoName is not null);
            history = history.Undo();
        }

        while (history.RedoName is not null)
        {
            history = history.Redo();
        }

        Assert.Equal(end.Schedule.Hash, history.Schedule.Hash);
        Assert.Equal(end.UndoName, history.UndoName);
    });

    [Fact]
    public void Stretch_TakingFromTheNeighbour_KeepsTheTotalAndEveryOtherBoundary() => Check((before, a, _, step, _) =>
    {
        if (a == before.Phases.Length - 1)
        {
            return;
        }

        var after = BoundaryEdits.Stretch(before, a + 1, step, StretchMode.TakeFromNeighbour).Schedule!;

        Assert.Equal(before.TotalSteps, after.TotalSteps);
        Assert.Equal(before.Phases.Length, after.Phases.Length);
        Assert.All(before.Phases.Where(span => span.Index != a), span => Assert.Equal(span.EndStep, after.Phases[span.Index].EndStep));
        var (lowest, highest) = BoundaryEdits.Range(before, a + 1, StretchMode.TakeFromNeighbour);
        Assert.Equal(Math.Clamp(step, lowest, highest), after.Phases[a].EndStep);
    });

    [Fact]
    public void Stretch_ChangingTheTotal_ChangesNoOtherLength() => Check((before, a, _, step, _) =>
    {
        var after = BoundaryEdits.Stretch(before, a + 1, step, StretchMode.ChangeTotal).Schedule!;

        Assert.All(before.Phases.Where(span => span.Index != a), span => Assert.Equal(span.Phase, after.Phases[span.Index].Phase));
        Assert.Equal(before.TotalSteps + after.Phases[a].Phase.Steps - before.Phases[a].Phase.Steps, after.TotalSteps);
    });

    [Fact]
    public void Stretch_AnyPhaseWithEndsOfItsOwn_KeepsThemAndWhatIsJoinedToThem() => Check((before, a, _, step, _) =>
    {
        if (before.Phases[a].Phase is StepDecay or ExpressionPhase)
        {
            return; // their end depends on their length
        }

        var after = BoundaryEdits.Stretch(before, a + 1, step, StretchMode.ChangeTotal).Schedule!;

        Assert.Equal(before.Phases[a].Phase.EntryRate, after.Phases[a].Phase.EntryRate);
        Assert.Equal(before.Phases[a].Phase.ExitRate, after.Phases[a].Phase.ExitRate);
        Assert.All(Enumerable.Range(1, before.Phases.Length - 1), boundary => Assert.Equal(Joints.IsJoined(before, boundary), Joints.IsJoined(after, boundary)));
    });

    [Fact]
    public void SetRate_InsideItsRange_GivesThatRateAndKeepsJointsJoined() => Check((before, a, _, _, rate) =>
    {
        foreach (var side in Enum.GetValues<PhaseSide>())
        {
            if (RateEdits.Range(before, a, side) is not { } range)
            {
                Assert.False(RateEdits.Set(before, a, side, rate).IsDone);
                continue;
            }

            var after = RateEdits.Set(before, a, side, rate).Schedule!;

            var phase = after.Phases[a].Phase;
            Assert.Equal(range.Clamp(rate), side == PhaseSide.Entry ? phase.EntryRate : phase.ExitRate);
            Assert.Equal(before.TotalSteps, after.TotalSteps);
            var boundary = side == PhaseSide.Entry ? a : a + 1;
            Assert.Equal(Joints.IsJoined(before, boundary), Joints.IsJoined(after, boundary) && Joints.IsJoined(before, boundary));
        }
    });

    [Fact]
    public void Move_AnyPhase_KeepsLengthAndIntrinsicTime() => Check((before, a, b, _, _) =>
    {
        var after = PhaseEdits.Move(before, a, b).Schedule!;

        Assert.Equal(before.TotalSteps, after.TotalSteps);
        Assert.Equal(before.IntrinsicTime, after.IntrinsicTime, before.IntrinsicTime * 1e-12 + double.Epsilon);
        Assert.Equal(before.Phases[a].Phase, after.Phases[b].Phase);
        Assert.Equal(before.Hash, PhaseEdits.Move(after, b, a).Schedule!.Hash);
    });

    [Fact]
    public void Split_AnyStep_KeepsEveryRate() => Check((before, _, _, step, _) =>
    {
        var outcome = CutEdits.Split(before, step);
        if (!outcome.IsDone)
        {
            return;
        }

        var after = outcome.Schedule;
        Assert.Equal(before.TotalSteps, after.TotalSteps);
        Assert.Equal(before.Phases.Length + 1, after.Phases.Length);
        Assert.Equal(step, after.Phases[outcome.Selected].FirstStep);
        var tolerance = before.Peak * (outcome.Note is null ? 1e-9 : 2e-3);
        Assert.All(SchedulePropertyTests.Rates(before).Zip(SchedulePropertyTests.Rates(after)), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    });

    [Fact]
    public void Merge_WhatWasSplitIntoShapes_GivesTheRatesOfOnePhaseAgain() => Check((before, _, _, step, _) =>
    {
        var split = CutEdits.Split(before, step);
        if (!split.IsDone || (split.Note is not null && split.Schedule.Phases[split.Selected].Phase is PiecewisePoints))
        {
            return; // what is drawn by points is not quite the same
        }

        var merged = CutEdits.Merge(split.Schedule, split.Selected - 1);

        Assert.True(merged.IsDone, string.Join(' ', merged.Problems.Select(problem => problem.Message)));
        Assert.Equal(before.Phases.Length, merged.Schedule.Phases.Length);
        Assert.All(SchedulePropertyTests.Rates(before).Zip(SchedulePropertyTests.Rates(merged.Schedule)), pair => Assert.Equal(pair.First, pair.Second, before.Peak * 1e-8));
    });

    [Fact]
    public void ScaleTo_AnyLength_HasItAndKeepsSharesWithinAStepAPhase() => Check((before, _, _, step, _) =>
    {
        var outcome = BoundaryEdits.ScaleTo(before, step);
        if (!outcome.IsDone)
        {
            Assert.True(step < before.Phases.Length);
            return;
        }

        Assert.Equal(step, outcome.Schedule.TotalSteps);
        Assert.All(before.Phases, span => Assert.Equal((double)span.EndStep / before.TotalSteps * step, outcome.Schedule.Phases[span.Index].EndStep, before.Phases.Length + 0.5));
    });

    [Fact]
    public void Draw_AnyStroke_KeepsTheTotalAndWhatIsOutsideIt() => Check((before, a, _, step, rate) =>
    {
        var from = Math.Clamp(step, 0, before.TotalSteps) / 2;
        var to = Math.Clamp(step, 0, before.TotalSteps);

        var outcome = FreeHand.Draw(before, [new(from, rate), new((from + to) / 2, rate / 3), new(to, rate / 2)]);

        if (to - from < 2)
        {
            Assert.Equal(to > from, outcome.IsDone);
            return;
        }

        Assert.Equal(before.TotalSteps, outcome.Schedule!.TotalSteps);
        Assert.IsType<PiecewisePoints>(outcome.Schedule.Phases[outcome.Selected].Phase);
        Assert.Equal(rate, outcome.Schedule.LearningRate(from), rate * 1e-12);
        for (var other = 0L; other < before.TotalSteps; other++)
        {
            if (other < from || other >= to)
            {
                Assert.Equal(before.LearningRate(other), outcome.Schedule.LearningRate(other), before.Peak * 2e-3);
            }
        }
    });

    [Fact]
    public void Difference_OfTwoSchedules_IsEmptyOnlyWhenTheyAreEqual() => Check((before, a, b, step, rate) =>
    {
        Assert.Empty(ScheduleDifference.InWords(before, before));
        foreach (var outcome in Edits.Select(edit => edit(before, a, b, step, rate)).Where(outcome => outcome.IsDone))
        {
            Assert.Equal(outcome.Schedule!.Equals(before), ScheduleDifference.InWords(before, outcome.Schedule).IsEmpty);
        }
    });

    private static void Check(Action<ScheduleSpec, int, int, long, double> claim) =>
        Prop.ForAll(s_edits, edit => claim(edit.Schedule, edit.A, edit.B, edit.Step, edit.Rate)).Check(Properties.Seeded());

    private static void CheckAll(Action<ScheduleSpec, EditOutcome> claim) => Check((schedule, a, b, step, rate) =>
        Assert.All(Edits, edit => claim(schedule, edit(schedule, a, b, step, rate))));
}
