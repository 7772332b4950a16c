namespace Ntl.Domain.Runs;

/// <summary>How an attempt ended, in its own words.</summary>
public enum AttemptOutcome
{
    /// <summary>All steps trained, final validation and checkpoint written.</summary>
    Finished,

    /// <summary>Saved and left because a person paused the run.</summary>
    Paused,

    /// <summary>Left because a person ended the run.</summary>
    Stopped,

    /// <summary>Saved and left on a signal; wants to go on.</summary>
    Interrupted,

    /// <summary>Failed for a typed reason.</summary>
    Failed,
}
