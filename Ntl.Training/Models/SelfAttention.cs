using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>Causal multi-head self-attention (Vaswani et al. 2017, arXiv:1706.03762).</summary>
internal sealed class SelfAttention : nn.Module
{
    [ComponentName(Name = "c_attn")]
    private readonly Projection _input;
    [ComponentName(Name = "c_proj")]
    private readonly Projection _output;

    private readonly CausalAttention _attention = new();
    private readonly long _headCount;
    private readonly long _headWidth;
    private readonly double _dropout;

    public SelfAttention(ParameterArena arena, string name)
        : base(name)
    {
        var model = arena.Layout.Model;
        _input = new Projection(arena, $"{name}.c_attn");
        _output = new Projection(arena, $"{name}.c_proj");
        (_headCount, _headWidth, _dropout) = (model.HeadCount, model.HeadWidth, model.Dropout);
        RegisterComponents();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _attention.Dispose();
        }

        base.Dispose(disposing);
    }

    // (B·T, C) → (B·T, C)
    public Tensor Forward(Tensor input, long batchSize)
    {
        var length = input.shape[0] / batchSize;
        var width = _headCount * _headWidth;
        var parts = _input.forward(input).view(batchSize, length, 3 * width).split(width, 2); // 3 × (B, T, C)
        var attended = _attention.Attend(Heads(parts[0]), Heads(parts[1]), Heads(parts[2]), training ? _dropout : 0); // (B, H, T, D)
        return _output.forward(attended.transpose(1, 2).reshape(input.shape[0], width));

        // (B, T, C) → (B, H, T, D)
        Tensor Heads(Tensor part) => part.view(batchSize, length, _headCount, _headWidth).transpose(1, 2);
    }
}
