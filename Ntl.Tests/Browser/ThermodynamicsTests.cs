using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ntl.Tests.Browser;

/// <summary>A run's thermodynamics and the laws' tests as a person reads them.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class ThermodynamicsTests(BrowserFixture browser)
{
    [Fact]
    public async Task Tab_OfARunWithProbes_IsReachedByKeyboardAndShowsItsPanels()
    {
        var id = await SampleRun.IdAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/runs/{id}");
        await Assertions.Expect(visit.Page.Locator(".run-tabs [aria-current]")).ToHaveTextAsync("Overview");
        await Assertions.Expect(visit.Page.Locator("nav[aria-label=Main] .active")).ToHaveTextAsync("Runs");
        Assert.Equal(0, await visit.Page.Locator("figure.chart[data-title^=probe]").CountAsync());

        await visit.Link("Thermodynamics").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.UntilAtAsync($"**/runs/{id}/thermodynamics");
        await Assertions.Expect(visit.Page.Locator(".run-tabs [aria-current]")).ToHaveTextAsync("Thermodynamics");
        var temperature = visit.Page.Locator("#temperature");
        await Assertions.Expect(temperature.GetByRole(AriaRole.Img).First).ToBeVisibleAsync();
        await Assertions.Expect(temperature.Locator(".formula math")).ToBeAttachedAsync();
        await Assertions.Expect(visit.Page.Locator("text=/Probes took [0-9.]+ % of the time/")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Plot_ByPointerOrArrowKeys_TellsItsNumbers()
    {
        var id = await SampleRun.IdAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync($"/runs/{id}/thermodynamics");
        var plot = visit.Page.Locator("#temperature .plot").First;
        var readout = plot.Locator(".plot-readout");

        await plot.Locator(".plot-picture").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(readout).ToHaveTextAsync(Told());
        var first = await readout.TextContentAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(readout).Not.ToHaveTextAsync(first!);

        await visit.Page.Locator("#losses .plot-area").First.HoverAsync();
        await Assertions.Expect(visit.Page.Locator("#losses .plot-readout").First).ToHaveTextAsync(Told());
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Laws_RunPickedAndRemoved_AreTestedAndKeptInTheUrl()
    {
        var id = await SampleRun.IdAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/");
        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("w");
        await Assertions.Expect(visit.Heading("Laws")).ToBeVisibleAsync();

        await visit.Page.GetByLabel("Search runs to add").FillAsync(id);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add Sample" }).ClickAsync();

        await visit.UntilAtAsync($"**/laws?runs={id}");
        await Assertions.Expect(visit.Page.Locator(".law").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await visit.Page.ReloadAsync();
        await visit.UntilAnsweringAsync();
        await Assertions.Expect(visit.Page.Locator(".law .chip").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await visit.Button("Remove Sample").ClickAsync();
        await visit.UntilAtAsync("**/laws");
        await Assertions.Expect(visit.Heading("No run is picked yet")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [GeneratedRegex("^step .+: .+[0-9]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Told();
}
