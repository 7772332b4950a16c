using System.Numerics;
using Ntl.Domain.Runs;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Optimizers;

/// <summary>Adam with decoupled weight decay.</summary>
/// <remarks>
/// Loshchilov &amp; Hutter 2019, arXiv:1711.05101, algorithm 2, with the decay times the learning rate as PyTorch has it. For update t from 1 on:
/// w ← (1 − ηλ)w, m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η·(m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε);
/// computed with the corrections moved into η and ε, so that one array less is passed over.
/// </remarks>
/// <param name="spec">β₁, β₂, ε, λ.</param>
/// <param name="arena">The weights.</param>
public sealed class AdamW(OptimizerSpec spec, ParameterArena arena) : ArenaOptimizer(arena, spec.WeightDecay, "exp_avg", "exp_avg_sq")
{
    /// <inheritdoc/>
    /// <remarks>1/(√(v / (1 − β₂ᵗ)) + ε); β₁ moves heat in time and makes none.</remarks>
    public override Preconditioner CurrentPreconditioner()
    {
        if (UpdateCount == 0)
        {
            throw new InvalidOperationException("AdamW has no preconditioner before its first update.");
        }

        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        var secondRoot = Math.Sqrt(1 - Math.Pow(spec.Beta2, UpdateCount));
        return Preconditioner.Linear(States[1].State.sqrt().Add(spec.Epsilon * secondRoot).reciprocal_().Scale(secondRoot));
    }

    /// <inheritdoc/>
    protected override void Update(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, double kept, double learningRate, double gradientScale)
    {
        var secondRoot = Math.Sqrt(1 - Math.Pow(spec.Beta2, UpdateCount));
        var (keep, keepFirst, keepSecond) = ((float)kept, (float)spec.Beta1, (float)spec.Beta2);
        var addFirst = (float)((1 - spec.Beta1) * gradientScale);
        var addSecond = (float)((1 - spec.Beta2) * gradientScale * gradientScale);
        var epsilon = (float)(spec.Epsilon * secondRoot);
        var rate = (float)(learningRate * secondRoot / (1 - Math.Pow(spec.Beta1, UpdateCount)));

        var ws = Vectors(weights);
        var gs = Vectors(gradient);
        var ms = Vectors(first);
        var vs = Vectors(second);
        for (var i = 0; i < ws.Length; i++)
        {
            var g = gs[i];
            var m = (ms[i] * keepFirst) + (g * addFirst);
            var v = (vs[i] * keepSecond) + (g * g * addSecond);
            (ms[i], vs[i]) = (m, v);
            ws[i] = (ws[i] * keep) - (m * rate / (Vector.SquareRoot(v) + new Vector<float>(epsilon)));
        }

        for (var i = ws.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            var g = gradient[i];
            first[i] = (first[i] * keepFirst) + (g * addFirst);
            second[i] = (second[i] * keepSecond) + (g * g * addSecond);
            weights[i] = (weights[i] * keep) - (first[i] * rate / (MathF.Sqrt(second[i]) + epsilon));
        }
    }

    /// <inheritdoc/>
    protected override void Update(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> states, double learningRate, double gradientScale)
    {
        var (first, second) = (states[0], states[1]);
        var firstCorrection = 1 - Math.Pow(spec.Beta1, UpdateCount);
        var secondRoot = Math.Sqrt(1 - Math.Pow(spec.Beta2, UpdateCount));
        first.Scale(spec.Beta1).Add(gradient, (1 - spec.Beta1) * gradientScale);
        second.Scale(spec.Beta2).AddProduct(gradient, gradient, (1 - spec.Beta2) * gradientScale * gradientScale);
        weights.AddQuotient(first, second.sqrt().Add(spec.Epsilon * secondRoot), -learningRate * secondRoot / firstCorrection);
    }
}
