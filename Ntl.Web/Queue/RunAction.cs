namespace Ntl.Web.Queue;

/// <summary>What a person may do to a run.</summary>
public enum RunAction
{
    /// <summary>Save a checkpoint and free the device; a queued run is only held.</summary>
    Pause,

    /// <summary>Put a paused run back into the queue.</summary>
    Resume,

    /// <summary>End the run; its points and checkpoints stay.</summary>
    Cancel,

    /// <summary>Queue a failed or cancelled run again; it goes on from its newest checkpoint.</summary>
    Requeue,

    /// <summary>Change a waiting run's place in the queue.</summary>
    Move,
}
