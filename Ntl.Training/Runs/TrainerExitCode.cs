namespace Ntl.Training.Runs;

/// <summary>How a trainer process ends. The journal's last status says the same with its reason; the code is the launcher's hint.</summary>
public static class TrainerExitCode
{
    /// <summary>The run has reached a final state that is no failure: completed, or cancelled on request.</summary>
    public const int Finished = 0;

    /// <summary>The run failed; the journal holds the typed reason.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the spec is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Another attempt has taken over; this one wrote nothing more.</summary>
    public const int Superseded = 4;

    /// <summary>A checkpoint is saved and the run wants to go on (<c>EX_TEMPFAIL</c>): paused, or told to end by SIGTERM or SIGUSR1.</summary>
    public const int Saved = 75;
}
