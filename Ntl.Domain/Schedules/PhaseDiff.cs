using System.Collections.Immutable;

namespace Ntl.Domain.Schedules;

/// <summary>A phase of one schedule, or the pair that it makes with a phase of another.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="From">The first schedule's phase; null for an added one.</param>
/// <param name="To">The second schedule's phase; null for a removed one.</param>
/// <param name="Fields">The fields that differ, in canonical order; empty unless the phase changed. A pair is always of one kind of phase.</param>
public sealed record PhaseDiff(PhaseDiffKind Kind, PhaseSpan? From, PhaseSpan? To, ImmutableArray<FieldDiff> Fields);
