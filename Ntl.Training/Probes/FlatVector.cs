using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>Vectors over all parameters, flat (P).</summary>
internal static class FlatVector
{
    private const long PieceLength = 1 << 17; // as an optimizer's: what is computed aside stays in the cache

    /// <summary>The pieces in which a long vector is walked, in order.</summary>
    public static IEnumerable<(long Start, long Count)> Pieces(long count)
    {
        for (var start = 0L; start < count; start += PieceLength)
        {
            yield return (start, Math.Min(PieceLength, count - start));
        }
    }

    /// <summary>Random signs: (P) of 1 and −1, drawn on the processor so that they do not depend on the device.</summary>
    public static Tensor Signs(long count, Device device, Generator random)
    {
        using var scope = NewDisposeScope();
        return empty(count, dtype: ScalarType.Float32).bernoulli_(0.5, random).Scale(2).Add(-1).to(device).MoveToOuterDisposeScope();
    }

    /// <summary>Sums over the ranges of each group, brought to the processor in one transfer.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="sums">Scalars of a range, given its first element and count: the same number of them for each range.</param>
    /// <returns>For each group its sums.</returns>
    public static IReadOnlyList<double[]> GroupSums(IReadOnlyList<ParameterGroup> groups, Func<long, long, Tensor[]> sums)
    {
        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        foreach (var (start, count) in groups.SelectMany(group => group.Ranges))
        {
            using var rangeScope = NewDisposeScope();
            rows.Add(stack(sums(start, count)).MoveToOuterDisposeScope());
        }

        var width = rows[0].shape[0];
        using var accessor = cat(rows).cpu().data<float>(); // an accessor keeps its tensor beyond the scope, until disposed
        var values = accessor.ToArray();
        var (result, at) = (new List<double[]>(), 0);
        foreach (var group in groups)
        {
            var row = new double[width];
            for (var range = 0; range < group.Ranges.Count; range++)
            {
                for (var i = 0; i < width; i++)
                {
                    row[i] += values[at++];
                }
            }

            result.Add(row);
        }

        return result;
    }
}
