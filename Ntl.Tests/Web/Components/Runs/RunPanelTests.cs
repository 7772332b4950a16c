using Ntl.Web.Components.Runs;

namespace Ntl.Tests.Web.Components.Runs;

public sealed class RunPanelTests
{
    [Fact]
    public void For_RunWithProbes_MakesNoBareChartsOfThem()
    {
        var panels = RunPanel.For(["probe/noise", "probe/noise/h.0", "train/loss", "my/metric"]);

        Assert.DoesNotContain(panels, panel => panel.Keys.Any(key => key.StartsWith("probe/", StringComparison.Ordinal)));
        Assert.Equal(["my/metric"], panels[^1].Keys);
        Assert.Empty(RunPanel.More(panels, ["probe/thermal_loss"]));
    }
}
