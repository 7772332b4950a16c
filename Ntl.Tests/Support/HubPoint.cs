namespace Ntl.Tests.Support;

/// <summary>A point as a viewer of the hub saw it.</summary>
public sealed record HubPoint(string Key, int Attempt, long Step, double Value);
