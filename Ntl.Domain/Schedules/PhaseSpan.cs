namespace Ntl.Domain.Schedules;

/// <summary>A phase and its place in a schedule.</summary>
/// <param name="Index">Position among the phases, from 0.</param>
/// <param name="Phase">The phase.</param>
/// <param name="FirstStep">Its first step in the schedule.</param>
public sealed record PhaseSpan(int Index, SchedulePhase Phase, long FirstStep)
{
    /// <summary>The step after its last one: the boundary to the next phase, or the end of the schedule.</summary>
    public long EndStep => FirstStep + Phase.Steps;

    /// <summary>Its last step.</summary>
    public long LastStep => EndStep - 1;
}
