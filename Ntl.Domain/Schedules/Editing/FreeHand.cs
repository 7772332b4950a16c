namespace Ntl.Domain.Schedules.Editing;

/// <summary>A curve drawn by hand, as a phase of few points.</summary>
public static class FreeHand
{
    /// <summary>The most points that a drawn phase has.</summary>
    public const int MaximumPoints = 40;

    // A hand trembles by about so much of the picture's height.
    private const double Tremor = 0.006;

    /// <summary>Puts a drawn stroke in the place of what was there, from its first to its last step. The rest, and the length, stay.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="stroke">Where the hand went, in any order of steps; of several points of one step the last counts.</param>
    public static EditOutcome Draw(ScheduleSpec schedule, IReadOnlyList<RatePoint> stroke)
    {
        const string Name = "draw by hand";
        var drawn = stroke
            .Where(point => double.IsFinite(point.Rate))
            .Select(point => new RatePoint(Math.Clamp(point.Step, 0, schedule.TotalSteps), Sound(point.Rate)))
            .GroupBy(point => point.Step)
            .Select(group => group.Last())
            .OrderBy(point => point.Step)
            .ToList();
        if (drawn.Count < 2)
        {
            return EditOutcome.Refused(Name, 0, "points", "Draw from one step to another: a stroke needs two steps at least.");
        }

        var (from, to) = (drawn[0].Step, drawn[^1].Step);
        var height = Math.Max(schedule.Peak, drawn.Max(point => point.Rate));
        var points = CurvePoints.Simplify([.. drawn.Select(point => point with { Step = point.Step - from })], height * Tremor, MaximumPoints);
        List<SchedulePhase> phases = [.. Before(schedule, from), new PiecewisePoints(points), .. After(schedule, to)];
        return EditOutcome.Of(Name, phases, Before(schedule, from).Count());
    }

    private static double Sound(double rate) => RateRange.All.Clamp(rate) is var clamped and > 0 ? Math.Max(clamped, ScheduleSpec.SmallestPositiveRate) : 0;

    private static IEnumerable<SchedulePhase> Before(ScheduleSpec schedule, long step) =>
        step == 0 ? [] : schedule.First(step).Phases.Select(span => span.Phase);

    private static IEnumerable<SchedulePhase> After(ScheduleSpec schedule, long step)
    {
        if (step >= schedule.TotalSteps)
        {
            return [];
        }

        var span = schedule.PhaseAt(step);
        var rest = schedule.Phases.Skip(span.Index + 1).Select(later => later.Phase);
        return [span.FirstStep == step ? span.Phase : CutEdits.Cut(span.Phase, step - span.FirstStep).Second, .. rest];
    }
}
