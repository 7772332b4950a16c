using System.Net;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Pages;
using Ntl.Web.Components.Runs;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Schedules;

namespace Ntl.Tests.Web.Components.Pages;

public sealed class SchedulePageTests
{
    private static readonly ScheduleSpec s_constant = StandardSchedules.Constant(100, 1e-3);
    private static readonly ScheduleSpec s_longer = StandardSchedules.Constant(150, 1e-3);

    [Fact]
    public async Task List_OfAnEmptyLibrary_SaysHowToFillIt()
    {
        await using var stage = new Stage("/schedules");

        var html = await stage.RenderAsync<ScheduleList>();

        Assert.Contains("No schedules yet", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/compose\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_UrlWithAView_AsksTheServerForExactlyThat()
    {
        await using var stage = new Stage("/schedules?q=cos&tags=wsd,124m&owner=Ada&archived=yes&sort=runcount&order=asc&page=3");

        await stage.RenderAsync<ScheduleList>();

        var request = stage.Library.LastRequest!;
        Assert.Equal(("cos", "Ada", true, ScheduleSort.RunCount, false, 80, 40), (request.Text, request.Owner, request.Archived, request.Sort, request.Descending, request.Skip, request.Take));
        Assert.Equal(["wsd", "124m"], request.Tags);
    }

    [Fact]
    public async Task List_OfSchedules_ShowsCurveRunsAndBestLoss()
    {
        await using var stage = new Stage("/schedules");
        stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000001", "steady", s_constant, s_longer));

        var html = await stage.RenderAsync<ScheduleList>();

        Assert.Contains("href=\"/schedules/0000000001\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"sparkline\"", html, StringComparison.Ordinal);
        Assert.Contains("v2", html, StringComparison.Ordinal);
        Assert.Contains("data-title=\"Best val loss\"", html, StringComparison.Ordinal);
        Assert.Contains("2.5", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_Page_LinksToTheComposerTheQueueAndItsOtherVersions()
    {
        await using var stage = new Stage("/schedules/0000000001");
        stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000001", "steady", s_constant, s_longer));

        var html = await stage.RenderAsync<ScheduleOverview>(("Id", "0000000001"));

        Assert.Contains($"href=\"/compose?schedule={Uri.EscapeDataString(s_longer.CanonicalJson)}&amp;name=steady&amp;from=0000000001:2\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/runs/new?shape=phases&amp;phases={Uri.EscapeDataString(s_longer.CanonicalJson)}\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/schedules/0000000001?version=1\"", html, StringComparison.Ordinal);
        Assert.Contains("No run has used it", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_AgainstAnother_TellsTheDifferenceInWords()
    {
        await using var stage = new Stage("/schedules/0000000001?against=0000000002:1");
        stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000001", "steady", s_longer));
        stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000002", "short", s_constant));

        var html = await stage.RenderAsync<ScheduleOverview>(("Id", "0000000001"));

        Assert.Contains("steps 100 → 150", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("where the shorter one ends", html, StringComparison.Ordinal);
        Assert.Contains("short v1", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_OfAnOldVersion_SaysThatThereIsANewerOne()
    {
        await using var stage = new Stage("/schedules/0000000001?version=1");
        stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000001", "steady", s_constant, s_longer));

        Assert.Contains("This is version 1; version 2 is the current one", await stage.RenderAsync<ScheduleOverview>(("Id", "0000000001")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/schedules/0000000009", "0000000009", "There is no schedule 0000000009")]
    [InlineData("/schedules/0000000001?version=7", "0000000001", "steady has no version 7: there are 1")]
    public async Task Schedule_Unknown_SaysSo(string path, string id, string message)
    {
        await using var stage = new Stage(path);
        stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000001", "steady", s_constant));

        Assert.Contains(message, await stage.RenderAsync<ScheduleOverview>(("Id", id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lineage_OfAFork_MarksTheOneThatIsShown()
    {
        await using var stage = new Stage("/");
        var lineage = new ScheduleLineage(
            [new("0000000001", "root", "Ada", null, 2, false, 0), new("0000000002", "fork", "Ben", new("0000000001", 1), 1, true, 1)], IsWhole: true);

        var html = await stage.RenderAsync<LineageTree>(("Lineage", lineage), ("Id", "0000000002"));

        Assert.Contains("href=\"/schedules/0000000001\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/schedules/0000000002\"", html, StringComparison.Ordinal);
        Assert.Contains("from v1 · archived", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_FromARun_BringsItsScheduleAndSaysWhereItIsKnown()
    {
        await using var stage = new Stage("/schedules/new?run=0000000001");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "first", RunStatus.Finished));
        stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000002", "known one", FakeRuns.Spec.Schedule));

        var html = await stage.RenderAsync<SaveSchedule>();

        Assert.Contains("The library knows this schedule", html, StringComparison.Ordinal);
        Assert.Contains("value=\"first\"", html, StringComparison.Ordinal);
        Assert.Contains("linearDecay", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_WithBrokenJson_SaysWhatIsWrongBesideIt()
    {
        await using var stage = new Stage($"/schedules/new?phases={Uri.EscapeDataString("""{"version":1,"phases":[{"kind":"constantRate","steps":0,"rate":-1}]}""")}");

        var html = await stage.RenderAsync<SaveSchedule>();

        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.Contains("phases[0].steps", html, StringComparison.Ordinal);
        Assert.Contains("phases[0].rate", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "In the library as")]
    [InlineData(false, "Save to library")]
    public async Task SpecPanel_OfARun_SaysWhetherTheLibraryKnowsItsSchedule(bool isKnown, string words)
    {
        await using var stage = new Stage("/runs/0000000001");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "first", RunStatus.Finished));
        if (isKnown)
        {
            stage.Library.Schedules.Add(FakeLibrary.Schedule("0000000002", "known one", FakeRuns.Spec.Schedule));
        }

        var detail = await stage.Runs.FindAsync(new("0000000001"), TestContext.Current.CancellationToken);

        Assert.Contains(words, await stage.RenderAsync<SpecPanel>(("Detail", detail)), StringComparison.Ordinal);
    }
}
