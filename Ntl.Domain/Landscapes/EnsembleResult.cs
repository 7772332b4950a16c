using System.Collections.Immutable;

namespace Ntl.Domain.Landscapes;

/// <summary>What came of an ensemble. Every number in it is finite.</summary>
/// <param name="Records">In order; they end early where every replica had diverged.</param>
/// <param name="Measures">Averages over the measuring window, by the landscape's constants; empty without a window or when all replicas diverged.</param>
/// <param name="Divergence">Null when every replica stayed.</param>
/// <param name="Final">Last place of each replica that stayed, coordinate by coordinate.</param>
/// <param name="Walkers">Places of the first few replicas at each record, while they stayed: walker, record, (first coordinate, last coordinate).</param>
public sealed record EnsembleResult(
    ImmutableArray<EnsembleRecord> Records,
    ImmutableArray<EnsembleMean> Measures,
    EnsembleDivergence? Divergence,
    ImmutableArray<ImmutableArray<double>> Final,
    ImmutableArray<ImmutableArray<(double First, double Last)>> Walkers)
{
    /// <summary>One observable's mean at every record.</summary>
    public double[] Means(int observable) => [.. Records.Select(record => record.Observed[observable].Mean)];
}
