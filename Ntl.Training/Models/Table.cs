using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>A matrix used by rows: token or position embedding, or the output layer that is tied to the former.</summary>
internal sealed class Table : nn.Module
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    public Table(string name, Parameter weight)
        : base(name)
    {
        _weight = weight;
        RegisterComponents();
    }

    /// <summary>(rows, C).</summary>
    public Parameter Weight => _weight;
}
