using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Golden;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

[Collection(Libtorch.Name)]
public sealed class GradientNoiseProbeTests : IDisposable
{
    private const double Rounding = 2e-5; // sums of 32-bit squares

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Over all ordered pairs of samples the mean estimate is the expectation, so an unbiased estimator meets the exact covariance to rounding.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Measure_EveryPairOfSamples_MeansTheExactCovarianceOfEachGroup(bool isPreconditioned)
    {
        using var net = new SmallNet(1);
        using var random = new Generator(2);
        var weights = isPreconditioned ? empty(SmallNet.Count).uniform_(0.1, 3, random) : full(1, 2.5);
        using var preconditioner = Preconditioner.Linear(weights);
        var samples = Enumerable.Range(0, SmallNet.SampleCount).Select(sample => net.Gradient(sample)).ToArray();
        var mean = stack(samples).mean([0]);
        var covariance = (stack(samples) - mean).square().mean([0]) / 2; // of the mean over two samples, drawn with replacement
        using var probe = new GradientNoiseProbe(SmallNet.Groups, SmallNet.Count);

        var found = new double[SmallNet.Groups.Count, 4];
        foreach (var (first, second) in samples.SelectMany(first => samples.Select(second => (first / 2, second / 2))))
        {
            probe.Clear();
            probe.Add(first, 0);
            probe.Add(second, 0);
            var measured = probe.Measure(first + second, 2, preconditioner, gradientScale: 1);
            for (var group = 0; group < measured.Count; group++)
            {
                found[group, 0] += measured[group].Trace;
                found[group, 1] += measured[group].PreconditionedTrace;
                found[group, 2] += measured[group].SignalSquare;
                found[group, 3] += measured[group].PreconditionedNormSquare;
            }
        }

        for (var group = 0; group < SmallNet.Groups.Count; group++)
        {
            AssertMean(Of(covariance, group), 0);
            AssertMean(Of(covariance * weights, group), 1);
            AssertMean(Of(mean.square(), group), 2);
            AssertMean(Of((mean.square() + covariance) * weights, group), 3);

            void AssertMean(double expected, int quantity) =>
                Assert.Equal(expected, found[group, quantity] / (samples.Length * samples.Length), Rounding * Of(mean.square() + covariance, group) * 3);
        }

        static double Of(Tensor values, int group) => values.narrow(0, SmallNet.Groups[group].Ranges[0].Start, SmallNet.Groups[group].Count).sum().ToDouble();
    }

    [Fact]
    public void Measure_NormalNoiseOfKnownDeviation_FindsIt()
    {
        const int Length = 200_000, Parts = 4;
        const double Noise = 0.3, Signal = 0.5;
        using var random = new Generator(3);
        var deviations = empty(Length).uniform_(0.1, 1, random) * Noise; // of the whole step's gradient
        var parts = Enumerable.Range(0, Parts).Select(_ => (empty(Length).normal_(0, 1, random) * deviations * Math.Sqrt(Parts) + Signal) / Parts).ToArray();
        using var probe = new GradientNoiseProbe([new("all", [(0, Length)])], Length);
        foreach (var part in parts)
        {
            probe.Add(part, 0);
        }

        var gradient = stack(parts).sum([0]);
        using var plain = Preconditioner.Linear(ones(1));
        using var sign = Preconditioner.Sign(1.7);
        var noise = Assert.Single(probe.Measure(gradient, Parts, plain, gradientScale: 1));
        var ofSign = Assert.Single(probe.Measure(gradient, Parts, sign, gradientScale: 1));
        var clipped = Assert.Single(probe.Measure(gradient, Parts, sign, gradientScale: 0.5));

        // Over 200,000 draws the standard error of either sum is 0.2 % and 0.1 %; four of them.
        var (variance, deviation) = (deviations.square().sum().ToDouble(), deviations.sum().ToDouble());
        Assert.Equal(variance, noise.Trace, 8e-3 * variance);
        Assert.Equal(4 * 1.7 * deviation, ofSign.PreconditionedTrace, 4e-3 * 4 * 1.7 * deviation);
        Assert.Equal(Signal * Signal * Length, noise.SignalSquare, 4e-3 * Signal * Signal * Length);
        Assert.Equal(ofSign.PreconditionedTrace / 2, clipped.PreconditionedTrace, 1e-9 * deviation);
        Assert.Equal(ofSign.Trace / 4, clipped.Trace, 1e-9 * variance);
        Assert.True(double.IsNaN(ofSign.PreconditionedNormSquare));
    }

