using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Golden;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

[Collection(Libtorch.Name)]
public sealed class LanczosProbeTests : IDisposable
{
    private const double Rounding = 1e-5; // of 32-bit products, relative to the largest eigenvalue

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Measure_AllIterationsOnASmallNet_FindsTheOuterEigenvaluesOfItsDenseHessian(bool isPreconditioned)
    {
        using var net = new SmallNet(4);
        using var product = new HessianProduct(() => net.Loss(), net.Leaves, SmallNet.Count);
        using var random = new Generator(8);
        var diagonal = isPreconditioned ? empty(SmallNet.Count).uniform_(0.1, 3, random) : null;
        var exact = Eigenvalues(net.Hessian(), diagonal);

        var found = LanczosProbe.Measure(product, diagonal, SmallNet.Count, seed: 3);

        Assert.Equal(exact[^1], found.Largest.Value, Rounding * exact[^1]);
        Assert.Equal(exact[0], found.Smallest.Value, Rounding * exact[^1]);
        Assert.InRange(found.Largest.Error, 0, Rounding * exact[^1]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Measure_AnyNumberOfIterations_HasAnEigenvalueWithinEachBound(int iterations)
    {
        using var net = new SmallNet(4);
        using var product = new HessianProduct(() => net.Loss(), net.Leaves, SmallNet.Count);
        var exact = Eigenvalues(net.Hessian(), null);

        var found = LanczosProbe.Measure(product, null, iterations, seed: 3);

        Assert.Equal(iterations, found.Ritz.Count);
        Assert.All(found.Ritz, ritz => Assert.Contains(exact, value => Math.Abs(value - ritz.Value) <= ritz.Error + Rounding * exact[^1]));
        Assert.True(found.Largest.Value <= exact[^1] * (1 + Rounding));
    }

    [Fact]
    public void Measure_AQuadraticOfThreeCurvatures_EndsAfterThreeProductsWithAllOfThem()
    {
        var curvatures = tensor(new[] { 1f, 4f, 0.25f }).expand(20, 3).reshape(-1);
        using var weights = ones(60).requires_grad_();
        using var product = new HessianProduct(() => (weights.square() * curvatures).sum() / 2, [(weights, 0)], 60);

        var found = LanczosProbe.Measure(product, null, 30, seed: 3);
        var heavyBall = LanczosProbe.Measure(product, full(1, 10), 30, seed: 3);

        Assert.Equal(3, found.Ritz.Count);
        foreach (var (value, ritz) in new[] { 0.25, 1, 4 }.Zip(found.Ritz))
        {
            Assert.Equal(value, ritz.Value, 1e-5);
            Assert.Equal(1.0 / 3, ritz.Weight, 1e-5);
        }

        Assert.Equal(40, heavyBall.Largest.Value, 1e-4);
    }

    [Fact]
    public void MeasureSpectrum_ASmallNet_HitsSumsOverItsEigenvaluesWithinTheirErrors()
    {
        using var net = new SmallNet(4);
        using var product = new HessianProduct(() => net.Loss(), net.Leaves, SmallNet.Count);
        var exact = Eigenvalues(net.Hessian(), null);
        var threshold = (exact[^4] + exact[^5]) / 2; // between two eigenvalues

        var found = LanczosProbe.MeasureSpectrum(product, null, SmallNet.Count, draws: 60, seed: 11);

        AssertWithin(exact.Sum(), found.Sum(value => value));
        AssertWithin(exact.Sum(value => value * value), found.Sum(value => value * value));
        AssertWithin(4, found.CountAbove(threshold));
        AssertWithin(exact[^4..].Sum(Math.Log), found.LogDeterminant(threshold));

        static void AssertWithin(double expected, Estimate found) =>
            Assert.Equal(expected, found.Value, 3 * found.StandardError);
    }

    [Fact]
    public void Measure_AGpt_FindsAVectorThatItStretchesByTheLargestEigenvalue()
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var model = new Gpt(arena);
        var (tokens, targets) = GptGolden.Batch();
        using var product = new HessianProduct(() => model.Loss(tokens, targets), arena.Leaves, arena.Layout.Count);
        var found = LanczosProbe.Measure(product, null, 32, seed: 12);

        // Power iteration, shifted so that the top of the spectrum leads: another way to the same number.
        using var random = new Generator(13);
        var vector = empty(arena.Layout.Count).normal_(0, 1, random);
        var shift = Math.Max(0, -found.Smallest.Value);
        var largest = double.NaN;
        for (var i = 0; i < 300; i++)
        {
            vector.div_(vector.norm());
            var image = product.Times(vector);
            largest = image.dot(vector).ToDouble();
            vector = image.add_(vector, alpha: shift);
        }

        Assert.Equal(largest, found.Largest.Value, 1e-3 * largest);
        Assert.InRange(found.Largest.Error, 0, 0.02 * largest);
        Assert.True(found.Smallest.Value < 0); // a net at its start is no minimum
    }

    [Fact]
    public void Measure_Always_LeavesNoTensorBehind()
    {
        using var net = new SmallNet(4);
        using var product = new HessianProduct(() => net.Loss(), net.Leaves, SmallNet.Count);
        var diagonal = ones(1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        LanczosProbe.Measure(product, diagonal, 5, seed: 1);
        LanczosProbe.MeasureSpectrum(product, null, 5, 2, seed: 1);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => LanczosProbe.Measure(product, null, 0, seed: 1));
    }

    // Of P^½HP^½, rising, by libtorch's own solver in 64 bits.
    private static double[] Eigenvalues(double[,] hessian, Tensor? diagonal)
    {
        var roots = diagonal?.data<float>().Select(value => Math.Sqrt(value)).ToArray();
        var size = hessian.GetLength(0);
        var values = new double[size * size];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / size, i % size);
            values[i] = (hessian[row, column] + hessian[column, row]) / 2 * (roots is null ? 1 : roots[row] * roots[column]);
        }

        return linalg.eigvalsh(tensor(values).view(size, size)).data<double>().ToArray();
    }
}
