using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>A new run's identity, or every problem that its spec has.</summary>
/// <param name="Id">The run; null when there are problems.</param>
/// <param name="Problems">Empty when the run was queued.</param>
public sealed record CreateOutcome(RunId? Id, IReadOnlyList<SpecProblem> Problems);
