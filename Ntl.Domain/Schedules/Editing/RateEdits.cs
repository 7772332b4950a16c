namespace Ntl.Domain.Schedules.Editing;

/// <summary>Edits of the rates at phases' ends: peaks, floors, and the corners between. What is joined to an end follows it.</summary>
public static class RateEdits
{
    /// <summary>The rates that an end may be given, so that all that is joined to it can follow; null where there is none to set.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="index">The phase.</param>
    /// <param name="side">Which end.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static RateRange? Range(ScheduleSpec schedule, int index, PhaseSide side)
    {
        schedule.Phase(index);
        RateRange? range = RateRange.All;
        if (side == PhaseSide.Entry)
        {
            range = Forward(schedule, index, range);
            return Found(Joints.IsJoined(schedule, index) ? Backward(schedule, index - 1, range) : range);
        }

        range = Backward(schedule, index, range);
        return Found(Joints.IsJoined(schedule, index + 1) ? Forward(schedule, index + 1, range) : range);
    }

    /// <summary>Gives one end of a phase a rate; what is joined to it follows.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="index">The phase.</param>
    /// <param name="side">Which end.</param>
    /// <param name="rate">The rate there; the nearest of <see cref="Range"/> is taken when it is a number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static EditOutcome Set(ScheduleSpec schedule, int index, PhaseSide side, double rate)
    {
        var phase = schedule.Phase(index);
        var name = $"set rate of {PhaseNames.Of(phase)}";
        var field = $"phases[{index}].{(side == PhaseSide.Entry ? "startRate" : "endRate")}";
        if (!double.IsFinite(rate))
        {
            return EditOutcome.Refused(name, index, field, "A learning rate must be a number.");
        }

        if (Range(schedule, index, side) is not { } range)
        {
            return EditOutcome.Refused(name, index, field, $"The {PhaseNames.Of(phase)}, or what is joined to it, has no rate to set there.");
        }

        var wanted = range.Clamp(rate) is var clamped and > 0 ? Math.Max(clamped, ScheduleSpec.SmallestPositiveRate) : 0;
        var changed = side == PhaseSide.Entry ? PhaseEnds.WithEntry(phase, wanted) : PhaseEnds.WithExit(phase, wanted);
        return changed is null
            ? EditOutcome.Refused(name, index, field, $"The {PhaseNames.Of(phase)} has no rate to set there.")
            : PhaseEdits.Replace(schedule, index, changed) with { Name = name };
    }

    /// <summary>Moves one of a phase's points. Its step stays between its neighbours'; the first and the last keep theirs, and what is joined to them follows.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="index">The phase.</param>
    /// <param name="point">Which of its points.</param>
    /// <param name="step">The step in the schedule; the nearest possible is taken.</param>
    /// <param name="rate">The rate there; the nearest possible is taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase or point.</exception>
    public static EditOutcome MovePoint(ScheduleSpec schedule, int index, int point, long step, double rate)
    {
        const string Name = "move point";
        if (schedule.Phase(index) is not PiecewisePoints phase)
        {
            return EditOutcome.Refused(Name, index, $"phases[{index}]", $"The {PhaseNames.Of(schedule.Phase(index))} has no points.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, phase.Points.Length);
        if (!double.IsFinite(rate))
        {
            return EditOutcome.Refused(Name, index, $"phases[{index}].points[{point}].rate", "A learning rate must be a number.");
        }

        if (point == 0 || point == phase.Points.Length - 1)
        {
            return Set(schedule, index, point == 0 ? PhaseSide.Entry : PhaseSide.Exit, rate) with { Name = Name };
        }

        var local = Math.Clamp(step - schedule.Phases[index].FirstStep, phase.Points[point - 1].Step + 1, phase.Points[point + 1].Step - 1);
        var sound = RateRange.All.Clamp(rate) is var clamped and > 0 ? Math.Max(clamped, ScheduleSpec.SmallestPositiveRate) : 0;
        return PhaseEdits.Replace(schedule, index, new PiecewisePoints(phase.Points.SetItem(point, new(local, sound)))) with { Name = Name };
    }

    // A hold passes on what it is given, so the chain of joints goes on behind it.
    private static RateRange? Forward(ScheduleSpec schedule, int index, RateRange? range)
    {
        range = And(range, PhaseEnds.EntryRange(schedule.Phases[index].Phase));
        return schedule.Phases[index].Phase is ConstantRate && Joints.IsJoined(schedule, index + 1) ? Forward(schedule, index + 1, range) : range;
    }

    private static RateRange? Backward(ScheduleSpec schedule, int index, RateRange? range)
    {
        range = And(range, PhaseEnds.ExitRange(schedule.Phases[index].Phase));
        return schedule.Phases[index].Phase is ConstantRate && Joints.IsJoined(schedule, index) ? Backward(schedule, index - 1, range) : range;
    }

    private static RateRange? And(RateRange? range, RateRange? other) => range is { } one && other is { } two ? one.And(two) : null;

    private static RateRange? Found(RateRange? range) => range is { } found && found.Lowest <= found.Highest ? found : null;
}
