using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Training.Checkpoints;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Engine;

public class RunProbesTests
{
    private static readonly MetricKey[] s_trained = [MetricKeys.TrainLoss, MetricKeys.GradientNorm, MetricKeys.ValidationLoss];

    [Theory]
    [InlineData(Precision.Float32, 1, 0.0, OptimizerKind.AdamW)]
    [InlineData(Precision.Float32, 2, 0.1, OptimizerKind.AdamW)]
    [InlineData(Precision.Float32, 1, 0.1, OptimizerKind.Lion)]
    [InlineData(Precision.BFloat16, 3, 0.0, OptimizerKind.Sgd)]
    public void Probes_SwitchedOn_ChangeNoBitOfTheTraining(Precision precision, int accumulation, double dropout, OptimizerKind optimizer)
    {
        RunSpec Change(RunSpec spec) => spec with
        {
            Precision = precision,
            GradientAccumulationSteps = accumulation,
            Model = spec.Model with { Dropout = dropout },
            Optimizer = spec.Optimizer with { Kind = optimizer },
        };
        using var plain = new TrainingFixture(Change);
        using var probed = new TrainingFixture(spec => Change(spec) with { Probes = Often });
        plain.RunAttempt();
        probed.RunAttempt();

        Assert.Equal(TrainingFixture.TotalSteps, probed.Points(ProbeKeys.Noise).Count);
        foreach (var key in s_trained)
        {
            Assert.Equal(plain.Points(key), probed.Points(key));
        }

        Assert.Equal(WeightsOf(plain), WeightsOf(probed));
    }

    [Fact]
    public void Run_WithProbes_TellsEachAtItsCadence()
    {
        using var fixture = new TrainingFixture(spec => spec with
        {
            GradientAccumulationSteps = 2,
            Probes = new() { NoiseIntervalSteps = 3, ColdHorizonSteps = 4, CurvatureIntervalSteps = 6, ConductionIntervalSteps = 5, RiverWindowSteps = 3 },
        });

        Assert.Equal(TrainerExitCode.Finished, fixture.RunAttempt());

        string[] layers = ["embeddings", "h.0", "ln_f"];
        Assert.All(
            [ProbeKeys.Noise, ProbeKeys.GradientSquare, ProbeKeys.GradientCovariance, .. layers.Select(layer => ProbeKeys.Of(ProbeKeys.Noise, layer))],
            key => Assert.Equal([0L, 3L, 6L, 9L], fixture.Points(key).Keys));
        Assert.Equal([0L, 5L, 10L, 12L], fixture.Points(ProbeKeys.ColdLoss).Keys);
        Assert.Equal([6L, 12L], fixture.Points(ProbeKeys.LargestCurvature).Keys);
        Assert.Equal([4L, 12L], fixture.Points(ProbeKeys.LogDeterminant).Keys); // the warm-up's end and the run's
        Assert.All(layers, layer => Assert.Equal([5L, 10L], fixture.Points(ProbeKeys.Of(ProbeKeys.HeatFlow, layer)).Keys));
        Assert.Equal([5L, 10L], fixture.Points(ProbeKeys.ConductanceOf("embeddings", "h.0")).Keys);
        Assert.Equal([5L, 8L, 11L], fixture.Points(ProbeKeys.RiverForce).Keys); // the first window finds the direction
        Assert.Equal([0L, 3L, 6L, 9L], fixture.Points(ProbeKeys.UpdateSquare).Keys);
        foreach (var step in fixture.Points(ProbeKeys.Noise).Keys)
        {
            Assert.Equal(fixture.Points(ProbeKeys.Noise)[step], layers.Sum(layer => fixture.Points(ProbeKeys.Of(ProbeKeys.Noise, layer))[step]), 1e-6 * Math.Abs(fixture.Points(ProbeKeys.Noise)[step]));
        }

        Assert.Equal(0, fixture.Points(ProbeKeys.ThermalLoss)[0]); // the mean of one state is that state
        foreach (var (step, thermal) in fixture.Points(ProbeKeys.ThermalLoss))
        {
            Assert.Equal(fixture.Points(MetricKeys.ValidationLoss)[step] - fixture.Points(ProbeKeys.ColdLoss)[step], thermal, 1e-6);
        }

        Assert.True(fixture.Points(ProbeKeys.Seconds).Values.Last() > 0);
    }

