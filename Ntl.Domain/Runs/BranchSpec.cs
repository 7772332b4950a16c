namespace Ntl.Domain.Runs;

/// <summary>Where a run branches off: a checkpoint of another run. The schedule begins with the trunk's own first steps, so that step and D count from the trunk's start.</summary>
public sealed record BranchSpec
{
    /// <summary>The run that it branches off.</summary>
    public required RunId Run { get; init; }

    /// <summary>Updates in the checkpoint: the branch's first step; ≥ 1 and below its total.</summary>
    public required long Step { get; init; }

    /// <summary>The trunk's <see cref="RunSpecJson.Hash"/>, by which its checkpoint is told.</summary>
    public required string SpecHash { get; init; }
}
