namespace Ntl.Web.Queue;

/// <summary>How a command ended.</summary>
public enum CommandResult
{
    /// <summary>The wish is durable.</summary>
    Accepted,

    /// <summary>There is no such run.</summary>
    NotFound,

    /// <summary>The run's status does not allow it.</summary>
    Refused,
}
