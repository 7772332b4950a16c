using System.Collections.Immutable;

namespace Ntl.Domain.Landscapes;

/// <summary>Where replicas start: independent Gaussians, one a coordinate.</summary>
/// <param name="Mean">Centre of each coordinate.</param>
/// <param name="Spread">Standard deviation of each coordinate; ≥ 0.</param>
public sealed record EnsembleStart(ImmutableArray<double> Mean, ImmutableArray<double> Spread)
{
    /// <summary>All replicas at one place.</summary>
    public static EnsembleStart At(params ImmutableArray<double> place) => new(place, [.. place.Select(_ => 0.0)]);
}
