namespace Ntl.Web.Queue;

/// <summary>How a trainer is ended.</summary>
public enum StopMode
{
    /// <summary>SIGTERM: save a checkpoint and leave.</summary>
    Ask,

    /// <summary>SIGKILL: leave now. What the journal holds stays.</summary>
    Kill,
}
