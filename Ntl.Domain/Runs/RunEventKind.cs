namespace Ntl.Domain.Runs;

/// <summary>The kinds of marks on a run's time axis.</summary>
public enum RunEventKind
{
    /// <summary>A checkpoint was written and is whole on disk.</summary>
    CheckpointSaved,

    /// <summary>A checkpoint was found broken and passed over.</summary>
    CheckpointSkipped,

    /// <summary>The attempt went on from a checkpoint.</summary>
    Resumed,

    /// <summary>The run began from a checkpoint of its trunk.</summary>
    Branched,

    /// <summary>The schedule entered a new phase.</summary>
    PhaseStarted,

    /// <summary>Something that a reader of the curves should know.</summary>
    Warning,

    /// <summary>A sweep's rule asked for the end of the run. Written by the server, not by the trainer.</summary>
    StoppedByRule,
}
