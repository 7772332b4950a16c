namespace Ntl.Domain.Laws.Curves;

/// <summary>Which of a file's series to read.</summary>
/// <param name="Loss">Name of the loss's column, metric or tag; null to find it by its name.</param>
/// <param name="Rate">Name of the learning rate's; null likewise.</param>
public sealed record CurveFileChoice(string? Loss = null, string? Rate = null);
