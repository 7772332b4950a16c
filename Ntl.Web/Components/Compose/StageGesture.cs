using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;

namespace Ntl.Web.Components.Compose;

/// <summary>What a hand, or a key, did on the stage. Comes from the browser: nothing in it is trusted.</summary>
/// <param name="Kind">node, point, boundary, move, draw, select, cancel, undo or redo.</param>
/// <param name="Index">A phase; a boundary for the kind boundary.</param>
/// <param name="Boundary">The boundary that a node stands at.</param>
/// <param name="Point">One of the phase's points.</param>
/// <param name="Side">entry or exit.</param>
/// <param name="Step">Where it was moved to; null when it kept its step.</param>
/// <param name="Rate">The rate it was given; null when it kept its rate.</param>
/// <param name="To">A phase's place afterwards.</param>
/// <param name="Steps">Of a drawn stroke.</param>
/// <param name="Rates">Of a drawn stroke.</param>
public sealed record StageGesture(
    string? Kind, int Index, int? Boundary, int? Point, string? Side, double? Step, double? Rate, int? To, double[]? Steps, double[]? Rates)
{
    internal const string Select = "select";
    internal const string Cancel = "cancel";
    internal const string Undo = "undo";
    internal const string Redo = "redo";

    private const int LongestStroke = 2_000;

    /// <summary>The edit that is meant; null when it makes no sense for the schedule, as one that was sent before another arrived.</summary>
    internal EditOutcome? Edit(ScheduleSpec schedule, StretchMode mode)
    {
        var hasPhase = Index >= 0 && Index < schedule.Phases.Length;
        return Kind switch
        {
            "boundary" when Step is { } step && Index >= 1 && Index <= schedule.Phases.Length => BoundaryEdits.Stretch(schedule, Index, Whole(step), mode),
            "move" when hasPhase && To is { } to && to >= 0 && to < schedule.Phases.Length => PhaseEdits.Move(schedule, Index, to),
            "point" when hasPhase && schedule.Phases[Index].Phase is PiecewisePoints points && Point is { } point && point >= 0 && point < points.Points.Length =>
                RateEdits.MovePoint(schedule, Index, point, Step is { } step ? Whole(step) : schedule.Phases[Index].FirstStep + points.Points[point].Step, Rate ?? points.Points[point].Rate),
            "node" when hasPhase => MoveNode(schedule, mode),
            "draw" when Steps is { Length: <= LongestStroke } && Rates?.Length == Steps.Length =>
                FreeHand.Draw(schedule, [.. Steps.Zip(Rates, (step, rate) => new RatePoint(Whole(step), rate))]),
            _ => null,
        };
    }

    private EditOutcome? MoveNode(ScheduleSpec schedule, StretchMode mode)
    {
        EditOutcome? outcome = null;
        if (Step is { } step && Boundary is { } boundary && boundary >= 1 && boundary <= schedule.Phases.Length)
        {
            outcome = BoundaryEdits.Stretch(schedule, boundary, Whole(step), mode);
        }

        if (Rate is { } rate && (outcome is null || outcome.IsDone))
        {
            var side = string.Equals(Side, "entry", StringComparison.Ordinal) ? PhaseSide.Entry : PhaseSide.Exit;
            outcome = RateEdits.Set(outcome?.Schedule ?? schedule, Index, side, rate);
        }

        return outcome;
    }

    private static long Whole(double step) => double.IsFinite(step) ? (long)Math.Clamp(Math.Round(step), 0, ScheduleSpec.MaximumSteps) : 0;
}
