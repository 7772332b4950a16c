using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Laws;

namespace Ntl.Tests.Web.LossLaws;

public sealed class RunCurveTests
{
    private static readonly RunSpec s_spec = TestSpecs.Tiny(steps: 1000) with { Schedule = StandardSchedules.Cosine(1000, 1e-3) };

    [Fact]
    public void Of_ARunWithValidations_TakesThemAfterAsManyUpdatesAsTheirStep()
    {
        var steps = Enumerable.Range(0, 11).Select(i => i * 100L).ToArray();

        var curve = RunCurve.Of(Record(MetricKeys.ValidationLoss, steps, step => 5 - (step / 1000.0))).Curve!;

        Assert.Equal("validation loss", curve.Measure);
        // Before any update there is no D to have a loss at.
        Assert.Equal(steps.Skip(1), curve.Curve.Points.Select(point => point.Updates));
        Assert.Equal(4, curve.Curve.Points[^1].Loss);
        Assert.Equal(s_spec.Schedule.IntrinsicTime, curve.Curve.Path.IntrinsicTime, 1e-12);
    }

    [Fact]
    public void Of_ARunWithFewValidations_TakesMeansOfItsTrainingLoss()
    {
        var curve = RunCurve.Of(Record(MetricKeys.TrainLoss, [.. Enumerable.Range(0, 1000).Select(i => (long)i)], step => 3 + (step % 5 == 0 ? 0.5 : 0))).Curve!;

        Assert.StartsWith("training loss", curve.Measure, StringComparison.Ordinal);
        // Stretches of five steps: each mean has one of the high ones.
        Assert.Equal(200, curve.Curve.Points.Length);
        Assert.All(curve.Curve.Points, point => Assert.Equal(3.1, point.Loss, 1e-12));
        Assert.Equal((2L, 997L), (curve.Curve.Points[0].Updates, curve.Curve.Points[^1].Updates));
    }

    [Fact]
    public void Of_ARunWithoutLosses_SaysSo()
    {
        var reading = RunCurve.Of(Record(MetricKeys.ValidationLoss, [0, 500, 1000], _ => double.NaN));

        Assert.Null(reading.Curve);
        Assert.Contains("0 losses", reading.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "Diverged: its last validation loss, at step 1000, is not a finite number")]
    [InlineData(1e13, "Exploded")]
    [InlineData(7.5, "Exploded")]
    public void Of_ARunThatDiverged_IsLeftOutWithTheReason(double last, string reason)
    {
        var steps = Enumerable.Range(0, 11).Select(i => i * 100L).ToArray();

        var reading = RunCurve.Of(Record(MetricKeys.ValidationLoss, steps, step => step == 1000 ? last : 5 - (step / 1000.0)));

        Assert.Null(reading.Curve);
        Assert.StartsWith(reason, reading.Diverged!.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, reading.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Family_OfRunsThatDifferInScheduleAndSeed_IsOne()
    {
        var family = CurveFamily.Of(s_spec);

        Assert.Equal(family, CurveFamily.Of(s_spec with { Seed = 9, Name = "other", Schedule = StandardSchedules.Constant(10, 1), Precision = Precision.BFloat16 }));
        Assert.NotEqual(family.Key, CurveFamily.Of(s_spec with { BatchSize = 3 }).Key);
        Assert.NotEqual(family.Key, CurveFamily.Of(s_spec with { Model = s_spec.Model with { EmbeddingWidth = 16 } }).Key);
        Assert.NotEqual(family.Key, CurveFamily.Of(s_spec with { Optimizer = s_spec.Optimizer with { Beta2 = 0.9 } }).Key);
        Assert.NotEqual(family.Key, CurveFamily.Of(s_spec with { Dataset = s_spec.Dataset with { Hash = new string('0', 64) } }).Key);
    }

    [Theory]
    [InlineData("run:0123456789", "run:0123456789")]
    [InlineData("0123456789", "run:0123456789")]
    [InlineData("file:0123456789", "file:0123456789")]
    [InlineData("web:0123456789", null)]
    [InlineData("run:", null)]
    [InlineData(null, null)]
    public void CurveRef_Text_IsReadAndWritten(string? text, string? written) =>
        Assert.Equal(written, CurveRef.TryParse(text, out var curve) ? curve.ToString() : null);

    private static RunRecord Record(MetricKey key, long[] steps, Func<long, double> loss) =>
        new(new("0123456789"), s_spec, new Dictionary<MetricKey, MetricSeries> { [key] = new(steps, [.. steps.Select(loss)]) });
}
