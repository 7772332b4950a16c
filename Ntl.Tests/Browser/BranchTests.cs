using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;

namespace Ntl.Tests.Browser;

/// <summary>A branch as a person makes it, while its trunk still trains, on the real server with real trainers.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class BranchTests(BrowserFixture browser)
{
    private const float TrainingTimeout = 240_000;

    [Fact]
    public async Task Branch_QueuedWhileItsTrunkTrains_IsTrainedToItsEndAndListedOnBoth()
    {
        using var body = new StringContent(RunSpecJson.Write(TestSpecs.Tiny(steps: 40, name: "Trunk of a journey") with { KeptCheckpointIntervalSteps = 20 }), Encoding.UTF8, "application/json");
        using var created = await browser.Server.Client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), body, TestContext.Current.CancellationToken);
        var trunk = (await created.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/runs/{trunk}");

        await visit.Link("Branch").ClickAsync();
        await Assertions.Expect(visit.Heading("Branch off a checkpoint")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Begin at").SelectOptionAsync("40");
        await visit.Page.GetByLabel("Anneal", new() { Exact = true }).FillAsync("15");
        await Assertions.Expect(visit.Page.Locator(".launch dd").Nth(1)).ToHaveTextAsync("15");
        await visit.Button("Queue 1 run").ClickAsync();

        await visit.UntilAtAsync(RunAddress());
        await Assertions.Expect(visit.Page.Locator(".run-header .chip").First).ToHaveTextAsync("Finished", new() { Timeout = TrainingTimeout });
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress", Exact = true })).ToHaveAttributeAsync("aria-valuenow", "100");
        await Assertions.Expect(visit.Page.GetByText("All 15 steps of the branch are trained: from step 40 to step 55", new() { Exact = false }).First).ToBeVisibleAsync();
        await visit.Link("Trunk of a journey").ClickAsync();
        await visit.Page.GetByText("1 branch, 15 steps of their own").ClickAsync();
        await Assertions.Expect(visit.Link("Trunk of a journey · anneal from 40")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [GeneratedRegex("/runs/[0-9a-z]{10}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunAddress();
}
