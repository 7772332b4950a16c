using Ntl.Domain.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>One run of an experiment, to be queued.</summary>
/// <param name="Id">The run.</param>
/// <param name="Spec">With branch, membership and probes. A branch of another member comes after it in the plan, and needs its checkpoint.</param>
public sealed record ExperimentMember(RunId Id, RunSpec Spec)
{
    /// <summary>Updates that the run itself makes.</summary>
    public long Steps => Spec.TotalSteps - Spec.FirstStep;
}
