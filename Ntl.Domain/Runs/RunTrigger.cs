namespace Ntl.Domain.Runs;

/// <summary>What happened to a run, in the words that <see cref="RunLifecycle"/> turns into a status.</summary>
public enum RunTrigger
{
    /// <summary>The queue launches an attempt.</summary>
    Launch,

    /// <summary>The attempt's trainer reported that it trains.</summary>
    Begin,

    /// <summary>The trainer saved and left at a person's wish, or a queued run is held.</summary>
    Pause,

    /// <summary>A person lets a paused run go on.</summary>
    Resume,

    /// <summary>The attempt ended without finishing and may go on from its last checkpoint.</summary>
    Interrupt,

    /// <summary>The run is put back into the queue, by the retry rule or by a person.</summary>
    Requeue,

    /// <summary>The last step was trained and stored.</summary>
    Finish,

    /// <summary>The attempt, or the wish to start one, failed for a typed reason.</summary>
    Fail,

    /// <summary>A person ended the run.</summary>
    Cancel,
}
