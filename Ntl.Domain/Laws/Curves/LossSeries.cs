using System.Collections.Immutable;

namespace Ntl.Domain.Laws.Curves;

/// <summary>One of a run's losses.</summary>
/// <param name="Column">Its column, metric or tag.</param>
/// <param name="Kind">What it was measured on.</param>
/// <param name="Samples">Steps strictly rising, losses finite and above 0.</param>
public sealed record LossSeries(string Column, LossKind Kind, ImmutableArray<LossSample> Samples);
