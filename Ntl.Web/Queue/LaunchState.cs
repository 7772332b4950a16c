namespace Ntl.Web.Queue;

/// <summary>Whether a launcher believes that a trainer lives.</summary>
public enum LaunchState
{
    Alive,

    Gone,

    /// <summary>It cannot be known from here, such as on a machine out of reach.</summary>
    Unknown,
}
