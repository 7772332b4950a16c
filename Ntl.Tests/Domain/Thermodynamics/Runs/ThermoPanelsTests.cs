using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Domain.Thermodynamics.Runs;

public sealed class ThermoPanelsTests
{
    [Fact]
    public void Of_NothingMeasured_EveryPanelSaysWhatToSwitchOn()
    {
        var spec = SyntheticRun.WarmupStableDecay().Spec;
        var panels = Of(new(new("0000000001"), spec with { Probes = null }, new Dictionary<MetricKey, MetricSeries>()));
        var waiting = Of(new(new("0000000001"), spec, new Dictionary<MetricKey, MetricSeries>()));

        Assert.Equal(11, panels.Select(panel => panel.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(panels, panel => Assert.Contains("switch on", panel.Reading, StringComparison.Ordinal));
        Assert.All(panels.Concat(waiting), panel => Assert.False(panel.IsMeasured));
        Assert.All(waiting, panel => Assert.Contains("not been measured yet", panel.Reading, StringComparison.Ordinal));
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

        Assert.All(panels, panel => Assert.True(panel.IsMeasured || panel.Premises.Any(premise => !premise.IsSatisfied), panel.Id));
        Assert.Equal(until is not 60, panels.All(panel => panel.IsMeasured));
        foreach (var plot in panels.SelectMany(panel => panel.Plots))
        {
            Assert.All(plot.Curves, curve => Assert.Equal(curve.X.Length, curve.Y.Length));
            Assert.All(plot.Curves.SelectMany(curve => curve.X.Concat(curve.Y).Concat(curve.Lower).Concat(curve.Upper)), value => Assert.True(double.IsFinite(value)));
            Assert.DoesNotContain("NaN", PlotFile.Write(plot), StringComparison.Ordinal);
        }

        Assert.Contains("0.25", panels.Single(panel => panel.Id == "force").Reading, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RunWithOneHeatFlow_TellsItInWordsAndDrawsNoLoneBar()
    {
        var record = RunAlertsTests.With(SyntheticRun.WarmupStableDecay().Record(), ProbeKeys.ConductanceOf("h.0", "h.1"), (20, 3));
        record = RunAlertsTests.With(record, ProbeKeys.Of(ProbeKeys.HeatFlow, "h.0"), (20, -1e-4));

        var panel = Of(record).Single(own => own.Id == "conduction");

        Assert.Equal(["Conductance between layers"], panel.Plots.Select(plot => plot.Title));
        Assert.Contains("h.0 takes up", panel.Reading, StringComparison.Ordinal);
        Assert.Contains("the only heat flow that is significantly different from 0", panel.Reading, StringComparison.Ordinal);
    }

    [Fact]
    public void Equipartition_AtAnyMomentOfARun_HasAnError()
    {
        foreach (var until in Enumerable.Range(4, 100).Select(i => 25L * i))
        {
            var alpha = RunThermodynamics.Of(SyntheticRun.WarmupStableDecay().Record(until)).Equipartition;

            Assert.All(
                Enumerable.Range(0, alpha.Count).Select(i => alpha[i]).Where(value => double.IsFinite(value.Value)),
                value => Assert.True(value.StandardError > 0, $"at step {until}"));
        }
    }

    [Fact]
    public void Of_Hold_SaysThatTheValleyIsInEquilibrium() =>
        Assert.Contains("in equilibrium", Reading((SyntheticRun.WarmupStableDecay() with { LossNoise = 1e-5 }).Record(2000), "bath"),
            StringComparison.Ordinal);

    [Fact]
    public void Of_DecayNearTheBest_SaysSo()
    {
        // A horizon of five steps sees a valley that the rate outruns near the end of a decay.
        var source = SyntheticRun.WarmupStableDecay() with { LossNoise = 1e-7 };
        var spec = source.Spec with { ValidationIntervalSteps = 5, Probes = SyntheticRun.Probes with { ColdHorizonSteps = 5 } };

        Assert.Contains("1/t optimum", Reading((source with { Spec = spec }).Record(2950), "bath"), StringComparison.Ordinal);
    }

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
        Assert.Contains("warming up", caveats, StringComparison.Ordinal);
        Assert.Contains("clipped", caveats, StringComparison.Ordinal);
        Assert.Contains("Weight decay", caveats, StringComparison.Ordinal);
    }

    private static string Reading(RunRecord record, string id) =>
        Of(record).Single(panel => string.Equals(panel.Id, id, StringComparison.Ordinal)).Reading;

    private static IReadOnlyList<ThermoPanel> Of(RunRecord record) => ThermoPanels.Of(RunThermodynamics.Of(record));
}
