using Ntl.Domain.Thermodynamics;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>Estimates Tr H and Tr PH, whole and by group, from products with random signs.</summary>
/// <remarks>
/// Hutchinson 1990, doi:10.1080/03610919008812866: E[zᵀHz] = Tr H for signs z, and E[(Pz)ᵀHz] = Tr PH from the same product. The part of the sum that
/// lies in a group has the trace of the group's own block for its mean. Unbiased; the variance of a whole draw is 2Σ_{i≠j}H_ij², zero for a diagonal H.
/// </remarks>
public static class HutchinsonProbe
{
    /// <summary>Measures the traces.</summary>
    /// <param name="hessian">Of the loss on a fixed batch.</param>
    /// <param name="diagonal">P, the optimizer's diagonal: (P) or (1).</param>
    /// <param name="groups">What is summed together.</param>
    /// <param name="draws">Products to make; at least 1, and 2 for a standard error. 4–16 do.</param>
    /// <param name="seed">Of the signs.</param>
    /// <returns>The whole, then each group.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No draw is asked for.</exception>
    public static (CurvatureTrace Whole, IReadOnlyList<CurvatureTrace> Groups) Measure(
        HessianProduct hessian, Tensor diagonal, IReadOnlyList<ParameterGroup> groups, int draws, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(diagonal);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        using var withoutGraph = no_grad();
        using var random = new Generator(seed);
        var found = new List<IReadOnlyList<double[]>>();
        for (var draw = 0; draw < draws; draw++)
        {
            using var scope = NewDisposeScope();
            var signs = FlatVector.Signs(hessian.Count, hessian.Device, random);
            var products = hessian.Times(signs).mul_(signs); // zᵢ(Hz)ᵢ
            var weighted = products * diagonal;
            found.Add(FlatVector.GroupSums(groups, (start, count) => [products.narrow(0, start, count).sum(), weighted.narrow(0, start, count).sum()]));
        }

        return (Trace(groups.Sum(group => group.Count), sums => (sums.Sum(group => group[0]), sums.Sum(group => group[1]))),
            [.. groups.Select((group, i) => Trace(group.Count, sums => (sums[i][0], sums[i][1])))]);

        CurvatureTrace Trace(long count, Func<IReadOnlyList<double[]>, (double Plain, double Weighted)> of)
        {
            var values = found.Select(of).ToArray();
            return new(count, Estimate.Of([.. values.Select(value => value.Plain)]), Estimate.Of([.. values.Select(value => value.Weighted)]));
        }
    }
}
