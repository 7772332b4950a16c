using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>One transformer block, layer norms first (Radford et al. 2019, section 2.3). The residual stream stays in 32 bits.</summary>
internal sealed class Block : nn.Module
{
    [ComponentName(Name = "ln_1")]
    private readonly Normalization _attentionNorm;
    [ComponentName(Name = "attn")]
    private readonly SelfAttention _attention;
    [ComponentName(Name = "ln_2")]
    private readonly Normalization _feedForwardNorm;
    [ComponentName(Name = "mlp")]
    private readonly FeedForward _feedForward;

    private readonly double _dropout;

    public Block(ParameterArena arena, string name)
        : base(name)
    {
        _attentionNorm = new Normalization(arena, $"{name}.ln_1");
        _attention = new SelfAttention(arena, $"{name}.attn");
        _feedForwardNorm = new Normalization(arena, $"{name}.ln_2");
        _feedForward = new FeedForward(arena, $"{name}.mlp");
        _dropout = arena.Layout.Model.Dropout;
        RegisterComponents();
    }

    // (B·T, C) float32 → (B·T, C) float32
    public Tensor Forward(Tensor residual, long batchSize)
    {
        residual = residual.Plus(Branch(_attention.Forward(_attentionNorm.forward(residual), batchSize)));
        return residual.Plus(Branch(_feedForward.forward(_feedForwardNorm.forward(residual))));
    }

    // Widened before the sum: libtorch's own sum of two types takes twice as long.
    private Tensor Branch(Tensor output) =>
        (training && _dropout > 0 ? nn.functional.dropout(output, _dropout) : output).to(ScalarType.Float32);
}
