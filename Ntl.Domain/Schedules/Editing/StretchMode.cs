namespace Ntl.Domain.Schedules.Editing;

/// <summary>Where the steps come from when a phase grows, and go when it shrinks.</summary>
public enum StretchMode
{
    /// <summary>The phase beyond the boundary: the schedule's length stays.</summary>
    TakeFromNeighbour,

    /// <summary>Nowhere: the schedule's length changes with the phase's.</summary>
    ChangeTotal,
}
