using Ntl.Domain.Runs;
using Ntl.Tests.Golden;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

[Collection(Libtorch.Name)]
public sealed class ColdProbeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>In a stationary quadratic valley both losses are known: x is an AR(1) sequence with V = ησ²/(a(2 − ηa)), and its running mean has a closed form too.</summary>
    [Theory]
    [InlineData(1.0, 30)]
    [InlineData(1.0, 300)]
    [InlineData(0.25, 300)]
    public void AtMean_StationaryQuadratic_IsColderByTheKnownHeat(double curvature, double horizon)
    {
        const int Directions = 20_000, Steps = 1_800;
        const double Rate = 0.05, Noise = 0.4;
        using var random = new Generator(21);
        var variance = Rate * Noise * Noise / (curvature * (2 - Rate * curvature));
        var weights = empty(Directions).normal_(0, Math.Sqrt(variance), random);
        using var probe = new ColdProbe(weights, horizon);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            weights.mul_(1 - (Rate * curvature)).add_(empty(Directions).normal_(0, 1, random), alpha: -Rate * Noise);
            probe.Observe();
        }

        var (hot, cold) = (Loss(), probe.AtMean(Loss));

        // Var(θ̄) = V·w/(2 − w)·(1 + qφ)/(1 − qφ) for θ̄ ← qθ̄ + wθ, w = 1/h, q = 1 − w, φ = 1 − ηa.
        var (share, kept) = (1 / horizon, (1 - 1 / horizon) * (1 - Rate * curvature));
        var ofMean = variance * share / (2 - share) * (1 + kept) / (1 - kept);
        var error = 4 * Math.Sqrt(2.0 / Directions); // four standard errors of a mean square
        Assert.Equal(curvature * variance / 2, hot, error * curvature * variance / 2);
        Assert.Equal(curvature * ofMean / 2, cold, error * curvature * ofMean / 2 + 1e-9);
        Assert.True(hot - cold > 0.8 * Rate * Noise * Noise / 4 * (1 - 1 / (1 + horizon * Rate * curvature)));

        double Loss() => curvature / 2 * weights.square().mean().ToDouble();
    }

    [Fact]
    public void Observe_BeforeTheHorizon_IsThePlainMean()
    {
        var weights = zeros(2);
        using var probe = new ColdProbe(weights, horizon: 100);
        for (var step = 1; step <= 4; step++)
        {
            weights.add_(1);
            probe.Observe();
        }

        Assert.Equal(5, probe.StepCount);
        Assert.Equal(2, probe.Mean.mean().ToDouble(), 1e-6); // of 0, 1, 2, 3, 4
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void AtMean_OfAGpt_MeasuresItThereAndPutsEveryBitBack(Precision precision)
    {
        using var arena = GptGolden.InitialArena(precision);
        using var model = new Gpt(arena);
        var (tokens, targets) = GptGolden.Batch();
        var start = Loss();
        using var probe = new ColdProbe(arena.Master, horizon: 1e6, arena.CastWeights);
        using (no_grad())
        {
            arena.Master.mul_(1.5);
            arena.CastWeights();
        }

        var (weights, mean, hot) = (arena.Master.data<float>().ToArray(), probe.Mean.data<float>().ToArray(), Loss());
        var atStart = probe.AtMean(Loss);

        Assert.Equal(start, atStart);
        Assert.NotEqual(start, hot);
        Assert.Throws<InvalidOperationException>(() => probe.AtMean<double>(() => throw new InvalidOperationException()));
        Assert.Equal(weights, arena.Master.data<float>().ToArray());
        Assert.Equal(mean, probe.Mean.data<float>().ToArray());
        Assert.Equal(hot, Loss());

        double Loss()
        {
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            return model.Loss(tokens, targets).item<float>();
        }
    }

    [Fact]
    public void Probe_MoreThanAPiece_LeavesNoTensorBehind()
    {
        var weights = arange(300_000).to(ScalarType.Float32);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var probe = new ColdProbe(weights, horizon: 10))
        {
            probe.Observe();
            weights.mul_(2);
            Assert.Equal(299_999, probe.AtMean(Last));
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(2 * 299_999, Last());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColdProbe(weights, 0.5));

        float Last()
        {
            using var scope = NewDisposeScope();
            return weights.narrow(0, 299_999, 1).item<float>();
        }
    }
}
