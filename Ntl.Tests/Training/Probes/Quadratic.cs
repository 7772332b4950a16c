using Ntl.Training.Models;
using Ntl.Training.Probes;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

/// <summary>A quadratic loss ½θᵀHθ at a place θ, with noise of a full covariance Σ and a diagonal P, all known: no two directions and no two groups are independent.</summary>
internal sealed class Quadratic : IDisposable
{
    public const int Count = 12;

    private readonly Tensor _factor; // Σ = F Fᵀ
    private readonly Tensor _weights;
    private readonly Tensor _hessian;

    public Quadratic(ulong seed)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(seed);
        var root = empty(Count, Count).normal_(0, 1, random);
        _hessian = (root.mm(root.t()) / Count + eye(Count) * 0.3).DetachFromDisposeScope();
        _factor = (empty(Count, Count).normal_(0, 1, random) / Math.Sqrt(Count)).DetachFromDisposeScope();
        Diagonal = empty(Count).uniform_(0.2, 3, random).DetachFromDisposeScope();
        _weights = (empty(Count).normal_(0, 1, random) / 2).requires_grad_().DetachFromDisposeScope();
        Product = new HessianProduct(() => _weights.dot(_hessian.mv(_weights)) / 2, [(_weights, 0)], Count);
        H = Matrix(_hessian);
        Sigma = Matrix(_factor.mm(_factor.t()));
        P = Diagonal.data<float>().Select(value => (double)value).ToArray();
        Mean = _hessian.mv(_weights).detach().DetachFromDisposeScope();
    }

    public static IReadOnlyList<ParameterGroup> Groups { get; } = [new("first", [(0, 3), (10, 2)]), new("second", [(3, 4)]), new("third", [(7, 3)])];

    public Tensor Diagonal { get; }

    public HessianProduct Product { get; }

    /// <summary>∇L, without noise.</summary>
    public Tensor Mean { get; }

    public double[,] H { get; }

    public double[,] Sigma { get; }

    public double[] P { get; }

    public static IEnumerable<int> Of(int group) => Groups[group].Ranges.SelectMany(range => Enumerable.Range((int)range.Start, (int)range.Count));

    /// <summary>∇L on a part of a step's batch.</summary>
    /// <param name="parts">How many such parts the batch has.</param>
    /// <param name="random">Of the noise.</param>
    public Tensor Gradient(double parts, Generator random) => Mean + _factor.mv(empty(Count).normal_(0, Math.Sqrt(parts), random));

    public void Dispose()
    {
        Product.Dispose();
        foreach (var tensor in new[] { _factor, _weights, _hessian, Diagonal, Mean })
        {
            tensor.Dispose();
        }
    }

    private static double[,] Matrix(Tensor tensor)
    {
        var (values, result) = (tensor.contiguous().data<float>().ToArray(), new double[Count, Count]);
        for (var i = 0; i < values.Length; i++)
        {
            result[i / Count, i % Count] = values[i];
        }

        return result;
    }
}
