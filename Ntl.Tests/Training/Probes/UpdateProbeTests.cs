using Ntl.Tests.Support;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

[Collection(Libtorch.Name)]
public sealed class UpdateProbeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void After_MoreThanAPiece_IsTheUpdatePerUnitOfRate()
    {
        const int Count = 300_000;
        using var random = new Generator(4);
        var weights = empty(Count).normal_(0, 1, random);
        var update = empty(Count).normal_(0, 1, random);
        var (square, overlap) = (update.square().to(ScalarType.Float64).sum().item<double>(), (update * weights).to(ScalarType.Float64).sum().item<double>());
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var probe = new UpdateProbe(weights))
        {
            Assert.Throws<InvalidOperationException>(() => probe.After(0.25));
            probe.Before();
            weights.add_(update, alpha: -0.25);
            var found = probe.After(0.25);

            Assert.Equal(square, found.Square, 1e-5 * square);
            Assert.Equal(overlap, found.Overlap, 1e-5 * square);
            Assert.Throws<ArgumentOutOfRangeException>(() => probe.After(0));
            Assert.Throws<InvalidOperationException>(() => probe.After(0.25)); // it kept no copy
            probe.Before();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>Stationary gradient descent: 2⟨θ·u⟩ = η⟨|u|²⟩ (Yaida 2018), exactly and at any rate.</summary>
    [Fact]
    public void After_StationaryQuadratic_HasARatioOf1()
    {
        const int Directions = 20_000, Steps = 400;
        const double Rate = 0.3;
        using var random = new Generator(5);
        var weights = empty(Directions).normal_(0, Math.Sqrt(Rate / (2 - Rate)), random);
        using var probe = new UpdateProbe(weights);
        var (overlaps, squares) = (0.0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            probe.Before();
            weights.sub_((weights + empty(Directions).normal_(0, 1, random)) * Rate);
            var (square, overlap) = probe.After(Rate);
            (overlaps, squares) = (overlaps + overlap, squares + square);
        }

        // The sum telescopes to |θ_0|² − |θ_n|²: its error is √(4V²N)/η against ηn⟨|u|²⟩, 1e-4 here.
        Assert.Equal(1, 2 * overlaps / (Rate * squares), 5e-4);
    }
}
