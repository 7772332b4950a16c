using Microsoft.Playwright;

namespace Ntl.Tests.Browser;

/// <summary>A reader's way about a run's charts.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class ChartTests(BrowserFixture browser)
{
    [Fact]
    public async Task Charts_BeforeTheCircuit_AreDrawnFromTheFirstResponseAndThenKept()
    {
        var id = await SampleRun.IdAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        // No circuit until it is let through.
        var mayConnect = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            await mayConnect.Task;
            await route.ContinueAsync();
        });
        await visit.Page.GotoAsync($"/runs/{id}");
        var loss = visit.Chart("Loss");
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-last-x", Digits());
        Assert.Equal(0, await visit.Page.Locator(".shell[data-answers]").CountAsync());
        await visit.Page.EvaluateAsync("() => { window.drawing = document.querySelector(\".chart[data-title='Loss'] canvas\"); }");

        mayConnect.SetResult();
        await visit.UntilAnsweringAsync();

        await Assertions.Expect(loss).ToHaveAttributeAsync("data-last-x", Digits());
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.drawing === document.querySelector(\".chart[data-title='Loss'] canvas\")"));
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Zoom_ByDragging_IsRefinedSharedByAllChartsAndKeptInTheUrl()
    {
        var id = await SampleRun.IdAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/runs/{id}");
        await visit.Page.EvaluateAsync("() => document.addEventListener('ntl:drawn', drawn => { if (drawn.detail.refined) { drawn.target.dataset.refined = ''; } })");
        var loss = visit.Chart("Loss");
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-last-x", Digits());
        var area = await loss.Locator(".u-over").BoundingBoxAsync();

        await visit.Page.Mouse.MoveAsync(area!.X + (area.Width * 0.3f), area.Y + 50);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(area.X + (area.Width * 0.7f), area.Y + 50, new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();

        await Assertions.Expect(visit.Page.Locator(".chart[data-zoomed=true][data-refined]")).ToHaveCountAsync(await visit.Page.Locator(".chart").CountAsync());
        await visit.UntilAtAsync($"**/runs/{id}?from=*&to=*");
        await visit.Page.ReloadAsync();
        await visit.UntilAnsweringAsync();
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-zoomed", "true");

        await visit.Button("Show all").ClickAsync();
        await visit.UntilAtAsync($"**/runs/{id}");
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-zoomed", "false");
        Assert.Empty(visit.Errors);
    }

    [Theory]
    [InlineData("Tokens", "tokens")]
    [InlineData("Time", "time")]
    [InlineData("D", "d")]
    public async Task Axis_Chosen_PlacesAllPointsOnIt(string title, string name)
    {
        var id = await SampleRun.IdAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/runs/{id}");
        var loss = visit.Chart("Loss");
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-last-x", Digits());
        var (lastStep, points) = (await loss.GetAttributeAsync("data-last-x"), await loss.GetAttributeAsync("data-points"));

        await visit.Button(title).ClickAsync();

        await visit.UntilAtAsync($"**/runs/{id}?axis={name}");
        await Assertions.Expect(loss).Not.ToHaveAttributeAsync("data-last-x", lastStep!);
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-points", points!);
        Assert.Empty(visit.Errors);
    }

    private static System.Text.RegularExpressions.Regex Digits() => new("^[0-9]+$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
