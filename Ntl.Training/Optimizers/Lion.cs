using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Optimizers;

/// <summary>Sign of an interpolated momentum.</summary>
/// <remarks>Chen et al. 2023, arXiv:2302.06675, algorithm 2: u = sign(β₁m + (1 − β₁)g), w ← (1 − ηλ)w − ηu, m ← β₂m + (1 − β₂)g.</remarks>
/// <param name="spec">β₁, β₂, λ.</param>
/// <param name="arena">The weights.</param>
public sealed class Lion(OptimizerSpec spec, ParameterArena arena) : ArenaOptimizer(arena, spec.WeightDecay, "exp_avg")
{
    /// <inheritdoc/>
    public override Preconditioner CurrentPreconditioner() => Preconditioner.Sign(UpdateRule.Lion(spec.Beta1, spec.Beta2).LossPerRate(1));

    /// <inheritdoc/>
    protected override void Update(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> states, double learningRate, double gradientScale)
    {
        var momentum = states[0];
        var direction = momentum.Times(spec.Beta1).Add(gradient, (1 - spec.Beta1) * gradientScale).sign_();
        weights.Add(direction, -learningRate);
        momentum.Scale(spec.Beta2).Add(gradient, (1 - spec.Beta2) * gradientScale);
    }
}