    [Fact]
    public void Resume_WithProbes_MeasuresWhatTheUninterruptedRunDid()
    {
        RunSpec Change(RunSpec spec) => spec with { GradientAccumulationSteps = 2, Probes = Often };
        using var whole = new TrainingFixture(Change);
        using var parts = new TrainingFixture(Change);
        whole.RunAttempt();
        foreach (var pauseAt in new[] { 1, 4, 7, 11 })
        {
            Assert.Equal(TrainerExitCode.Saved, parts.RunAttempt(pauseAt));
        }

        parts.RunAttempt();

        MetricKey[] measured = [ProbeKeys.Noise, ProbeKeys.ColdLoss, ProbeKeys.ThermalLoss, ProbeKeys.LargestPreconditionedCurvature, ProbeKeys.LogDeterminant, ProbeKeys.RiverForce, ProbeKeys.UpdateOverlap, ProbeKeys.Of(ProbeKeys.HeatFlow, "h.0")];
        foreach (var key in s_trained.Concat(measured))
        {
            Assert.Equal(whole.Points(key), parts.Points(key));
        }

        // Seconds go on over attempts.
        var seconds = parts.Points(ProbeKeys.Seconds).Values.ToList();
        Assert.Equal(seconds.Order(), seconds);
    }

    [Fact]
    public void Resume_CheckpointWithoutProbes_BeginsTheMeanAnew()
    {
        using var fixture = new TrainingFixture(spec => spec with { GradientAccumulationSteps = 2, Probes = Often });
        fixture.RunAttempt(pauseAt: 5);
        var store = new CheckpointStore(fixture.Run, RunSpecJson.Hash(fixture.Spec));
        var directory = store.PathOf(store.List()[0]);
        var manifest = DurableFile.ReadJson<CheckpointManifest>(Path.Combine(directory, CheckpointManifest.FileName))!;
        DurableFile.WriteJson(
            Path.Combine(directory, CheckpointManifest.FileName),
            manifest with { Files = [.. manifest.Files.Where(file => !file.Name.StartsWith("probes", StringComparison.Ordinal))] });
        File.Delete(Path.Combine(directory, "probes.json"));
        File.Delete(Path.Combine(directory, "probes.safetensors"));

        Assert.Equal(TrainerExitCode.Finished, fixture.RunAttempt());

        Assert.Equal(0, fixture.Points(ProbeKeys.ThermalLoss)[5]);
    }

    [Fact]
    public void Noise_OfHalfBatches_AgreesWithThatOfMicroBatches()
    {
        // The same eight sequences a step, as four micro-batches or as one batch in two halves; no update, so that both see the same weights.
        RunSpec Change(RunSpec spec, int size, int accumulation) => spec with
        {
            BatchSize = size,
            GradientAccumulationSteps = accumulation,
            Schedule = new ScheduleSpec(new ConstantRate(400, 1e-30)),
            Optimizer = new() { Kind = OptimizerKind.Sgd, Beta1 = 0, WeightDecay = 0 },
            ValidationIntervalSteps = 1_000,
            Probes = new() { NoiseIntervalSteps = 1, ColdHorizonSteps = null, CurvatureIntervalSteps = null, ConductionIntervalSteps = null, RiverWindowSteps = null, SpectrumAtPhaseEnds = false },
        };
        using var micro = new TrainingFixture(spec => Change(spec, 2, 4));
        using var halves = new TrainingFixture(spec => Change(spec, 8, 1));
        micro.RunAttempt();
        halves.RunAttempt();

        var (fine, coarse) = (micro.Points(ProbeKeys.Noise).Values, halves.Points(ProbeKeys.Noise).Values);
        var (spread, error) = (coarse.Average() - fine.Average(), Math.Sqrt((Square(fine) + Square(coarse)) / fine.Count));
        Assert.True(error < 0.05 * fine.Average(), "too noisy to tell");
        Assert.InRange(spread, -3 * error, 3 * error);

        static double Square(ICollection<double> values) => values.Average(value => (value - values.Average()) * (value - values.Average()));
    }

    private static ProbeSpec Often => new() { NoiseIntervalSteps = 1, ColdHorizonSteps = 5, CurvatureIntervalSteps = 4, ConductionIntervalSteps = 4, RiverWindowSteps = 4 };

    private static byte[] WeightsOf(TrainingFixture fixture)
    {
        var store = new CheckpointStore(fixture.Run, RunSpecJson.Hash(fixture.Spec));
        return File.ReadAllBytes(Path.Combine(store.PathOf(store.List()[0]), "weights.safetensors"));
    }
}
