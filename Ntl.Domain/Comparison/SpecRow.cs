using System.Collections.Immutable;

namespace Ntl.Domain.Comparison;

/// <summary>One field of several specs.</summary>
/// <param name="Path">The field, such as <c>optimizer.weightDecay</c>.</param>
/// <param name="Values">One a spec; null where a spec has no such field.</param>
public sealed record SpecRow(string Path, ImmutableArray<string?> Values)
{
    /// <summary>Whether the specs do not all say the same.</summary>
    public bool Differs => Values.Distinct(StringComparer.Ordinal).Skip(1).Any();
}
