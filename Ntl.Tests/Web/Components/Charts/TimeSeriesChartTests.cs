using System.Text.Json;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Charts;
using Ntl.Web.Live;

namespace Ntl.Tests.Web.Components.Charts;

public sealed class TimeSeriesChartTests : IAsyncDisposable
{
    private static readonly ChartLine[] s_lines = [new("training", 1), new("validation", 2)];

    private readonly Stage _stage = new();

    [Fact]
    public async Task Chart_OnFirstRender_IsBuiltOnce()
    {
        await using var chart = await StartAsync();

        await chart.SetAsync(("Title", "Loss"), ("Lines", s_lines));

        Assert.Single(_stage.Script.CallsOf("create"));
        Assert.Empty(_stage.Script.CallsOf("configure"));
    }

    [Fact]
    public async Task Chart_HostileNames_TravelAsDataOnly()
    {
        const string Hostile = "</script><img src=x onerror=alert(1)>";
        await using var chart = await _stage.StartAsync<TimeSeriesChart>(("Title", Hostile), ("Lines", new ChartLine[] { new(Hostile, 1) }));

        var html = await _stage.RenderAsync<TimeSeriesChart>(("Title", Hostile), ("Lines", s_lines));

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Equal(Hostile, Shape().GetProperty("title").GetString());
        Assert.Equal(Hostile, Shape().GetProperty("series")[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task Append_NewPoints_SendsOnlyThem()
    {
        await using var chart = await StartAsync();
        ChartPoints points = new(1, [40], null, [2.5], null, 0, RewindToStep: 38);

        await chart.DoAsync(own => own.AppendAsync([points]));

        var sent = Assert.IsType<byte[]>(Assert.Single(_stage.Script.CallsOf("append"))[0]);
        Assert.Equal(ChartFrame.Encode([points]), sent);
        Assert.Equal(48, sent.Length);
        Assert.Empty(_stage.Script.CallsOf("replace"));
    }

    [Fact]
    public async Task Chart_NewMarks_AreSentWithoutTouchingThePoints()
    {
        await using var chart = await StartAsync();

        await chart.SetAsync(("Title", "Loss"), ("Lines", s_lines), ("Marks", new ChartMark[] { new(60, "hold", ChartMarkKind.Phase) }));

        var changes = Assert.IsType<Dictionary<string, object?>>(Assert.Single(_stage.Script.CallsOf("configure"))[0]);
        Assert.Equal(["marks"], changes.Keys);
    }

    [Fact]
    public async Task Chart_AnotherAxisAndScale_ChangesJustThose()
    {
        await using var chart = await StartAsync();

        await chart.SetAsync(("Title", "Loss"), ("Lines", s_lines), ("Axis", SeriesAxis.LearningRateSum), ("LogY", true));

        var changes = Assert.IsType<Dictionary<string, object?>>(Assert.Single(_stage.Script.CallsOf("configure"))[0]);
        Assert.Equal("d", changes["axis"]);
        Assert.Equal(true, changes["logY"]);
        Assert.Equal(2, changes.Count);
    }

    [Fact]
    public async Task Window_ChosenByTheReader_ReachesThePage()
    {
        ChartWindow? chosen = null;
        var callback = Microsoft.AspNetCore.Components.EventCallback.Factory.Create<ChartWindow?>(this, window => chosen = window);
        await using var chart = await _stage.StartAsync<TimeSeriesChart>(("Title", "Loss"), ("Lines", s_lines), ("WindowChanged", callback));

        await chart.DoAsync(own => own.OnWindowChangedAsync(10, 20));
        Assert.Equal(new ChartWindow(10, 20), chosen);

        await chart.DoAsync(own => own.OnWindowChangedAsync(null, null));
        Assert.Null(chosen);
    }

    [Fact]
    public async Task Chart_LeavingThePage_IsDisposedInTheBrowser()
    {
        var chart = await StartAsync();

        await chart.DisposeAsync();

        Assert.Single(_stage.Script.CallsOf("dispose"));
    }

    [Fact]
    public async Task Chart_BeforeScriptsRun_IsNamedForAssistiveTechnology()
    {
        var html = await _stage.RenderAsync<TimeSeriesChart>(("Title", "Gradient norm"), ("Unit", "nats"), ("Lines", s_lines));

        Assert.Contains("role=\"img\" tabindex=\"0\" aria-label=\"Gradient norm\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Save the points of Gradient norm\"", html, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private Task<LiveComponent<TimeSeriesChart>> StartAsync() => _stage.StartAsync<TimeSeriesChart>(("Title", "Loss"), ("Lines", s_lines));

    // As the wire carries it.
    private JsonElement Shape() =>
        JsonSerializer.SerializeToElement(Assert.Single(_stage.Script.CallsOf("create"))[1], JsonSerializerOptions.Web);
}
