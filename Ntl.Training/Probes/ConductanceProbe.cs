using Ntl.Domain.Thermodynamics;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>Estimates the conductances between groups of parameters from Hessian products with random signs on one group at a time.</summary>
/// <remarks>
/// For signs z on group h, <c>E|P_g^½ H_gh P_h^½ z|² = ‖P_g^½ H_gh P_h^½‖²_F</c> and <c>E[zᵀP_h^½ H_hh P_h^½ z] = Tr P_h H_hh</c> (Hutchinson 1990, doi:10.1080/03610919008812866), so that a draw of one
/// product a group gives all pairs, each from both sides. Sums are unbiased; their ratio has a bias of the order of its square error.
/// </remarks>
public static class ConductanceProbe
{
    /// <summary>Measures the conductances.</summary>
    /// <param name="hessian">Of the loss on a fixed batch.</param>
    /// <param name="diagonal">P, the optimizer's diagonal: (P) or (1).</param>
    /// <param name="groups">Between what.</param>
    /// <param name="draws">Products to make for each group; at least 1, and 2 for a standard error.</param>
    /// <param name="seed">Of the signs.</param>
    /// <returns>NaN for a pair whose curvatures do not sum to more than 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No draw is asked for.</exception>
    public static Conductances Measure(HessianProduct hessian, Tensor diagonal, IReadOnlyList<ParameterGroup> groups, int draws, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(diagonal);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        using var withoutGraph = no_grad();
        using var random = new Generator(seed);
        var found = new List<IReadOnlyList<double[]>[]>(); // of a draw: from group h, into group g, the coupling's square and the curvature
        for (var draw = 0; draw < draws; draw++)
        {
            using var scope = NewDisposeScope();
            var root = diagonal.sqrt();
            var signs = FlatVector.Signs(hessian.Count, hessian.Device, random).mul_(root);
            found.Add([.. groups.Select(group => Images(hessian, group, groups, signs, root))]);
        }

        return new Conductances([.. groups.Select(group => group.Name)], Between);

        Estimate Between(int first, int second)
        {
            var couplings = found.Select(draw => (draw[first][second][0] + draw[second][first][0]) / 2).ToArray();
            var curvatures = found.Select(draw => (draw[first][first][1] / groups[first].Count) + (draw[second][second][1] / groups[second].Count)).ToArray();
            return curvatures.Average() > 0 ? Estimate.OfRatio(couplings, curvatures) : new(double.NaN, double.NaN);
        }
    }

    private static IReadOnlyList<double[]> Images(HessianProduct hessian, ParameterGroup from, IReadOnlyList<ParameterGroup> into, Tensor signs, Tensor root)
    {
        using var scope = NewDisposeScope();
        var masked = zeros_like(signs);
        foreach (var (start, count) in from.Ranges)
        {
            masked.narrow(0, start, count).copy_(signs.narrow(0, start, count));
        }

        var image = hessian.Times(masked);
        var curvatures = image * signs;
        var couplings = image.mul_(root).Squared();
        return FlatVector.GroupSums(into, (start, count) => [couplings.narrow(0, start, count).sum(), curvatures.narrow(0, start, count).sum()]);
    }
}
