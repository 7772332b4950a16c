namespace Ntl.Training.Runs;

/// <summary>What a reader may conclude from a lease.</summary>
public enum LeaseState
{
    /// <summary>The holder runs and renews.</summary>
    Live,

    /// <summary>No renewal for <see cref="Lease.SilenceTimeout"/>: hung, stopped, or on a machine out of reach. It may still write; raise the fence before starting another.</summary>
    Silent,

    /// <summary>The holder was a process of this machine and has ended.</summary>
    Dead,
}
