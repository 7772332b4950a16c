using Ntl.Domain.Metrics;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Domain.Thermodynamics.Runs;

public class ClippingTests
{
    private const double Clip = 0.5;

    [Fact]
    public void Of_ClippedGradients_IsWhatItIsWithoutClipping()
    {
        // Adam does not see a constant factor s of its gradients: P is 1/s times as large, and the probes see s²·P/s·Σ. The heat is that of s = 1.
        const double S = 0.25;
        var source = SyntheticRun.WarmupStableDecay();
        var plain = source.Record();
        var clipped = RunThermodynamics.Of(Clipped(source.Record(), S, ProbeKeys.Noise, factor: S));

        var expected = RunThermodynamics.Of(plain);

        Assert.Equal(expected.NoiseTrace.Count, clipped.NoiseTrace.Count);
        Assert.All(Enumerable.Range(0, expected.NoiseTrace.Count), i => Assert.Equal(expected.NoiseTrace.Values[i], clipped.NoiseTrace.Values[i], 1e-9 * expected.NoiseTrace.Values[i]));
        Assert.All(Enumerable.Range(0, expected.Equipartition.Count), i => Assert.Equal(expected.Equipartition.Values[i], clipped.Equipartition.Values[i], 1e-9));
    }

    [Fact]
    public void Of_ClippedGradients_SharpnessIsThatOfTheStepsThatAreTaken()
    {
        const double S = 0.25;
        var record = RunAlertsTests.With(SyntheticRun.WarmupStableDecay().Record(), ProbeKeys.LargestPreconditionedCurvature, (1_000, 8_000));

        var sharpness = RunThermodynamics.Of(Clipped(record, S, ProbeKeys.Noise, factor: 1)).Sharpness;

        Assert.Equal(S * 8_000 * record.Rate(1_000), sharpness.Values[0], 1e-9);
    }

    [Fact]
    public void Of_ARecordTwice_CorrectsItOnce()
    {
        var once = RunThermodynamics.Of(Clipped(SyntheticRun.WarmupStableDecay().Record(), 0.25, ProbeKeys.Noise, factor: 1));

        var twice = RunThermodynamics.Of(once.Record);

        Assert.Equal(once.NoiseTrace.Values, twice.NoiseTrace.Values);
    }

    // As if every gradient had been clipped to a share s of its length.
    private static RunRecord Clipped(RunRecord record, double s, MetricKey key, double factor)
    {
        var steps = Enumerable.Range(0, (int)record.Spec.TotalSteps).Select(step => (long)step).ToArray();
        var series = record.Series.ToDictionary(pair => pair.Key, pair => pair.Value);
        series[key] = new(series[key].Steps.ToArray(), [.. series[key].Values.ToArray().Select(value => factor * value)]);
        series[MetricKeys.GradientNorm] = new(steps, [.. steps.Select(_ => Clip / s)]);
        return record with { Spec = record.Spec with { Optimizer = record.Spec.Optimizer with { GradientClip = Clip } }, Series = series };
    }
}
