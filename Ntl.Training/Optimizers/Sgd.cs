using System.Numerics;
using Ntl.Domain.Runs;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Optimizers;

/// <summary>Stochastic gradient descent with heavy-ball momentum.</summary>
/// <remarks>
/// Polyak 1964, doi:10.1016/0041-5553(64)90137-5, as PyTorch has it: m ← βm + g, w ← (1 − ηλ)w − ηm with β = beta1; the decay is
/// decoupled (Loshchilov &amp; Hutter 2019, algorithm 1), where PyTorch adds it to g.
/// </remarks>
/// <param name="spec">β, λ.</param>
/// <param name="arena">The weights.</param>
public sealed class Sgd(OptimizerSpec spec, ParameterArena arena) : ArenaOptimizer(arena, spec.WeightDecay, "momentum")
{
    /// <inheritdoc/>
    /// <remarks>1/(1 − β).</remarks>
    public override Preconditioner CurrentPreconditioner() => Preconditioner.Linear(zeros(1, dtype: ScalarType.Float32, device: Device).Fill(1 / (1 - spec.Beta1)));

    /// <inheritdoc/>
    protected override void Update(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, double kept, double learningRate, double gradientScale)
    {
        var (keep, keepMomentum, add, rate) = ((float)kept, (float)spec.Beta1, (float)gradientScale, (float)learningRate);
        var ws = Vectors(weights);
        var gs = Vectors(gradient);
        var ms = Vectors(first);
        for (var i = 0; i < ws.Length; i++)
        {
            ms[i] = (ms[i] * keepMomentum) + (gs[i] * add);
            ws[i] = (ws[i] * keep) - (ms[i] * rate);
        }

        for (var i = ws.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            first[i] = (first[i] * keepMomentum) + (gradient[i] * add);
            weights[i] = (weights[i] * keep) - (first[i] * rate);
        }
    }

    /// <inheritdoc/>
    protected override void Update(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> states, double learningRate, double gradientScale)
    {
        var momentum = states[0];
        momentum.Scale(spec.Beta1).Add(gradient, gradientScale);
        weights.Add(momentum, -learningRate);
    }
}
