using Ntl.Domain.Metrics;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Domain.Thermodynamics.Runs;

public sealed class RunAlertsTests
{
    [Fact]
    public void Of_QuietRuns_RaisesNone()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var source = SyntheticRun.WarmupStableDecay() with { Seed = seed };
            foreach (var until in new long?[] { 50, 700, 2300, 2700, null })
            {
                Assert.Empty(RunAlerts.Of(source.Record(until), TimeSpan.FromMinutes(1)));
            }
        }
    }

    [Fact]
    public void Of_QuietCosine_RaisesNone()
    {
        var source = SyntheticRun.WarmupStableDecay();
        for (var seed = 1; seed <= 50; seed++)
        {
            Assert.Empty(RunAlerts.Of((source with { Seed = seed, Spec = source.Spec with { Schedule = StandardSchedules.Cosine(3000, 1e-3, 1e-4, 100) } }).Record()));
        }
    }

    [Fact]
    public void Of_NothingMeasured_RaisesNone() =>
        Assert.Empty(RunAlerts.Of(new RunRecord(new("0000000001"), SyntheticRun.WarmupStableDecay().Spec, new Dictionary<MetricKey, MetricSeries>())));

    [Fact]
    public void Of_NoiseThatGrowsOnAHold_TellsOfHeating()
    {
        var source = SyntheticRun.WarmupStableDecay() with { TraceAt = step => step < 1200 ? SyntheticRun.Trace : 3 * SyntheticRun.Trace };

        var alert = Assert.Single(RunAlerts.Of(source.Record(2200)), alert => alert.Kind == RunAlertKind.Heating);

        Assert.Equal(RunAlertSeverity.Warning, alert.Severity);
        Assert.InRange(alert.SinceStep, 500, 1205);
    }

    [Fact]
    public void Of_DecayWhileHeatStillRises_TellsOfAnEarlyDecay()
    {
        var source = SyntheticRun.WarmupStableDecay() with { Heat = (step, heat) => step < 2400 ? heat * step / 2400 : heat };

        var alert = Assert.Single(RunAlerts.Of(source.Record()), alert => alert.Kind == RunAlertKind.EarlyDecay);

        Assert.Equal(2400, alert.SinceStep);
    }

    [Fact]
    public void Of_SharpnessBeyondTheEdge_TellsOfInstability()
    {
        var record = SyntheticRun.WarmupStableDecay().Record(2000);

        Assert.Empty(RunAlerts.Of(With(record, ProbeKeys.LargestPreconditionedCurvature, (1000, 30_000), (2000, 38_000))));
        var alert = Assert.Single(RunAlerts.Of(With(record, ProbeKeys.LargestPreconditionedCurvature, (500, 10_000), (1000, 60_000), (2000, 80_000))));

        Assert.Equal((RunAlertKind.Unstable, 1000), (alert.Kind, alert.SinceStep));
    }

    [Fact]
    public void Of_EntropyThatFalls_IsTold()
    {
        var source = SyntheticRun.WarmupStableDecay() with { Heat = (step, heat) => step > 1500 ? heat / 10 : heat };

        Assert.Contains(RunAlerts.Of(source.Record(2000)), alert => alert.Kind == RunAlertKind.EntropyFalls);
    }

    [Fact]
    public void Of_LossThatIsNoNumber_IsAnErrorFromItsFirstStep()
    {
        var record = SyntheticRun.WarmupStableDecay().Record(500);
        var losses = record[MetricKeys.TrainLoss];

        var spoilt = new MetricSeries(losses.Steps.ToArray(), [.. losses.Values.ToArray().Select((value, i) => i >= 400 ? double.NaN : value)]);
        var alert = RunAlerts.Of(record with { Series = Replace(record, MetricKeys.TrainLoss, spoilt) })[0];

        Assert.Equal((RunAlertKind.NotFinite, RunAlertSeverity.Error, 400), (alert.Kind, alert.Severity, alert.SinceStep));
    }

    [Theory, InlineData(5, false), InlineData(11, true)]
    public void Of_SilentTrainer_IsAStallAfterTenMinutesOfQuickSteps(int minutes, bool isStall)
    {
        var alerts = RunAlerts.Of(SyntheticRun.WarmupStableDecay().Record(1500), TimeSpan.FromMinutes(minutes));

        Assert.Equal(isStall, alerts.Any(alert => alert.Kind == RunAlertKind.Stall));
    }

    [Fact]
    public void Of_SlowSteps_HaveLongerToCome()
    {
        var record = With(SyntheticRun.WarmupStableDecay().Record(1500), MetricKeys.ElapsedSeconds, (0, 60), (1499, 90_000));

        Assert.Empty(RunAlerts.Of(record, TimeSpan.FromMinutes(30)));
        Assert.Single(RunAlerts.Of(record, TimeSpan.FromMinutes(120)));
    }

    [Fact]
    public void Of_LossThatRisesOrStandsStill_IsAStall()
    {
        var record = SyntheticRun.WarmupStableDecay().Record(2300);
        MetricPoint[] Points(Func<long, double> loss) => [.. Enumerable.Range(0, 93).Select(i => new MetricPoint(25 * i, loss(25 * i)))];

        var rises = RunAlerts.Of(record with { Series = Replace(record, MetricKeys.ValidationLoss, MetricSeries.Of(Points(step => 2 + (1e-4 * step)))) });
        var flat = RunAlerts.Of(record with { Series = Replace(record, MetricKeys.ValidationLoss, MetricSeries.Of(Points(step => 2 + (step % 50 == 0 ? 1e-5 : 0)))) });

        Assert.Equal(RunAlertSeverity.Warning, Assert.Single(rises).Severity);
        Assert.Equal(RunAlertSeverity.Notice, Assert.Single(flat).Severity);
    }

    internal static RunRecord With(RunRecord record, MetricKey key, params (long Step, double Value)[] points) =>
        record with { Series = Replace(record, key, MetricSeries.Of([.. points.Select(point => new MetricPoint(point.Step, point.Value))])) };

    private static Dictionary<MetricKey, MetricSeries> Replace(RunRecord record, MetricKey key, MetricSeries series)
    {
        var all = record.Series.ToDictionary();
        all[key] = series;
        return all;
    }
}
