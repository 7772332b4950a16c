using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>A suggestion, or why there is none.</summary>
/// <param name="Suggestion">Null when there are problems.</param>
/// <param name="Problems">By field.</param>
public sealed record SuggestionOutcome(Suggestion? Suggestion, IReadOnlyList<SpecProblem> Problems);