    [Fact]
    public void Measure_EqualParts_FindsNoNoise()
    {
        using var probe = new GradientNoiseProbe([new("all", [(0, 3)])], 3);
        using var plain = Preconditioner.Linear(ones(1));
        using var sign = Preconditioner.Sign(1);
        var part = tensor(new[] { 0.5f, -2f, 0f });
        probe.Add(part, 0);
        probe.Add(part, 0);

        Assert.Equal(0, Assert.Single(probe.Measure(part * 2, 2, plain, 1)).Trace);
        Assert.Equal(0, Assert.Single(probe.Measure(part * 2, 2, sign, 1)).PreconditionedTrace);
        Assert.Equal(17, Assert.Single(probe.Measure(part * 2, 2, plain, 1)).SignalSquare, 1e-5);
        Assert.Throws<ArgumentOutOfRangeException>(() => probe.Measure(part, 1, plain, 1));
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void Observe_MicroStepsOfAGpt_AreThePartsOfItsGradientAndLeaveItAsItWas(Precision precision)
    {
        const int Parts = 3;
        using var arena = GptGolden.InitialArena(precision);
        using var model = new Gpt(arena);
        var squares = zeros(arena.Layout.Count);
        Accumulate(null);
        var unobserved = arena.Gradient.data<float>().ToArray();
        using var probe = new GradientNoiseProbe(ParameterGroup.Layers(arena.Layout), arena.Layout.Count);

        using var before = zeros_like(arena.Gradient);
        Accumulate(() =>
        {
            using var scope = NewDisposeScope();
            probe.AddTo(arena.Gradient);
            squares.add_((arena.Gradient - before).square());
            before.copy_(arena.Gradient);
        });

        using var plain = Preconditioner.Linear(ones(1));
        var trace = (((squares * Parts) - arena.Gradient.square()) / (Parts - 1)).sum().ToDouble();
        Assert.Equal(unobserved, arena.Gradient.data<float>().ToArray());
        var measured = GradientNoise.Total(probe.Measure(arena.Gradient, Parts, plain, 1));
        Assert.Equal(arena.Layout.Count, measured.Parameters);
        Assert.Equal(trace, measured.Trace, Rounding * trace);
        Assert.True(trace > 0);

        void Accumulate(Action? observe)
        {
            var (tokens, targets) = GptGolden.Batch();
            for (var part = 0; part < Parts; part++)
            {
                arena.AccumulateGradient(model.Loss(tokens.narrow(0, part, 1), targets.narrow(0, part, 1)) / Parts, replace: part == 0);
                observe?.Invoke();
            }
        }
    }

    [Fact]
    public void Layers_OfAGpt_HoldEveryParameterOnce()
    {
        var layout = new ParameterLayout(GptGolden.Model);

        var groups = ParameterGroup.Layers(layout);

        Assert.Equal(["embeddings", "h.0", "h.1", "ln_f"], groups.Select(group => group.Name));
        var at = 0L;
        foreach (var (start, count) in groups.SelectMany(group => group.Ranges).OrderBy(range => range.Start))
        {
            Assert.Equal(at, start);
            at += count;
        }

        Assert.Equal(layout.Count, at);
        Assert.Equal(groups[1].Count, groups[2].Count);
    }

    [Fact]
    public void Preconditioner_OfEachRule_IsWhatItMultipliesTheGradientWith()
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var adam = ArenaOptimizer.Create(new OptimizerSpec { Epsilon = 1e-3, Beta2 = 0.99 }, arena);
        using var sgd = ArenaOptimizer.Create(new OptimizerSpec { Kind = OptimizerKind.Sgd, Beta1 = 0.75 }, arena);
        using var lion = ArenaOptimizer.Create(new OptimizerSpec { Kind = OptimizerKind.Lion, Beta2 = 0.99 }, arena);
        Assert.Throws<InvalidOperationException>(adam.CurrentPreconditioner);
        GptGolden.ReadInto(arena, "gradient", name => GptGolden.GradientView(arena, name));
        for (var update = 0; update < 3; update++)
        {
            adam.Step(1e-3, gradientScale: 0.5);
        }

        using var ofAdam = adam.CurrentPreconditioner();
        using var ofSgd = sgd.CurrentPreconditioner();
        using var ofLion = lion.CurrentPreconditioner();

        // With the same gradient in every update the corrected second moment is its square.
        GptGolden.AssertClose(((arena.Gradient * 0.5).abs() + 1e-3).reciprocal(), ofAdam.Diagonal!, 1e-4, "Adam's preconditioner");
        Assert.Equal(4, ofSgd.Diagonal!.ToDouble(), 1e-6);
        Assert.Null(ofLion.Diagonal);
        Assert.Equal(1.70, ofLion.LossPerDeviation, 5e-3);
    }

    [Fact]
    public void Measure_ManyTimes_LeavesNoTensorBehind()
    {
        using var net = new SmallNet(1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            using var probe = new GradientNoiseProbe(SmallNet.Groups, SmallNet.Count);
            using var plain = Preconditioner.Linear(ones(1));
            var gradient = net.Gradient();
            var inside = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (var i = 0; i < 5; i++)
            {
                probe.Clear();
                probe.Add(gradient, 0);
                probe.Add(gradient, 0);
                probe.Measure(gradient, 2, plain, 1);
            }

            Assert.Equal(inside, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
