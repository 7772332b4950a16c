namespace Ntl.Domain.Laws.Curves;

/// <summary>A run of a file that was not read, beside others that were.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="Points">Its finite losses.</param>
/// <param name="Reason">Why not, without the name and without a full stop.</param>
public sealed record LeftOutCurve(string Name, int Points, string Reason);
