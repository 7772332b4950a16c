namespace Ntl.Domain.Thermodynamics;

/// <summary>The curvature of a loss, summed over a set of parameters.</summary>
/// <param name="Parameters">n, parameters in the set.</param>
/// <param name="Trace">Tr H over them; nats/parameter².</param>
/// <param name="PreconditionedTrace">Tr PH over them, in the metric of the optimizer: their mean cooling rate is 2/n of it; 1/rate.</param>
public sealed record CurvatureTrace(long Parameters, Estimate Trace, Estimate PreconditionedTrace);
