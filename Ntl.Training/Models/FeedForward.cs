using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>Two linear layers around an exact GELU (Hendrycks &amp; Gimpel 2016, arXiv:1606.08415).</summary>
/// <remarks>GPT-2 itself used the tanh form; the exact one is as good and, in bfloat16 on the CPU, several times faster.</remarks>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "c_fc")]
    private readonly Projection _input;
    [ComponentName(Name = "c_proj")]
    private readonly Projection _output;

    public FeedForward(ParameterArena arena, string name)
        : base(name)
    {
        _input = new Projection(arena, $"{name}.c_fc");
        _output = new Projection(arena, $"{name}.c_proj");
        RegisterComponents();
    }

    // (N, C) → (N, 4C) → (N, C)
    public override Tensor forward(Tensor input) => _output.forward(nn.functional.gelu(_input.forward(input)));
}
