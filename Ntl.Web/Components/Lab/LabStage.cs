namespace Ntl.Web.Components.Lab;

/// <summary>What an experiment is at.</summary>
internal enum LabStage
{
    /// <summary>Nothing runs: the result is there, or none was asked for.</summary>
    Idle,

    /// <summary>It waits for other visitors' experiments.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>The reader stopped it.</summary>
    Cancelled,

    /// <summary>It broke; the log has the error.</summary>
    Failed,
}
