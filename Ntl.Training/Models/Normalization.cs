using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>Layer norm (Ba et al. 2016, arXiv:1607.06450), in 32 bits; its result in the type that follows.</summary>
internal sealed class Normalization : nn.Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-5;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;
    [ComponentName(Name = "bias")]
    private readonly Parameter? _bias;

    private readonly long[] _width;
    private readonly ScalarType _result;

    public Normalization(ParameterArena arena, string name)
        : base(name)
    {
        var model = arena.Layout.Model;
        _weight = arena.Leaf($"{name}.weight");
        _bias = model.HasBias ? arena.Leaf($"{name}.bias") : null;
        _width = [model.EmbeddingWidth];
        _result = arena.ComputeType;
        RegisterComponents();
    }

    // (N, C) float32 → (N, C) compute type
    public override Tensor forward(Tensor residual) =>
        nn.functional.layer_norm(residual, _width, _weight, _bias, Epsilon).to(_result);
}
