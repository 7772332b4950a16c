using System.Collections.Immutable;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>One law with what runs say of it.</summary>
/// <param name="Id">Unique among the laws, for a URL.</param>
/// <param name="Name">Such as "Second law".</param>
/// <param name="Statement">The law in one sentence.</param>
/// <param name="Formula">LaTeX, without delimiters.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Findings">At least one; of single runs in their order, then of runs together.</param>
public sealed record LawTest(string Id, string Name, string Statement, string Formula, string Source, ImmutableArray<LawFinding> Findings);
