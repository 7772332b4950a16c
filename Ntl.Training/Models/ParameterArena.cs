using Ntl.Domain.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>
/// All parameters of a model in one flat tensor, their gradient in another, and, where a run computes in bfloat16, a bfloat16
/// copy of what is computed so. An optimizer step, a norm or a checkpoint is then a few operations on one tensor.
/// </summary>
/// <remarks>
/// What autograd differentiates are leaves: views of the flat tensors, so no parameter is stored twice. Their gradients come out
/// of autograd one by one and are added into the flat gradient in 32 bits, whatever the leaf's own type.
/// </remarks>
public sealed class ParameterArena : IDisposable
{
    private readonly List<(Parameter Leaf, Tensor Gradient, long Offset, bool IsFirst)> _leaves = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Tensor? _half;
    private readonly Tensor? _halfSource;

    /// <summary>An arena of zeros.</summary>
    public ParameterArena(ParameterLayout layout, Precision precision, Device device)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        Device = device;
        ComputeType = precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        Master = zeros(layout.Count, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
        Gradient = zeros(layout.Count, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
        if (precision == Precision.BFloat16)
        {
            _half = zeros(layout.HalfCount, dtype: ScalarType.BFloat16, device: device).DetachFromDisposeScope();
            _halfSource = Master.narrow(0, layout.HalfOffset, layout.HalfCount).DetachFromDisposeScope();
        }
    }

    /// <summary>Where each parameter lies.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>Where the tensors are.</summary>
    public Device Device { get; }

    /// <summary>The type that linear layers and attention compute in.</summary>
    public ScalarType ComputeType { get; }

    /// <summary>The weights, 32-bit, flat (P): the only truth.</summary>
    public Tensor Master { get; }

    /// <summary>The gradient of the last step's mean loss, 32-bit, flat (P).</summary>
    public Tensor Gradient { get; }

    /// <summary>What autograd differentiates, and where each lies in the flat tensors; the leaves of a tied weight lie at one place.</summary>
    public IReadOnlyList<(Tensor Leaf, long Offset)> Leaves => [.. _leaves.Select(leaf => ((Tensor)leaf.Leaf, leaf.Offset))];

    /// <summary>A leaf for a parameter that is always computed in 32 bits: a view of <see cref="Master"/>.</summary>
    public Parameter Leaf(string name)
    {
        var (parameter, shape) = Find(name);
        return Register(name, Master.narrow(0, parameter.Offset, parameter.Count).view(shape));
    }

    /// <summary>A leaf for a parameter that is computed in <see cref="ComputeType"/>: a view of the bfloat16 copy in bfloat16 runs.</summary>
    public Parameter ComputeLeaf(string name)
    {
        if (_half is null)
        {
            return Leaf(name);
        }

        var (parameter, shape) = Find(name);
        return Register(name, _half.narrow(0, parameter.Offset - Layout.HalfOffset, parameter.Count).view(shape));
    }

    /// <summary>A view of a parameter's master weights, in its shape.</summary>
    public Tensor View(string name)
    {
        var (parameter, shape) = Find(name);
        return Master.narrow(0, parameter.Offset, parameter.Count).view(shape);
    }

    /// <summary>Brings the bfloat16 copy up to date with the master weights; once after each change of these.</summary>
    public void CastWeights()
    {
        if (_half is not null)
        {
            using var withoutGraph = no_grad();
            _half.copy_(_halfSource!);
        }
    }

    /// <summary>Adds the gradient of a loss to the flat gradient, or replaces it.</summary>
    /// <param name="loss">A scalar that depends on every leaf.</param>
    /// <param name="replace">True for the first micro-step of a step.</param>
    public void AccumulateGradient(Tensor loss, bool replace)
    {
        var gradients = autograd.grad([loss], [.. _leaves.Select(leaf => leaf.Leaf)]);
        using var withoutGraph = no_grad();
        for (var i = 0; i < _leaves.Count; i++)
        {
            // A tied weight has two leaves in bfloat16 runs: the second adds to the first.
            _ = replace && _leaves[i].IsFirst ? _leaves[i].Gradient.copy_(gradients[i]) : _leaves[i].Gradient.Add(gradients[i]);
            gradients[i].Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (leaf, gradient, _, _) in _leaves)
        {
            leaf.Dispose();
            gradient.Dispose();
        }

        _halfSource?.Dispose();
        _half?.Dispose();
        Gradient.Dispose();
        Master.Dispose();
    }

    private (ParameterDescription Parameter, long[] Shape) Find(string name)
    {
        var parameter = Layout[name];
        return (parameter, [.. parameter.Shape]);
    }

    private Parameter Register(string name, Tensor view)
    {
        var (parameter, shape) = Find(name);
        var leaf = new Parameter(view);
        leaf.DetachFromDisposeScope();
        var gradient = Gradient.narrow(0, parameter.Offset, parameter.Count).view(shape).DetachFromDisposeScope();
        _leaves.Add((leaf, gradient, parameter.Offset, _taken.Add(name)));
        return leaf;
    }
}
