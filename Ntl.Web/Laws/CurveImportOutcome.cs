using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>What became of an import.</summary>
/// <param name="Curves">The new curves, or those that the same file made before; empty when there are problems.</param>
/// <param name="Series">What the file has to choose from, where that is the problem.</param>
/// <param name="Notes">What to know of the curves.</param>
/// <param name="Problems">By field: <c>file</c>, <c>loss</c>, <c>rate</c> or <c>schedule</c>.</param>
public sealed record CurveImportOutcome(IReadOnlyList<ImportedCurve> Curves, IReadOnlyList<string> Series, IReadOnlyList<string> Notes, IReadOnlyList<SpecProblem> Problems);
