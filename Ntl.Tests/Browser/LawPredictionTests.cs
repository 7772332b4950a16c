using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Tests.Web.LossLaws;

namespace Ntl.Tests.Browser;

/// <summary>From files of curves to a fitted law, a suggestion and its queued runs, as a person goes.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class LawPredictionTests(BrowserFixture browser)
{
    private const float FittingTimeout = 180_000;

    private static readonly string[] s_graveImpacts = ["serious", "critical"];

    [Fact]
    public async Task Curves_Imported_AreFittedAskedForASuggestionAndPutToTheTest()
    {
        var template = await CreateTemplateAsync();
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/laws");
        await visit.Link("Prediction").ClickAsync();
        await Assertions.Expect(visit.Heading("No curve is chosen yet")).ToBeVisibleAsync();

        // What is no curve is told beside the file.
        await visit.Page.GetByText("Import curves from a file").ClickAsync();
        await UploadAsync(visit, "broken.csv", "step,speed\n1,2\n");
        await Assertions.Expect(visit.Page.Locator("#curve-loss-problem")).ToContainTextAsync("No column is called loss");
        foreach (var (name, schedule) in LawWorld.Schedules)
        {
            await UploadAsync(visit, $"{name}.csv", LawWorld.Csv(schedule));
            await Assertions.Expect(visit.Page.Locator(".upload [role=status]")).ToHaveTextAsync($"Imported {name}.");
            await Assertions.Expect(visit.Page.Locator(".upload-notes")).ToContainTextAsync("Taken: loss from the column 'loss'");
            await visit.Button($"Add {name}").ClickAsync();
        }

        await visit.Page.GetByRole(AriaRole.Radiogroup, new() { Name = "Part of early drop" }).GetByRole(AriaRole.Radio, new() { Name = "Test", Exact = true }).ClickAsync();
        await visit.UntilAtAsync("**/laws/prediction?train=file*&test=file*");
        await visit.Button("Fit all laws").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".bakeoff tbody tr")).ToHaveCountAsync(10, new() { Timeout = FittingTimeout });
        await visit.Button("Newton's cooling, one mode").ClickAsync();
        await visit.UntilAtAsync("**law=newton");
        await Assertions.Expect(visit.Heading("Parameters: Newton's cooling, one mode")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".plot[data-title='Residuals']")).ToBeVisibleAsync();
        await IsSoundAsync(visit);

        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Journey's law");
        await visit.Button("Save fit").ClickAsync();
        await visit.Link("Suggest a schedule with it").ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Steps", new() { Exact = true })).ToHaveAttributeAsync("placeholder", SomeSteps());
        await visit.Page.GetByLabel("Steps", new() { Exact = true }).FillAsync("fast");
        await Assertions.Expect(visit.Page.Locator("#suggest-steps-note")).ToContainTextAsync("no whole number");
        await visit.Page.GetByLabel("Steps", new() { Exact = true }).FillAsync("400");
        await visit.Page.GetByLabel("Warm-up", new() { Exact = true }).FillAsync("20");
        await visit.Button("Suggest").ClickAsync();
        await Assertions.Expect(visit.Heading("Put it to the test")).ToBeVisibleAsync(new() { Timeout = FittingTimeout });
        await IsSoundAsync(visit);

        await visit.Page.GetByLabel("Model and data of run").FillAsync(template);
        await visit.Button("Queue 6 runs").ClickAsync();
        await visit.UntilAtAsync(ExperimentAddress());
        await Assertions.Expect(visit.Heading("Suggested schedule")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".report")).ToContainTextAsync("3 are needed");
        Assert.Empty(visit.Errors);

        // Six runs that nobody waits for.
        using var cancelled = await browser.Server.Client.PostAsync(new Uri($"/api/v1{new Uri(visit.Page.Url).AbsolutePath}/cancel", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.True(cancelled.IsSuccessStatusCode);
    }

    private static async Task UploadAsync(Visit visit, string name, string text)
    {
        await visit.Page.Locator("#curve-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await visit.Button("Import").ClickAsync();
    }

    // At a phone's width and at a desk's.
    private static async Task IsSoundAsync(Visit visit)
    {
        foreach (var width in new[] { 390, 1440 })
        {
            await visit.Page.SetViewportSizeAsync(width, 844);
            var axe = await visit.Page.RunAxe();
            var grave = axe.Violations.Where(violation => s_graveImpacts.Contains(violation.Impact)).Select(violation =>
                $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").ToList();
            Assert.True(grave.Count == 0, string.Join('\n', grave));
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        }
    }

    private async Task<string> CreateTemplateAsync()
    {
        using var body = new StringContent(RunSpecJson.Write(TestSpecs.Tiny(steps: 5, name: "Template of a journey")), Encoding.UTF8, "application/json");
        using var created = await browser.Server.Client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), body, TestContext.Current.CancellationToken);
        return created.Headers.Location!.ToString().Split('/')[^1];
    }

    [GeneratedRegex("/experiments/[0-9a-z]{10}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExperimentAddress();

    [GeneratedRegex("^[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SomeSteps();
}
