using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Tests.Domain.Runs;

namespace Ntl.Tests.Domain.Thermodynamics.Runs;

public sealed class RunThermodynamicsTests
{
    [Fact]
    public void Of_KnownTrace_TemperatureIsHalfRateTimesTraceWithinItsError()
    {
        var misses = 0;
        const int Runs = 100;
        for (var seed = 1; seed <= Runs; seed++)
        {
            var run = RunThermodynamics.Of((SyntheticRun.WarmupStableDecay() with { Seed = seed }).Record(2000));
            var temperature = run.TotalTemperature.Last!.Value;
            misses += Math.Abs(temperature.Value - (0.5 * 1e-3 * SyntheticRun.Trace)) > 2 * temperature.StandardError ? 1 : 0;
        }

        // One in twenty by chance; twelve in a hundred by one in a thousand.
        Assert.InRange(misses, 0, 12);
    }

    [Fact]
    public void Of_SettledHold_FindsTheShareOfHeatAndEquilibrium()
    {
        var misses = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var run = RunThermodynamics.Of((SyntheticRun.WarmupStableDecay() with { Seed = seed }).Record(2000));
            var alpha = run.OwnEquilibrium!.Value;
            misses += Math.Abs(alpha.Value - SyntheticRun.Alpha) > 2 * alpha.StandardError ? 1 : 0;
            Assert.InRange(run.EquilibriumRatio.Last!.Value.Value, 0.97, 1.03);
        }

        Assert.InRange(misses, 0, 12);
    }

    [Fact]
    public void Of_Decay_EquilibriumRatioFollowsTheValley()
    {
        var source = SyntheticRun.WarmupStableDecay() with { LossNoise = 0, TraceNoise = 0 };
        var heats = new NewtonCooling(SyntheticRun.Kappa, SyntheticRun.Alpha * SyntheticRun.Trace).Along(0, source.Spec.Schedule);

        var run = RunThermodynamics.Of(source.Record());

        foreach (var step in new[] { 2500L, 2650, 2800 })
        {
            var bath = SyntheticRun.Alpha * SyntheticRun.Trace * source.Spec.Schedule.LearningRate(step - 1);
            Assert.Equal(heats[step] / bath, run.EquilibriumRatio.At(step)!.Value.Value, 1e-3 * heats[step] / bath);
        }
    }

    [Fact]
    public void Of_Validations_LedgerClosesToTheLastDigits()
    {
        var run = RunThermodynamics.Of(SyntheticRun.WarmupStableDecay().Record());

        Assert.True(run.Ledger.Length > 100);
        Assert.All(run.Ledger, line => Assert.Equal(line.LossChange, line.Change.Total, 1e-12));
        Assert.True(run.Ledger[^1].Change.Work < -0.1);
    }

    [Fact]
    public void Of_QuenchOfKnownValley_EntropyProductionIsThatOfTheQuench()
    {
        // From equilibrium at η to equilibrium at η/4: (r − 1 − ln r)/2 a direction.
        var source = SyntheticRun.WarmupStableDecay() with { LossNoise = 0, TraceNoise = 0 };
        var spec = source.Spec with
        {
            ValidationIntervalSteps = 1,
            Schedule = new(new Ntl.Domain.Schedules.ConstantRate(1000, 1e-3), new Ntl.Domain.Schedules.ConstantRate(1000, 2.5e-4)),
        };

        var run = RunThermodynamics.Of((source with { Spec = spec }).Record());

        var before = run.EntropyProduction.At(1000)!.Value.Value;
        Assert.Equal(0.8069 * 1, (run.EntropyProduction.Last!.Value.Value - before), 0.01);
    }

    [Fact]
    public void Of_HeatThatComesAndGoesWithoutTheBath_ProductionFallsBeyondNoise()
    {
        // The valley cools below its bath on its own and stays there.
        var source = SyntheticRun.WarmupStableDecay() with { Heat = (step, heat) => step > 1500 ? heat / 10 : heat };

        var run = RunThermodynamics.Of(source.Record(2000));

        var fall = run.EntropyProductionDip!.Value.Fall;
        Assert.True(fall.Value > 4 * fall.StandardError, $"{fall}");
    }

    [Fact]
    public void Of_NothingMeasured_EverythingIsEmpty()
    {
        var run = RunThermodynamics.Of(new(new("0000000001"), RunSpecs.Valid, new Dictionary<MetricKey, MetricSeries>()));

        Assert.True(run.Temperature.IsEmpty && run.ThermalLoss.IsEmpty && run.Equipartition.IsEmpty && run.EntropyProduction.IsEmpty && run.NoiseScale.IsEmpty && run.BalanceRatio.IsEmpty);
        Assert.False(run.IsCalibrated);
        Assert.Empty(run.Ledger);
        Assert.True(double.IsNaN(run.ProbeShare));
    }

    [Fact]
    public void Of_NotANumberAmongPoints_IsPassedOver()
    {
        var record = SyntheticRun.WarmupStableDecay().Record(2000);
        var spoilt = record.Series.ToDictionary(pair => pair.Key, pair => Spoil(pair.Value));

        var run = RunThermodynamics.Of(record with { Series = spoilt });

        Assert.Equal(0.5 * 1e-3 * SyntheticRun.Trace, run.TotalTemperature.Last!.Value.Value, 0.02);
        Assert.All(run.EquilibriumRatio.Values, value => Assert.True(double.IsFinite(value)));
        Assert.All(run.EntropyProduction.Values, value => Assert.True(double.IsFinite(value)));

        static MetricSeries Spoil(MetricSeries series) => new(
            series.Steps.ToArray(), [.. series.Values.ToArray().Select((value, i) => (i % 7) switch { 3 => double.NaN, 5 => double.PositiveInfinity, _ => value })]);
    }

    [Fact]
    public void Of_HundredThousandSteps_MeansAreOfAllPoints()
    {
        long[] steps = [.. Enumerable.Range(0, 100_000).Select(step => (long)step)];
        var spec = RunSpecs.Valid with { Schedule = Ntl.Domain.Schedules.StandardSchedules.Constant(100_000, 1e-3), Probes = SyntheticRun.Probes };
        var series = new Dictionary<MetricKey, MetricSeries> { [ProbeKeys.Noise] = new(steps, [.. steps.Select(step => step % 2 == 0 ? 400.0 : 600)]) };

        var run = RunThermodynamics.Of(new(new("0000000001"), spec, series));

        Assert.Equal(100_000, run.TotalTemperature.Count);
        Assert.Equal(0.25, run.TotalTemperature.Last!.Value.Value, 1e-3);
    }

    [Fact]
    public void StabilityEdgeOf_EachRule_IsThatOfItsMetric()
    {
        Assert.Equal(2, RunThermodynamics.StabilityEdgeOf(new() { Kind = OptimizerKind.Sgd, Beta1 = 0 })!.Value, 1e-12);
        Assert.Equal(38, RunThermodynamics.StabilityEdgeOf(new() { Kind = OptimizerKind.AdamW, Beta1 = 0.9 })!.Value, 1e-12);
        Assert.Null(RunThermodynamics.StabilityEdgeOf(new() { Kind = OptimizerKind.Lion }));
    }

    [Fact]
    public void ParametersIn_AllLayers_AddUpToTheModel()
    {
        var record = SyntheticRun.WarmupStableDecay().Record(1);

        Assert.Equal(record.Spec.Model.ParameterCount, record.Layers.Sum(record.ParametersIn));
    }

    internal static IReadOnlyList<string> LayersOf(RunSpec spec) => new RunRecord(new("0000000001"), spec, new Dictionary<MetricKey, MetricSeries>()).Layers;
}
