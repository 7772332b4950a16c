using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>A linear layer as GPT-2 stores it: y = x·W + b with W (in, out), so that checkpoints need no transposing.</summary>
internal sealed class Projection : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;
    [ComponentName(Name = "bias")]
    private readonly Parameter? _bias;

    public Projection(ParameterArena arena, string name)
        : base(name)
    {
        _weight = arena.ComputeLeaf($"{name}.weight");
        _bias = arena.Layout.Model.HasBias ? arena.ComputeLeaf($"{name}.bias") : null;
        RegisterComponents();
    }

    // (N, in) → (N, out)
    public override Tensor forward(Tensor input) => _bias is null ? input.mm(_weight) : _bias.addmm(input, _weight);
}
