namespace Ntl.Tests.Support;

/// <summary>One frame of the hub's stream.</summary>
public sealed record HubUpdate(string Status, string Cursor, bool MustReload, IReadOnlyList<HubPoint> Points);
