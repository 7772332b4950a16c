using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;

namespace Ntl.Web.Experiments;

/// <summary>A standard experiment to be laid out on this server.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Run">The trunk.</param>
/// <param name="Step">The trunk's checkpoint.</param>
/// <param name="Options">Sizes; null for the kind's own.</param>
public sealed record ExperimentRequest(ExperimentKind Kind, RunId Run, long Step, ExperimentOptions? Options);
