using Ntl.Domain.Thermodynamics;

namespace Ntl.Training.Probes;

/// <summary>What <see cref="CurvatureProbe"/> measured.</summary>
/// <param name="Whole">Traces over all parameters.</param>
/// <param name="Groups">Traces by group, in the groups' order.</param>
/// <param name="Largest">λ_max of H; nats/parameter².</param>
/// <param name="LargestPreconditioned">λ̃_max of P^½HP^½; 1/rate. Null under a sign rule.</param>
public sealed record CurvatureReading(CurvatureTrace Whole, IReadOnlyList<CurvatureTrace> Groups, RitzValue Largest, RitzValue? LargestPreconditioned);
