namespace Ntl.Domain.Schedules.Editing;

/// <summary>Edits of a schedule's list of phases. Each returns another schedule, or what keeps it from being one; none changes anything.</summary>
public static class PhaseEdits
{
    /// <summary>Puts a phase into the schedule.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="at">Place of the new phase, from 0 to the number of phases.</param>
    /// <param name="phase">Any phase; its problems are the outcome's.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public static EditOutcome Add(ScheduleSpec schedule, int at, SchedulePhase phase)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(at, schedule.Phases.Length);
        var phases = schedule.PhaseList();
        phases.Insert(at, phase);
        return EditOutcome.Of($"add {PhaseNames.Of(phase)}", phases, at);
    }

    /// <summary>Puts a hold behind a phase, at the rate that the phase arrives at.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="after">Index of the phase that it follows.</param>
    /// <param name="steps">Length of the hold.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static EditOutcome AddHold(ScheduleSpec schedule, int after, long steps) =>
        Add(schedule, after + 1, new ConstantRate(steps, schedule.Phase(after).ExitRate));

    /// <summary>Takes a phase out; the schedule gets shorter by it.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="index">The phase.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static EditOutcome Remove(ScheduleSpec schedule, int index)
    {
        var name = $"remove {PhaseNames.Of(schedule.Phase(index))}";
        if (schedule.Phases.Length == 1)
        {
            return EditOutcome.Refused(name, 0, "phases", "A schedule has at least one phase: change this one, or add another first.");
        }

        var phases = schedule.PhaseList();
        phases.RemoveAt(index);
        return EditOutcome.Of(name, phases, index);
    }

    /// <summary>Puts the same phase behind itself once more.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="index">The phase.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static EditOutcome Duplicate(ScheduleSpec schedule, int index)
    {
        var phase = schedule.Phase(index);
        return Add(schedule, index + 1, phase) with { Name = $"duplicate {PhaseNames.Of(phase)}" };
    }

    /// <summary>Gives a phase another place in the order; the schedule's length and D stay.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="from">Index of the phase.</param>
    /// <param name="to">Its index afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase or place.</exception>
    public static EditOutcome Move(ScheduleSpec schedule, int from, int to)
    {
        var phase = schedule.Phase(from);
        schedule.Phase(to);
        var phases = schedule.PhaseList();
        phases.RemoveAt(from);
        phases.Insert(to, phase);
        return EditOutcome.Of($"move {PhaseNames.Of(phase)}", phases, to);
    }

    /// <summary>Puts another phase in a phase's place. What was joined to its ends stays joined where the neighbour can follow.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="index">The phase.</param>
    /// <param name="phase">What comes instead; its problems are the outcome's.</param>
    /// <param name="mode">Where its steps come from when it has another number of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static EditOutcome Replace(ScheduleSpec schedule, int index, SchedulePhase phase, StretchMode mode = StretchMode.ChangeTotal)
    {
        var before = schedule.Phase(index);
        var name = $"change {PhaseNames.Of(before)}";
        if (ScheduleSpec.Validate([phase]) is { Count: > 0 } own)
        {
            return new(name, null, index, [.. own.Select(problem => problem with { Path = $"phases[{index}]{problem.Path["phases[0]".Length..]}" })]);
        }

        var phases = schedule.PhaseList();
        if (phase.Steps != before.Steps && mode == StretchMode.TakeFromNeighbour && schedule.Phases.Length > 1)
        {
            var neighbour = index + 1 < phases.Count ? index + 1 : index - 1;
            var left = phases[neighbour].Steps - (phase.Steps - before.Steps);
            if (left < 1)
            {
                return EditOutcome.Refused(name, index, $"phases[{index}].steps", $"The {PhaseNames.Of(phases[neighbour])} beside it has only {phases[neighbour].Steps - 1} steps to give. Let the total change instead.");
            }

            phases[neighbour] = PhaseLength.Resize(phases[neighbour], left);
        }

        phases[index] = phase;
        Joints.Follow(phases, index, schedule);
        return EditOutcome.Of(name, phases, index);
    }

    internal static List<SchedulePhase> PhaseList(this ScheduleSpec schedule) => [.. schedule.Phases.Select(span => span.Phase)];

    internal static SchedulePhase Phase(this ScheduleSpec schedule, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, schedule.Phases.Length);
        return schedule.Phases[index].Phase;
    }
}
