using System.Collections.Immutable;

namespace Ntl.Domain.Plots;

/// <summary>A landscape's heights on a grid.</summary>
/// <param name="X">Rising places along the horizontal axis.</param>
/// <param name="Y">Rising places along the vertical axis.</param>
/// <param name="Heights">Loss in nats, row by row: at [j·X.Length + i] for (X[i], Y[j]).</param>
public sealed record LandscapeMap(ImmutableArray<double> X, ImmutableArray<double> Y, ImmutableArray<double> Heights);
