using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;

namespace Ntl.Tests.Browser;

/// <summary>Runs side by side, as a reader does it.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class CompareTests(BrowserFixture browser)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);
    private static Task<string[]>? s_runs;

    [Fact]
    public async Task Runs_TickedInTheList_AreOverlaid()
    {
        var runs = await RunsAsync();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/runs?q=Compared");
        await visit.Page.GetByLabel("Compare Compared 1").CheckAsync();
        await visit.Page.GetByLabel("Compare Compared 2").CheckAsync();

        await visit.Link("Compare 2").ClickAsync();

        await visit.UntilAtAsync("**/compare?runs=*");
        var loss = visit.Chart("Train loss");
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-last-x", "39");
        await Assertions.Expect(loss.Locator(".chart-legend button")).ToHaveCountAsync(2);
        await Assertions.Expect(visit.Page.Locator("tr[data-line]")).ToHaveCountAsync(2);
        Assert.Equal(3, runs.Length);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Seeds_Grouped_AreOneLineWithItsNAndTheUrlGivesItAgain()
    {
        var runs = await RunsAsync();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/compare?runs={string.Join(',', runs)}");
        await Assertions.Expect(visit.Chart("Train loss")).ToHaveAttributeAsync("data-last-x", "39");

        await visit.Page.GetByLabel("Colour").SelectOptionAsync("seeds");

        await visit.UntilAtAsync("**/compare?*group=seeds*");
        await Assertions.Expect(visit.Chart("Train loss").Locator(".chart-legend")).ToContainTextAsync("(n = 3)");
        await Assertions.Expect(visit.Chart("Train loss").Locator(".chart-note")).ToContainTextAsync("95 % interval");
        await visit.Page.ReloadAsync();
        await visit.UntilAnsweringAsync();
        await Assertions.Expect(visit.Chart("Train loss").Locator(".chart-legend")).ToContainTextAsync("(n = 3)");
        await Assertions.Expect(visit.Page.Locator("tr[data-line] td.number").First).ToHaveTextAsync("3");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Grouping_ChangedAfterRunsEnded_KeepsWhatTheyEndedWith()
    {
        using var body = new StringContent(RunSpecJson.Write(TestSpecs.Tiny(name: "Regrouped", seed: 71)), Encoding.UTF8, "application/json");
        using var created = await browser.Server.Client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), body, TestContext.Current.CancellationToken);
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").ToString();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/compare?runs={id}");
        var row = visit.Page.Locator("tr[data-line]").First;
        await Assertions.Expect(row).ToContainTextAsync("Finished", new() { Timeout = 120_000 });

        await visit.Page.GetByLabel("Colour").SelectOptionAsync("name");

        await visit.UntilAtAsync("**/compare?*group=name*");
        await Assertions.Expect(visit.Page.Locator("table.runs thead").First).ToContainTextAsync("Group");
        await Assertions.Expect(row).ToContainTextAsync("Finished");
        await Assertions.Expect(row).ToContainTextAsync("640");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Row_FocusedByKeyboard_PutsItsLineInFrontInAllCharts()
    {
        var runs = await RunsAsync();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/compare?runs={string.Join(',', runs)}");
        await Assertions.Expect(visit.Chart("Train loss")).ToHaveAttributeAsync("data-last-x", "39");

        await visit.Page.Locator($"tr[data-line='{runs[1]}'] a").FocusAsync();

        await Assertions.Expect(visit.Page.Locator($"tr[data-line='{runs[1]}']")).ToHaveAttributeAsync("data-lit", "");
        await Assertions.Expect(visit.Chart("Train loss").Locator($"button[data-line='{runs[1]}']")).ToHaveAttributeAsync("data-lit", "");
        await Assertions.Expect(visit.Page.Locator("tr[data-lit]")).ToHaveCountAsync(1);
        Assert.Empty(visit.Errors);
    }

    [Theory]
    [InlineData("Tokens", "x=tokens", "640")]
    [InlineData("D", "x=d", "[0-9.]+")]
    public async Task Axis_Chosen_PlacesAllRunsOnIt(string title, string query, string last)
    {
        var runs = await RunsAsync();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/compare?runs={string.Join(',', runs)}");
        await Assertions.Expect(visit.Chart("Train loss")).ToHaveAttributeAsync("data-last-x", "39");

        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "X axis" }).GetByRole(AriaRole.Button, new() { Name = title, Exact = true }).ClickAsync();

        await visit.UntilAtAsync($"**/compare?*{query}*");
        await Assertions.Expect(visit.Chart("Train loss")).ToHaveAttributeAsync("data-last-x", new Regex($"^{last}$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Baseline_Chosen_ShowsDifferencesUntilTakenBack()
    {
        var runs = await RunsAsync();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/compare?runs={string.Join(',', runs)}");
        await Assertions.Expect(visit.Chart("Train loss")).ToHaveAttributeAsync("data-last-x", "39");

        await visit.Button("Take Compared 1 as the baseline").ClickAsync();
        await visit.UntilAtAsync($"**/compare?*base={runs[0]}*");
        await Assertions.Expect(visit.Chart("Train loss").Locator(".chart-note")).ToContainTextAsync("Difference to Compared 1");

        await visit.Button("Values, not differences").ClickAsync();
        await Assertions.Expect(visit.Chart("Train loss").Locator(".chart-note")).ToBeHiddenAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Exports_OfAComparison_AreFilesOfTheirOwn()
    {
        var runs = await RunsAsync();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/compare?runs={string.Join(',', runs)}&group=seeds");
        await Assertions.Expect(visit.Chart("Train loss")).ToHaveAttributeAsync("data-last-x", "39");

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Link("HTML file").ClickAsync());
        var file = await download.PathAsync();
        await using var offline = await browser.VisitAsync();
        await offline.Page.Context.SetOfflineAsync(true);
        await offline.Page.SetContentAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));

        await Assertions.Expect(offline.Page.GetByRole(AriaRole.Heading, new() { Name = "Comparison of 3 runs" })).ToBeVisibleAsync();
        Assert.True(await offline.Page.Locator("svg path.line").CountAsync() > 0);
        Assert.Equal(0, await offline.Page.Locator("script:not([type='application/json']), link, img").CountAsync());
        var svg = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("Save a vector picture of Train loss").ClickAsync());
        Assert.Contains("<svg", await File.ReadAllTextAsync(await svg.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(visit.Errors);
    }

    [Theory]
    [InlineData("", ColorScheme.Light, 1440)]
    [InlineData("&group=seeds", ColorScheme.Dark, 390)]
    [InlineData("&group=seed&band=runs&x=val/loss&logy=yes", ColorScheme.Light, 390)]
    [InlineData("&group=schedule&band=minmax&x=time&logx=yes", ColorScheme.Dark, 1440)]
    public async Task View_OfAComparison_IsSound(string query, ColorScheme theme, int width)
    {
        var runs = await RunsAsync();
        await using var visit = await browser.VisitAsync(width, 844, theme);
        await visit.OpenAsync($"/compare?runs={string.Join(',', runs)}{query}");
        await Assertions.Expect(visit.Chart("Train loss")).ToHaveAttributeAsync("data-last-x", new Regex("[0-9]", RegexOptions.None, TimeSpan.FromSeconds(1)));

        var axe = await visit.Page.RunAxe();
        var sideways = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

        Assert.Empty(axe.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Equal(0, sideways);
        Assert.Empty(visit.Errors);
    }

    private Task<string[]> RunsAsync() => s_runs ??= TrainAsync(browser.Server);

    private static async Task<string[]> TrainAsync(NtlServer server)
    {
        List<string> ids = [];
        for (var seed = 1; seed <= 3; seed++)
        {
            using var body = new StringContent(RunSpecJson.Write(TestSpecs.Tiny(name: $"Compared {seed}", seed: seed)), Encoding.UTF8, "application/json");
            var response = await server.Client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), body);
            response.EnsureSuccessStatusCode();
            ids.Add((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").ToString());
        }

        foreach (var id in ids)
        {
            while (!(await server.Client.GetStringAsync(new Uri($"/api/v1/runs/{id}", UriKind.Relative))).Contains("\"finished\"", StringComparison.OrdinalIgnoreCase))
            {
                await Task.Delay(s_pause);
            }
        }

        return [.. ids];
    }
}
