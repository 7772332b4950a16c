namespace Ntl.Web.Laws;

/// <summary>Where a loss curve comes from.</summary>
public enum CurveOrigin
{
    /// <summary>A run of this server.</summary>
    Run,

    /// <summary>An imported file.</summary>
    File,
}
