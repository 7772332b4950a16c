using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Ntl.Tests.Browser;

/// <summary>A sweep as a person makes it, on the real server with real trainers.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class SweepTests(BrowserFixture browser)
{
    private const float TrainingTimeout = 240_000;

    [Fact]
    public async Task Sweep_LaidOutFromARun_IsTrainedAndShownAsAHeatMap()
    {
        var run = await SampleRun.IdAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/runs/{run}");

        await visit.Link("Sweep").ClickAsync();
        await Assertions.Expect(visit.Heading("Sweep")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Values 1").FillAsync("0.003, 0.01");
        await visit.Page.GetByLabel("Seeds in every cell").FillAsync("2");
        await Assertions.Expect(visit.Page.Locator(".launch dd").Nth(1)).ToHaveTextAsync("4");
        await visit.Button("Queue 4 runs").ClickAsync();

        await visit.UntilAtAsync(Address());
        await Assertions.Expect(visit.Page.GetByText("4 of 4 runs finished")).ToBeVisibleAsync(new() { Timeout = TrainingTimeout });
        await Assertions.Expect(visit.Heading("Mean final loss by cell")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".cell-note span")).ToHaveTextAsync(["n 2", "n 2"]);
        Assert.Empty(visit.Errors);
        await ExpectSoundAsync(new Uri(visit.Page.Url).PathAndQuery);
    }

    // In both themes, wide and narrow: no sideways scrolling, nothing serious for axe to say.
    private async Task ExpectSoundAsync(string path)
    {
        foreach (var (theme, width) in new[] { (ColorScheme.Light, 1440), (ColorScheme.Dark, 390), (ColorScheme.Dark, 1440) })
        {
            await using var visit = await browser.VisitAsync(width, 844, theme);
            await visit.OpenAsync(path);
            await Assertions.Expect(visit.Page.Locator(".cell-note").First).ToBeVisibleAsync();

            var axe = await visit.Page.RunAxe();

            Assert.Empty(axe.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        }
    }

    [GeneratedRegex("/experiments/[0-9a-z]{10}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
