namespace Ntl.Domain.Experiments;

/// <summary>Where a member of a sweep stands.</summary>
public enum SweepState
{
    /// <summary>It waits or trains, and may be stopped.</summary>
    Open,

    /// <summary>It finished, or may not be stopped: a person has paused it, or had it go on after a stop.</summary>
    Kept,

    /// <summary>It ended early.</summary>
    EndedEarly,
}
