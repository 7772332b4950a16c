using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Browser;

/// <summary>A track from its opening to a ranked board, in a reader's browser.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class TrackTests(BrowserFixture browser)
{
    [Fact]
    public async Task Track_OpenedFromARun_TakesASubmissionAndItsBoardMovesByItself()
    {
        await using var visit = await browser.VisitAsync();
        var page = visit.Page;
        await visit.OpenAsync($"/tracks/new?from={await SampleRun.IdAsync(browser.Server)}&steps=20");
        await page.Locator("#track-name").FillAsync("Made in a browser");
        await page.Locator("#track-by").FillAsync("Ada");
        await visit.Button("Open the track").ClickAsync();
        await Assertions.Expect(visit.Heading("Made in a browser")).ToBeVisibleAsync();

        await visit.Link("Submit the first").ClickAsync();
        await page.Locator("#submit-from").SelectOptionAsync("Cosine");
        await Assertions.Expect(page.Locator("#submit-by")).ToHaveValueAsync("Ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit: draw 5 seeds" }).ClickAsync();

        await Assertions.Expect(visit.Heading("Every seed")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#seeds-title").Locator("xpath=ancestor::section").Locator("tbody tr")).ToHaveCountAsync(5);
        await page.GetByRole(AriaRole.Link, new() { Name = "Made in a browser" }).ClickAsync();
        // No reload: the page hears of each run's end.
        await Assertions.Expect(page.Locator("table.board tbody tr[data-state=Ranked]")).ToHaveCountAsync(1, new() { Timeout = 240_000 });
        await Assertions.Expect(page.Locator(".headline")).ToContainTextAsync("is the only ranked entry");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Schedule_OfAnotherLength_IsStretchedAtTheAsking()
    {
        var (track, _) = await SampleTrack.IdsAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/tracks/{track}/submit?schedule=" + Uri.EscapeDataString(StandardSchedules.Cosine(50, 1e-3).CanonicalJson));

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Every run of this track has 20 steps");
        await visit.Button("Stretch it to fit").ClickAsync();

        await Assertions.Expect(visit.Page.GetByText("Every run of this track has")).ToHaveCountAsync(0);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Name_OfASubmission_GoesWithTheChoiceUntilOneIsTyped()
    {
        var (track, _) = await SampleTrack.IdsAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/tracks/{track}/submit?name=formula&schedule=" + Uri.EscapeDataString(StandardSchedules.Cosine(20, 1e-3).CanonicalJson));
        var name = visit.Page.Locator("#submit-name");
        await Assertions.Expect(name).ToHaveValueAsync("formula");

        await visit.Page.Locator("#submit-from").SelectOptionAsync("Linear");
        await Assertions.Expect(name).Not.ToHaveValueAsync("formula");
        await name.FillAsync("Mine");
        await visit.Page.Locator("#submit-from").SelectOptionAsync("Cosine");

        await Assertions.Expect(visit.Page.Locator("textarea").First).ToHaveValueAsync(new Regex("cosine", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(name).ToHaveValueAsync("Mine");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Entry_AskedForSeedsWithoutAName_SaysSoBesideTheField_AndByKeyboard()
    {
        var (_, entry) = await SampleTrack.IdsAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/entries/{entry}");

        await visit.Button("Challenge").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Draw seeds" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visit.Page.Locator("#ask-by-problem")).ToContainTextAsync("Say who you are");
        await Assertions.Expect(visit.Page.GetByText("A challenge names the other entry.")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }
}
