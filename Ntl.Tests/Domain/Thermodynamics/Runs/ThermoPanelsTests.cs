using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Domain.Thermodynamics.Runs;

public sealed class ThermoPanelsTests
{
    [Fact]
    public void Of_NothingMeasured_EveryPanelSaysWhatToSwitchOn()
    {
        var panels = Of(new(new("0000000001"), SyntheticRun.WarmupStableDecay().Spec, new Dictionary<MetricKey, MetricSeries>()));

        Assert.Equal(11, panels.Select(panel => panel.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(panels, panel => Assert.Contains("switch on", panel.Reading, StringComparison.Ordinal));
        Assert.All(panels, panel => Assert.False(panel.IsMeasured));
    }

    [Theory, InlineData(60L), InlineData(700L), InlineData(2000L), InlineData(2700L), InlineData(null)]
    public void Of_AnyMomentOfARun_DrawsFinitePlots(long? until)
    {
        var record = RunAlertsTests.With(SyntheticRun.WarmupStableDecay().Record(until), ProbeKeys.LargestPreconditionedCurvature, (20, 10_000), (40, 12_000));
        record = RunAlertsTests.With(record, ProbeKeys.ConductanceOf("h.0", "h.1"), (20, 3));
        record = RunAlertsTests.With(record, ProbeKeys.Of(ProbeKeys.HeatFlow, "h.0"), (20, -1e-4));
        record = RunAlertsTests.With(record, ProbeKeys.RiverForce, (20, -1e-3));
        record = RunAlertsTests.With(record, ProbeKeys.RiverDrive, (20, 4e-3));

        var panels = Of(record);

        Assert.All(panels, panel => Assert.True(panel.IsMeasured || panel.Reading.StartsWith("Waiting", StringComparison.Ordinal), panel.Id));
        Assert.Equal(until is not 60, panels.All(panel => panel.IsMeasured));
        foreach (var plot in panels.SelectMany(panel => panel.Plots))
        {
            Assert.All(plot.Curves, curve => Assert.Equal(curve.X.Length, curve.Y.Length));
            Assert.All(plot.Curves.SelectMany(curve => curve.X.Concat(curve.Y).Concat(curve.Lower).Concat(curve.Upper)), value => Assert.True(double.IsFinite(value)));
            Assert.DoesNotContain("NaN", PlotFile.Write(plot), StringComparison.Ordinal);
        }

        Assert.Contains("0.25", panels.Single(panel => panel.Id == "force").Reading, StringComparison.Ordinal);
    }

    [Theory, InlineData(2000L, "in equilibrium"), InlineData(2900L, "1/t optimum")]
    public void Of_HoldAndDecay_SaysHowHotTheValleyIs(long until, string reading) =>
        Assert.Contains(reading, Of((SyntheticRun.WarmupStableDecay() with { LossNoise = 1e-5 }).Record(until)).Single(panel => panel.Id == "bath").Reading, StringComparison.Ordinal);

    [Fact]
    public void Of_LongRun_ThinsItsPlots()
    {
        var panels = Of(SyntheticRun.WarmupStableDecay(30_000, 6000).Record());

        Assert.All(panels.SelectMany(panel => panel.Plots).SelectMany(plot => plot.Curves), curve => Assert.InRange(curve.X.Length, 0, 400));
        Assert.All(panels.SelectMany(panel => panel.Plots).Select(plot => plot.Cells).OfType<PlotCells>(), cells => Assert.InRange(cells.X.Length, 2, 80));
    }

    [Fact]
    public void Of_OneMicroBatchWarmUpAndClipping_AreCaveats()
    {
        var source = SyntheticRun.WarmupStableDecay();
        var record = (source with { Spec = source.Spec with { GradientAccumulationSteps = 1, Optimizer = new() { GradientClip = 0.4, WeightDecay = 0.1 } } }).Record(90);

        var caveats = string.Join('\n', Of(record).SelectMany(panel => panel.Caveats));

        Assert.Contains("one micro-batch", caveats, StringComparison.Ordinal);
        Assert.Contains("warms up", caveats, StringComparison.Ordinal);
        Assert.Contains("clipped", caveats, StringComparison.Ordinal);
        Assert.Contains("Weight decay", caveats, StringComparison.Ordinal);
        Assert.Contains("α = ¼", caveats, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ThermoPanel> Of(RunRecord record) => ThermoPanels.Of(RunThermodynamics.Of(record));
}
