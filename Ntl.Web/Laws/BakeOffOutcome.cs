using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>A bake-off, or why there is none.</summary>
/// <param name="Result">Null when there are problems.</param>
/// <param name="Problems">By field: <c>train</c>, <c>test</c> or <c>laws</c>.</param>
public sealed record BakeOffOutcome(BakeOff? Result, IReadOnlyList<SpecProblem> Problems);
