namespace Ntl.Domain.Schedules.Editing;

/// <summary>An end of a phase.</summary>
public enum PhaseSide
{
    /// <summary>Where it begins.</summary>
    Entry,

    /// <summary>Where it ends.</summary>
    Exit,
}
