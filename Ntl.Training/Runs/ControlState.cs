namespace Ntl.Training.Runs;

/// <summary>What the server may ask of a trainer.</summary>
public enum ControlState
{
    /// <summary>Train on.</summary>
    Run,

    /// <summary>Save a checkpoint and exit, so that the device is free; a later attempt goes on from there.</summary>
    Pause,

    /// <summary>Save a checkpoint and end for good: the run is cancelled.</summary>
    Stop,
}
