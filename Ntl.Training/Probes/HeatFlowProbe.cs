using Ntl.Domain.Thermodynamics;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>Measures the heat that each group of parameters takes from its own noise in a step and passes on to the rest.</summary>
/// <remarks>
/// <para>
/// <c>q_g = ½η² E[(Pd)_g·(HPd)_g] − η⟨ḡ_A, Pḡ_B⟩_g</c> with d of the covariance Σ_B of the step's gradient: what the noise raises the loss by, less what the mean gradient lowers it by. One pair of
/// half-batches is a draw, and its one product serves all groups: <c>d = (ḡ_A − ḡ_B)/2</c> has no mean, and the halves' product no noise, so that both terms are unbiased. The cost of a draw is
/// the two halves' gradients, as a step's, and a product of some 2.5 gradients of the Hessian's batch.
/// </para>
/// <para>
/// Derived here by Itô's rule; heat as in Sekimoto 1998, doi:10.1143/PTPS.130.17. Where groups share no noise, the first term is <c>½η²Tr(P_g H_gg P_g Σ_g)</c>. What two groups share counts half in each,
/// <c>½η²Tr(P_g H_gh P_h Σ_hg)</c>, so that the flows sum to the change of the loss in a step, which is 0 in a steady state. To first order in ηλ̃, and with momentum over times much longer than its own.
/// The second term's noise falls with the directions that the noise has and with the draws only: expect errors of the flows' own size from a few draws.
/// </para>
/// </remarks>
/// <param name="hessian">Of the loss, on a batch that does not depend on the halves.</param>
/// <param name="diagonal">P, the optimizer's diagonal: (P) or (1).</param>
/// <param name="groups">What is measured together.</param>
/// <param name="rate">η of the step; at least 0.</param>
/// <param name="gradientScale">What the optimizer multiplies the gradient with: 1, or less where it is clipped.</param>
public sealed class HeatFlowProbe(HessianProduct hessian, Tensor diagonal, IReadOnlyList<ParameterGroup> groups, double rate, double gradientScale = 1)
{
    private readonly List<double[]> _draws = []; // q of each group

    /// <summary>q of each group, positive where it passes heat on; nats per step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no draw yet.</exception>
    public IReadOnlyList<Estimate> Flows => [.. groups.Select((_, i) => Estimate.Of([.. _draws.Select(draw => draw[i])]))];

    /// <summary>Adds a draw.</summary>
    /// <param name="first">ḡ_A, mean gradient of a half-batch, (P), 32-bit.</param>
    /// <param name="second">ḡ_B, of another one of the same size.</param>
    /// <param name="deviation">d, (P), without mean and of covariance Σ_B; (ḡ_A − ḡ_B)/2 if null, which is so if both halves together are as large as the step's batch.</param>
    public void Add(Tensor first, Tensor second, Tensor? deviation = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        var kick = deviation is null ? (first - second).mul_(diagonal).Scale(0.5) : deviation * diagonal; // Pd
        var bent = hessian.Times(kick).mul_(kick);
        var common = (first * second).mul_(diagonal);
        var sums = FlatVector.GroupSums(groups, (start, count) => [bent.narrow(0, start, count).sum(), common.narrow(0, start, count).sum()]);
        _draws.Add([.. sums.Select(sum => gradientScale * gradientScale * rate * ((rate / 2 * sum[0]) - sum[1]))]);
    }
}
