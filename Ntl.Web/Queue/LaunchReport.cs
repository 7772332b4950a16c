namespace Ntl.Web.Queue;

/// <summary>What a launcher knows of a trainer.</summary>
/// <param name="State">Whether it lives.</param>
/// <param name="Detail">How it ended, for the reader, where that is known.</param>
public sealed record LaunchReport(LaunchState State, string? Detail);
