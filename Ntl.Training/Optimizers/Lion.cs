using System.Numerics;
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
    protected override void Update(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, double kept, double learningRate, double gradientScale)
    {
        var (keep, rate) = ((float)kept, (float)learningRate);
        var (keepSeen, addSeen) = ((float)spec.Beta1, (float)((1 - spec.Beta1) * gradientScale));
        var (keepMomentum, addMomentum) = ((float)spec.Beta2, (float)((1 - spec.Beta2) * gradientScale));
        var ws = Vectors(weights);
        var gs = Vectors(gradient);
        var ms = Vectors(first);
        for (var i = 0; i < ws.Length; i++)
        {
            var seen = (ms[i] * keepSeen) + (gs[i] * addSeen);
            var up = Vector.ConditionalSelect(Vector.GreaterThan(seen, Vector<float>.Zero), new Vector<float>(rate), Vector<float>.Zero);
            var down = Vector.ConditionalSelect(Vector.LessThan(seen, Vector<float>.Zero), new Vector<float>(rate), Vector<float>.Zero);
            ws[i] = (ws[i] * keep) - up + down;
            ms[i] = (ms[i] * keepMomentum) + (gs[i] * addMomentum);
        }

        for (var i = ws.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            weights[i] = (weights[i] * keep) - (rate * MathF.Sign((first[i] * keepSeen) + (gradient[i] * addSeen)));
            first[i] = (first[i] * keepMomentum) + (gradient[i] * addMomentum);
        }
    }

    /// <inheritdoc/>
    protected override void Update(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> states, double learningRate, double gradientScale)
    {
        var momentum = states[0];
        var direction = momentum.Times(spec.Beta1).Add(gradient, (1 - spec.Beta1) * gradientScale).sign_();
        weights.Add(direction, -learningRate);
        momentum.Scale(spec.Beta2).Add(gradient, (1 - spec.Beta2) * gradientScale);
    }
}
