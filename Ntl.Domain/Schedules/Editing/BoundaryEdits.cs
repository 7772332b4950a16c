namespace Ntl.Domain.Schedules.Editing;

/// <summary>Edits of where one phase ends and the next begins. Boundary b is the one before phase b; the last is the schedule's end.</summary>
public static class BoundaryEdits
{
    /// <summary>The steps that a boundary may be moved to.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="boundary">From 1 to the number of phases.</param>
    /// <param name="mode">Where the steps come from; the schedule's end always changes the total.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such boundary, or it is the start.</exception>
    public static (long Lowest, long Highest) Range(ScheduleSpec schedule, int boundary, StretchMode mode)
    {
        Check(schedule, boundary);
        var phase = schedule.Phases[boundary - 1];
        var highest = TakesFromNeighbour(schedule, boundary, mode)
            ? schedule.Phases[boundary].EndStep - 1
            : phase.EndStep + ScheduleSpec.MaximumSteps - schedule.TotalSteps;
        return (phase.FirstStep + 1, highest);
    }

    /// <summary>Moves a boundary. The rates at the phases' ends stay; the curves between them stretch.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="boundary">From 1 to the number of phases.</param>
    /// <param name="step">Where to; the nearest step of <see cref="Range"/> is taken.</param>
    /// <param name="mode">Where the steps come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such boundary, or it is the start.</exception>
    public static EditOutcome Stretch(ScheduleSpec schedule, int boundary, long step, StretchMode mode)
    {
        var (lowest, highest) = Range(schedule, boundary, mode);
        var end = Math.Clamp(step, lowest, highest);
        var phases = schedule.PhaseList();
        var (left, right) = (boundary - 1, boundary);
        phases[left] = PhaseLength.Resize(phases[left], end - schedule.Phases[left].FirstStep);
        if (TakesFromNeighbour(schedule, boundary, mode))
        {
            phases[right] = PhaseLength.Resize(phases[right], schedule.Phases[right].EndStep - end);
        }

        return EditOutcome.Of($"stretch {PhaseNames.Of(phases[left])}", phases, left);
    }

    /// <summary>Gives a phase a number of steps: its end moves, or its beginning when it is the last and the total is to stay.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="index">The phase.</param>
    /// <param name="steps">Its length afterwards.</param>
    /// <param name="mode">Where the steps come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static EditOutcome SetSteps(ScheduleSpec schedule, int index, long steps, StretchMode mode)
    {
        var phase = schedule.Phase(index);
        return steps is >= 1 and <= ScheduleSpec.MaximumSteps
            ? PhaseEdits.Replace(schedule, index, PhaseLength.Resize(phase, steps), mode) with { Name = $"set steps of {PhaseNames.Of(phase)}" }
            : EditOutcome.Refused($"set steps of {PhaseNames.Of(phase)}", index, $"phases[{index}].steps", $"A number of steps must be from 1 to {ScheduleSpec.MaximumSteps}, but is {steps}.");
    }

    /// <summary>The phase alone at another length: the same picture between the same ends, wider or narrower.</summary>
    /// <param name="phase">A valid phase.</param>
    /// <param name="steps">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps.</exception>
    public static SchedulePhase Resized(SchedulePhase phase, long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return PhaseLength.Resize(phase, steps);
    }

    /// <summary>Stretches the whole schedule: every phase keeps its share of the length, as far as whole steps let it.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="steps">The length afterwards.</param>
    public static EditOutcome ScaleTo(ScheduleSpec schedule, long steps)
    {
        const string Name = "scale schedule";
        if (steps < schedule.Phases.Length || steps > ScheduleSpec.MaximumSteps)
        {
            return EditOutcome.Refused(Name, 0, "steps", $"The total must be from {schedule.Phases.Length}, one step a phase, to {ScheduleSpec.MaximumSteps}, but is {steps}.");
        }

        var phases = new List<SchedulePhase>();
        long end = 0;
        foreach (var span in schedule.Phases)
        {
            var phasesAfter = schedule.Phases.Length - span.Index - 1;
            var wanted = (long)Math.Round((double)span.EndStep / schedule.TotalSteps * steps);
            var next = Math.Clamp(wanted, end + 1, steps - phasesAfter);
            phases.Add(PhaseLength.Resize(span.Phase, next - end));
            end = next;
        }

        return EditOutcome.Of(Name, phases, 0);
    }

    private static bool TakesFromNeighbour(ScheduleSpec schedule, int boundary, StretchMode mode) =>
        mode == StretchMode.TakeFromNeighbour && boundary < schedule.Phases.Length;

    private static void Check(ScheduleSpec schedule, int boundary)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(boundary, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(boundary, schedule.Phases.Length);
    }
}
