using Ntl.Domain.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>The checkpoint that an experiment branches off.</summary>
/// <param name="Id">The run.</param>
/// <param name="Spec">Its spec.</param>
/// <param name="Step">Updates in the checkpoint; 1 to the run's total.</param>
public sealed record ExperimentTrunk(RunId Id, RunSpec Spec, long Step);
