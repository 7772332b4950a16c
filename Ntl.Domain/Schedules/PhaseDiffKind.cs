namespace Ntl.Domain.Schedules;

/// <summary>What became of a phase from one schedule to another.</summary>
public enum PhaseDiffKind
{
    /// <summary>It stands in both, field for field.</summary>
    Unchanged,

    /// <summary>It stands in both, with other values.</summary>
    Changed,

    /// <summary>Only the second schedule has it.</summary>
    Added,

    /// <summary>Only the first schedule has it.</summary>
    Removed,
}
