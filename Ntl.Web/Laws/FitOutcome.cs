using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>A saved fit, or why there is none.</summary>
/// <param name="Fit">Null when there are problems.</param>
/// <param name="Problems">By field; empty when there is a fit.</param>
public sealed record FitOutcome(SavedFit? Fit, IReadOnlyList<SpecProblem> Problems);
