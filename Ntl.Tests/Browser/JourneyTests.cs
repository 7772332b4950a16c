using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ntl.Tests.Browser;

/// <summary>The main job as a person does it, on the real server with a real trainer.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class JourneyTests(BrowserFixture browser)
{
    private const float TrainingTimeout = 240_000;

    [Fact]
    public async Task Run_ComposedAndQueued_MovesLiveToItsEndAndIsListed()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/runs/new");
        await visit.Page.GetByLabel("Total steps").FillAsync("120");
        await visit.Page.GetByLabel("Warm-up").FillAsync("20");
        await visit.Page.GetByLabel("Decay", new() { Exact = true }).FillAsync("40");
        await visit.Page.GetByLabel("Validate every").EvaluateAsync("field => field.closest('details').open = true");
        await visit.Page.GetByLabel("Validate every").FillAsync("40");
        await visit.Page.GetByLabel("Batch").FillAsync("8");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Journey");
        await Assertions.Expect(visit.Page.Locator("dd", new() { HasTextString = "120" }).First).ToBeVisibleAsync();

        await visit.Button("Queue run").ClickAsync();
        await visit.UntilAtAsync(RunAddress());
        var loss = visit.Chart("Loss");
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-last-x", Digits(), new() { Timeout = TrainingTimeout });
        var early = await LastStepAsync(loss);
        await visit.Page.WaitForFunctionAsync("([chart, early]) => Number(chart.dataset.lastX) > early", new object[] { await loss.ElementHandleAsync(), early }, new() { Timeout = TrainingTimeout });

        await Assertions.Expect(visit.Page.Locator(".run-header .chip")).ToHaveTextAsync("Finished", new() { Timeout = TrainingTimeout });
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-last-x", "120");
        await Assertions.Expect(loss.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", LossSummary());

        await visit.Link("Runs").ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { NameRegex = JourneyRow() })).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Run_ByKeyboardOnly_CanBeComposedAndQueued()
    {
        const string Name = "Keyboard only, and typed in one go";
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/");
        await Assertions.Expect(visit.Heading("Laboratory")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(visit.Heading("Keyboard shortcuts")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");

        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("n");
        await Assertions.Expect(visit.Heading("New run")).ToBeVisibleAsync();
        await TabToAsync(visit, "draft-steps");
        await visit.Page.Keyboard.PressAsync("ControlOrMeta+a");
        await visit.Page.Keyboard.TypeAsync("12");
        await Assertions.Expect(visit.Page.Locator("#draft-warmup-problem")).ToBeVisibleAsync();
        await TabToAsync(visit, "draft-warmup");
        await visit.Page.Keyboard.PressAsync("ControlOrMeta+a");
        await visit.Page.Keyboard.TypeAsync("2");
        await TabToAsync(visit, "draft-decay-steps");
        await visit.Page.Keyboard.PressAsync("ControlOrMeta+a");
        await visit.Page.Keyboard.TypeAsync("5");
        await Assertions.Expect(visit.Page.Locator(".field-problem")).ToHaveCountAsync(0);
        await TabToAsync(visit, "draft-name");
        await visit.Page.Keyboard.TypeAsync(Name); // faster than the server answers: no letter may be lost
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.UntilAtAsync(RunAddress());
        await Assertions.Expect(visit.Heading(Name)).ToBeFocusedAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Composer_WithMistakes_KeepsThemInTheUrlAndRefusesToQueue()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/runs/new");

        await visit.Page.GetByLabel("Peak learning rate").FillAsync("fast");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Cosine", Exact = true }).CheckAsync();
        await visit.UntilAtAsync("**/runs/new?peak=fast&shape=cosine");
        await visit.Button("Queue run").ClickAsync();

        await Assertions.Expect(visit.Page.GetByLabel("Peak learning rate")).ToBeFocusedAsync();
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Peak learning rate")).ToHaveValueAsync("fast");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Cosine", Exact = true })).ToBeCheckedAsync();
        Assert.Empty(visit.Errors);
    }

    private static async Task TabToAsync(Visit visit, string id)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<string>("() => document.activeElement.id") == id)
            {
                return;
            }
        }

        Assert.Fail($"{id} cannot be reached by keyboard.");
    }

    private static async Task<double> LastStepAsync(ILocator chart) =>
        double.Parse((await chart.GetAttributeAsync("data-last-x"))!, CultureInfo.InvariantCulture);

    [GeneratedRegex("/runs/[0-9a-z]{10}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunAddress();

    [GeneratedRegex("^[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();

    [GeneratedRegex("^Loss. step 120: training [0-9.]+ nats/token, validation [0-9.]+ nats/token.$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LossSummary();

    [GeneratedRegex("Journey.*Finished", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JourneyRow();
}
