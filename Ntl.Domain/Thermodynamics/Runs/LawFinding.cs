using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What a run, or several together, say of a law.</summary>
/// <param name="Runs">Those that were measured; one or more.</param>
/// <param name="Claim">Measured value, error, expectation and verdict with its reason.</param>
public sealed record LawFinding(ImmutableArray<RunId> Runs, Claim Claim);
