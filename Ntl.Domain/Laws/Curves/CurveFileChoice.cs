namespace Ntl.Domain.Laws.Curves;

/// <summary>Which of a file's series to read.</summary>
/// <param name="Loss">Name of the loss's column, metric or tag; null to find it by its name.</param>
/// <param name="Rate">Name of the learning rate's; null likewise.</param>
/// <param name="Step">Name of the step's column; null likewise. Event files have none: each of their values has its step.</param>
/// <param name="KeepDiverged">Whether a run that ends with a loss that is not finite is kept up to its last finite loss, and named as
/// diverged; false to leave it out.</param>
public sealed record CurveFileChoice(string? Loss = null, string? Rate = null, string? Step = null, bool KeepDiverged = false);
