namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>Something about a run that a person should look at.</summary>
/// <param name="Kind">What.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="SinceStep">The step from which on it shows.</param>
/// <param name="Sentence">What happens and what could be done, one sentence.</param>
/// <param name="Evidence">The numbers that it rests on.</param>
public sealed record RunAlert(RunAlertKind Kind, RunAlertSeverity Severity, long SinceStep, string Sentence, string Evidence);
