using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

[Collection(Libtorch.Name)]
public sealed class HutchinsonProbeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Measure_ADiagonalQuadratic_IsExactInOneDraw()
    {
        var curvatures = tensor(new[] { 0.25f, 1f, 4f, -2f, 0.5f });
        var diagonal = tensor(new[] { 2f, 1f, 0.5f, 3f, 4f });
        using var weights = ones(5).requires_grad_();
        using var product = new HessianProduct(() => (weights.square() * curvatures).sum() / 2, [(weights, 0)], 5);
        ParameterGroup[] groups = [new("first", [(0, 2)]), new("rest", [(2, 3)])];

        var (whole, parts) = HutchinsonProbe.Measure(product, diagonal, groups, draws: 3, seed: 7);

        Assert.Equal(3.75, whole.Trace.Value, 1e-6);
        Assert.Equal(-0.5, whole.PreconditionedTrace.Value, 1e-6);
        Assert.Equal(0, whole.Trace.StandardError, 1e-6);
        Assert.Equal([1.25, 2.5], parts.Select(part => part.Trace.Value));
        Assert.Equal([1.5, -2], parts.Select(part => part.PreconditionedTrace.Value));
        Assert.Equal([2L, 3L], parts.Select(part => part.Parameters));
    }

    [Fact]
    public void Measure_ASmallNet_HitsItsDenseHessianWithinItsErrorInEachGroup()
    {
        const int Draws = 400;
        using var net = new SmallNet(4);
        using var random = new Generator(8);
        var diagonal = empty(SmallNet.Count).uniform_(0.1, 3, random);
        var weights = diagonal.data<float>().ToArray();
        var hessian = net.Hessian();
        using var product = new HessianProduct(() => net.Loss(), net.Leaves, SmallNet.Count);

        var (whole, parts) = HutchinsonProbe.Measure(product, diagonal, SmallNet.Groups, Draws, seed: 9);

        AssertWithin(whole, 0, SmallNet.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            AssertWithin(parts[i], (int)SmallNet.Groups[i].Ranges[0].Start, (int)SmallNet.Groups[i].Count);
        }

        // The spread of a draw is known: 2Σ_{i≠j}H_ij². Of 400 draws it is right to some 10 %.
        var offDiagonal = hessian.Cast<double>().Sum(value => value * value) - Enumerable.Range(0, SmallNet.Count).Sum(i => hessian[i, i] * hessian[i, i]);
        Assert.Equal(1, whole.Trace.StandardError / Math.Sqrt(2 * offDiagonal / Draws), 0.15);

        // Three standard errors: one quantity in 370 misses them, and the seed is fixed.
        void AssertWithin(CurvatureTrace found, int start, int count)
        {
            var indices = Enumerable.Range(start, count);
            Assert.Equal(indices.Sum(i => hessian[i, i]), found.Trace.Value, 3 * found.Trace.StandardError);
            Assert.Equal(indices.Sum(i => weights[i] * hessian[i, i]), found.PreconditionedTrace.Value, 3 * found.PreconditionedTrace.StandardError);
        }
    }

    [Fact]
    public void Measure_Always_LeavesNoTensorBehind()
    {
        using var net = new SmallNet(4);
        using var product = new HessianProduct(() => net.Loss(), net.Leaves, SmallNet.Count);
        var diagonal = ones(1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        HutchinsonProbe.Measure(product, diagonal, SmallNet.Groups, 3, seed: 1);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => HutchinsonProbe.Measure(product, diagonal, SmallNet.Groups, 0, seed: 1));
    }
}
