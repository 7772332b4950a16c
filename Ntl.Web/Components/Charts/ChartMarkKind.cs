namespace Ntl.Web.Components.Charts;

/// <summary>What happened at a mark; decides its colour and stroke.</summary>
public enum ChartMarkKind
{
    /// <summary>One phase of the schedule ends, the next begins.</summary>
    Phase,

    /// <summary>Weights were saved: a tick at the foot.</summary>
    Checkpoint,

    /// <summary>Training went on from a checkpoint.</summary>
    Resume,

    /// <summary>Training was held.</summary>
    Pause,

    /// <summary>The run failed.</summary>
    Failure,

    /// <summary>Anything else that was recorded.</summary>
    Event,
}
