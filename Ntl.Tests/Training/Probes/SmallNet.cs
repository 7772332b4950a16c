using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

/// <summary>A net with one layer of tanh units on fixed samples, small enough that everything about it can be found exactly.</summary>
internal sealed class SmallNet : IDisposable
{
    public const int Count = (Units * Inputs) + Units + Units;
    public const int SampleCount = 12;
    private const int Inputs = 4;
    private const int Units = 6;

    private readonly Tensor _inputs; // (samples, inputs)
    private readonly Tensor _targets; // (samples)

    public SmallNet(ulong seed)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(seed);
        Weights = (empty(Count).normal_(0, 1, random) / 2).DetachFromDisposeScope();
        _inputs = empty(SampleCount, Inputs).normal_(0, 1, random).DetachFromDisposeScope();
        _targets = empty(SampleCount).normal_(0, 1, random).DetachFromDisposeScope();
        Leaves = [.. Groups.Select(group => (Weights.narrow(0, group.Ranges[0].Start, group.Count).detach().requires_grad_().DetachFromDisposeScope(), group.Ranges[0].Start))];
    }

    public static IReadOnlyList<ParameterGroup> Groups { get; } =
    [
        new("weights", [(0, Units * Inputs)]),
        new("biases", [(Units * Inputs, Units)]),
        new("output", [((Units * Inputs) + Units, Units)]),
    ];

    /// <summary>Flat; the leaves are views of it.</summary>
    public Tensor Weights { get; }

    public IReadOnlyList<(Tensor Leaf, long Offset)> Leaves { get; }

    /// <summary>Half the mean squared error, over all samples or one.</summary>
    public Tensor Loss(int? sample = null)
    {
        var (x, y) = sample is { } i ? (_inputs.narrow(0, i, 1), _targets.narrow(0, i, 1)) : (_inputs, _targets);
        var hidden = nn.functional.linear(x, Leaves[0].Leaf.view(Units, Inputs), Leaves[1].Leaf).tanh();
        return (hidden.mv(Leaves[2].Leaf) - y).square().mean() / 2;
    }

    /// <summary>(Count); the caller's scope owns it.</summary>
    public Tensor Gradient(int? sample = null) =>
        cat(autograd.grad([Loss(sample)], [.. Leaves.Select(leaf => leaf.Leaf)]));

    /// <summary>The Hessian of the loss over all samples, found row by row.</summary>
    public double[,] Hessian()
    {
        using var scope = NewDisposeScope();
        var leaves = Leaves.Select(leaf => leaf.Leaf).ToList();
        var gradient = cat(autograd.grad([Loss()], leaves, retain_graph: true, create_graph: true));
        var hessian = new double[Count, Count];
        for (var row = 0; row < Count; row++)
        {
            var values = cat([.. autograd.grad([gradient.select(0, row)], leaves, retain_graph: true)]).data<float>().ToArray();
            for (var column = 0; column < Count; column++)
            {
                hessian[row, column] = values[column];
            }
        }

        return hessian;
    }

    public void Dispose()
    {
        foreach (var (leaf, _) in Leaves)
        {
            leaf.Dispose();
        }

        Weights.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
    }
}
