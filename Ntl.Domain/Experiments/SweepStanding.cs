using Ntl.Domain.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>How far a member of a sweep has come, as the rule of early stops needs it.</summary>
/// <param name="Id">The run.</param>
/// <param name="Spec">With its place in the sweep.</param>
/// <param name="State">Whether it may be stopped, or has ended.</param>
/// <param name="Losses">Validation losses at its rungs, by step, nats/token; those it has not come to are missing.</param>
public sealed record SweepStanding(RunId Id, RunSpec Spec, SweepState State, IReadOnlyDictionary<long, double> Losses);
