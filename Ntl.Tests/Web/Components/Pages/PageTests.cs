using Ntl.Domain.Runs;
using Ntl.Tests.Web.Components.Support;
using Ntl.Web.Components.Pages;

namespace Ntl.Tests.Web.Components.Pages;

public sealed class PageTests
{
    [Fact]
    public async Task Home_WithoutRuns_InvitesTheFirst()
    {
        await using var stage = new Stage();

        var html = await stage.RenderAsync<Home>();

        Assert.Contains("Compose the first run", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Last results", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_WithRuns_ShowsEachWhereItStands()
    {
        await using var stage = new Stage();
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "active", RunStatus.Running));
        stage.Runs.Rows.Add(FakeRuns.Row("0000000002", "waiting", RunStatus.Queued) with { QueuePosition = 1 });
        stage.Runs.Rows.Add(FakeRuns.Row("0000000003", "done", RunStatus.Finished));

        var html = await stage.RenderAsync<Home>();

        Assert.Contains("aria-valuenow=\"25\"", html, StringComparison.Ordinal);
        Assert.Contains("15&#x2009;s", html, StringComparison.Ordinal); // 750 steps of 1,024 tokens at 51,200 tokens/s
        Assert.Contains("aria-label=\"Cancel waiting\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/runs/0000000003\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_UrlWithAView_AsksTheServerForExactlyThat()
    {
        await using var stage = new Stage("/runs?q=wsd&status=failed&sort=trainloss&order=asc&page=2");

        await stage.RenderAsync<Ntl.Web.Components.Pages.Runs>();

        var request = stage.Runs.LastRequest!;
        Assert.Equal(("wsd", Ntl.Web.Queue.RunSort.TrainLoss, false, 50, 50), (request.Text, request.Sort, request.Descending, request.Skip, request.Take));
        Assert.Equal([RunStatus.Failed], request.Statuses);
    }

    [Fact]
    public async Task Run_Failed_SaysWhyAndWhatToDo()
    {
        await using var stage = new Stage("/runs/0000000001");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "hot", RunStatus.Failed) with { Failure = new(RunFailureKind.NonFiniteLoss, 812, "The loss became NaN.") });

        var html = await stage.RenderAsync<RunOverview>(("Id", "0000000001"));

        Assert.Contains("The loss became NaN or infinite at step 812", html, StringComparison.Ordinal);
        Assert.Contains("A lower peak rate", html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(45, true)]
    public async Task Run_HeartbeatsStopped_IsShownAsStale(int seconds, bool isStale)
    {
        await using var stage = new Stage("/runs/0000000001");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "quiet", RunStatus.Running));
        stage.Runs.LeaseAge = TimeSpan.FromSeconds(seconds);

        var html = await stage.RenderAsync<RunOverview>(("Id", "0000000001"));

        Assert.Equal(isStale, html.Contains("No sign of life for 45", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Thermodynamics_OfARunWithoutProbes_SaysHowToMeasure()
    {
        await using var stage = new Stage("/runs/0000000001/thermodynamics");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "bare", RunStatus.Finished));

        var html = await stage.RenderAsync<RunOverview>(("Id", "0000000001"), ("Tab", "thermodynamics"));

        Assert.Contains("href=\"/runs/new?from=0000000001&amp;probes=yes\"", html, StringComparison.Ordinal);
        Assert.Matches("href=\"/runs/0000000001/thermodynamics\" aria-current=\"page\"", html);
        Assert.DoesNotContain("aria-label=\"X axis\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thermodynamics_FirstResponse_WaitsForNothing()
    {
        await using var stage = new Stage("/runs/0000000001/thermodynamics");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "measured", RunStatus.Running));
        stage.Runs.Probes = new();

        var html = await stage.RenderAsync<RunOverview>(("Id", "0000000001"), ("Tab", "thermodynamics"));

        Assert.Contains("class=\"skeleton\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-curves", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ViewThatIsNone_SaysSo()
    {
        await using var stage = new Stage();
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "bare", RunStatus.Finished));

        var html = await stage.RenderAsync<RunOverview>(("Id", "0000000001"), ("Tab", "astrology"));

        Assert.Contains("A run has no page", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Laws_WithoutRuns_OffersSome()
    {
        await using var stage = new Stage("/laws");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "first & best", RunStatus.Finished));

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Laws>();

        Assert.Contains("No run is picked yet", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Add first &amp; best\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Laws_UrlWithRuns_ShowsThemBeforeTheyAreRead()
    {
        await using var stage = new Stage("/laws?runs=0000000001,0000000001,nonsense");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "first", RunStatus.Finished));

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Laws>();

        Assert.Equal(2, html.Split("aria-label=\"Remove ").Length - 1);
        Assert.DoesNotContain("aria-label=\"Add first\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("No run is picked yet", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewRun_CloneWithProbes_HasThemOnAlthoughTheOriginalHasNone()
    {
        await using var stage = new Stage("/runs/new?from=0000000001&probes=yes");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "bare", RunStatus.Finished));

        var html = await stage.RenderAsync<NewRun>();

        Assert.Contains("id=\"draft-noise-every\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zzzzzzzzzz")]
    [InlineData("../../etc/passwd")]
    public async Task Run_Unknown_SaysSo(string id)
    {
        await using var stage = new Stage();

        Assert.Contains("There is no run", await stage.RenderAsync<RunOverview>(("Id", id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewRun_UrlWithAMistake_ShowsItBesideTheField()
    {
        await using var stage = new Stage("/runs/new?peak=fast");

        var html = await stage.RenderAsync<NewRun>();

        Assert.Matches("id=\"draft-peak\"[^>]* aria-invalid=\"true\" aria-describedby=\"draft-peak-problem\" value=\"fast\"", html);
        Assert.Contains("id=\"draft-peak-problem\">Give a number", html, StringComparison.Ordinal);
        Assert.Contains("One field has an error.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewRun_FromARun_TakesItsFields()
    {
        await using var stage = new Stage("/runs/new?from=0000000001&seed=9");
        stage.Runs.Rows.Add(FakeRuns.Row("0000000001", "first", RunStatus.Finished));

        var html = await stage.RenderAsync<NewRun>();

        Assert.Contains("value=\"first\"", html, StringComparison.Ordinal);
        Assert.Matches("id=\"draft-seed\"[^>]* value=\"9\"", html);
    }

    [Fact]
    public async Task Datasets_Listed_ShowsTokensAndHash()
    {
        await using var stage = new Stage();

        var html = await stage.RenderAsync<Ntl.Web.Components.Pages.Datasets>();

        Assert.Contains("10&#x2009;800&#x2009;000", html, StringComparison.Ordinal);
        Assert.Contains("aaaaaaaaaaaa…", html, StringComparison.Ordinal);
    }
}
