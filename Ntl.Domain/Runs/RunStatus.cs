namespace Ntl.Domain.Runs;

/// <summary>Where a run stands. Only <see cref="RunLifecycle"/> says which changes are allowed.</summary>
public enum RunStatus
{
    /// <summary>Waits for a device.</summary>
    Queued,

    /// <summary>An attempt was launched; its trainer has not reported yet.</summary>
    Starting,

    /// <summary>The current attempt trains.</summary>
    Running,

    /// <summary>Held by a person; the device is free and the last checkpoint is kept.</summary>
    Paused,

    /// <summary>The attempt ended without finishing (signal, lost process); the server queues the run again by itself.</summary>
    Interrupted,

    /// <summary>All steps were trained. Final.</summary>
    Finished,

    /// <summary>Ended for the reason in its <see cref="RunFailure"/>. Final, unless a person queues it again.</summary>
    Failed,

    /// <summary>Ended by a person. Final, unless a person queues it again.</summary>
    Cancelled,
}
