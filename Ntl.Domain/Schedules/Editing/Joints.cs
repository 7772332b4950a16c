namespace Ntl.Domain.Schedules.Editing;

/// <summary>Boundaries without a jump: where a phase begins at the rate that the one before arrives at. An edit of one side keeps them so.</summary>
public static class Joints
{
    /// <summary>Whether a boundary has no jump.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="boundary">The boundary before the phase of that index; neither the schedule's start nor its end has a joint.</param>
    public static bool IsJoined(ScheduleSpec schedule, int boundary) =>
        boundary > 0 && boundary < schedule.Phases.Length && schedule.Phases[boundary - 1].Phase.ExitRate == schedule.Phases[boundary].Phase.EntryRate;

    /// <summary>Lets the neighbours of a changed phase follow it, and theirs, as far as they were joined before and can follow.</summary>
    internal static void Follow(List<SchedulePhase> phases, int changed, ScheduleSpec before)
    {
        for (var i = changed; i + 1 < phases.Count && IsJoined(before, i + 1); i++)
        {
            if (phases[i].ExitRate == phases[i + 1].EntryRate || Sound(PhaseEnds.WithEntry(phases[i + 1], phases[i].ExitRate)) is not { } next)
            {
                break;
            }

            phases[i + 1] = next;
        }

        for (var i = changed; i > 0 && IsJoined(before, i); i--)
        {
            if (phases[i - 1].ExitRate == phases[i].EntryRate || Sound(PhaseEnds.WithExit(phases[i - 1], phases[i].EntryRate)) is not { } previous)
            {
                break;
            }

            phases[i - 1] = previous;
        }
    }

    // A neighbour that cannot follow, as a cosine below its own floor, stays as it is: the boundary gets a jump.
    private static SchedulePhase? Sound(SchedulePhase? phase) => phase is not null && ScheduleSpec.Validate([phase]).Count == 0 ? phase : null;
}
