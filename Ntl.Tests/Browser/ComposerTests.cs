using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Browser;

/// <summary>The composer as a person uses it: by hand, by keyboard, on a phone, with what nobody should type.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class ComposerTests(BrowserFixture browser)
{
    private const int DragMoves = 90;

    private static readonly string[] s_graveImpacts = ["serious", "critical"];

    [Fact]
    public async Task Import_EmptyThenCode_SaysWhatIsWantedAndTakesIt()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/compose");
        await ShownAsync(visit);
        await visit.Page.GetByText("Import a schedule").ClickAsync();
        var outcome = visit.Page.Locator(".outcome");

        await visit.Button("Import text").ClickAsync();
        await Assertions.Expect(outcome).ToContainTextAsync("There is nothing to import");

        await visit.Page.Locator("#import-text").FillAsync("sched = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=700)");
        await visit.Button("Import text").ClickAsync();
        await Assertions.Expect(outcome).ToContainTextAsync("Give the base learning rate beside the text");

        await visit.Page.Locator("#import-rate").FillAsync("high");
        await visit.Button("Import text").ClickAsync();
        await Assertions.Expect(outcome).ToContainTextAsync("Base rate: Give a number such as 3e-4");

        await visit.Page.Locator("#import-rate").FillAsync("3e-4");
        await visit.Button("Import text").ClickAsync();
        await Assertions.Expect(outcome).ToContainTextAsync("Imported as Python");
        await Assertions.Expect(visit.Page.Locator("[data-block]")).ToHaveCountAsync(1);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Schedule_ByKeyboardOnly_IsComposedAndQueued()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/");
        var keys = visit.Page.Keyboard;
        await keys.PressAsync("g");
        await keys.PressAsync("c");
        await Assertions.Expect(visit.Heading("Compose")).ToBeFocusedAsync();
        await ShownAsync(visit);

        // On the time line: to the decay, a step more, a hold behind it, before it, away, and undone.
        await TabToAsync(visit, "[data-block='0']");
        await keys.PressAsync("End");
        await FocusedAsync(visit, "[data-block='2']");
        await keys.PressAsync("a");
        await Assertions.Expect(visit.Page.Locator("[data-block]")).ToHaveCountAsync(4);
        await TabToAsync(visit, "[data-block='3']");
        await keys.PressAsync("Control+ArrowLeft");
        await FocusedAsync(visit, "[data-block='2']");
        await Assertions.Expect(visit.Page.Locator("[data-block='2']")).ToHaveAttributeAsync("aria-label", Like("^Phase 3 of 4: hold 0 for 100"));
        await keys.PressAsync("Delete");
        await Assertions.Expect(visit.Page.Locator("[data-block]")).ToHaveCountAsync(3);
        await keys.PressAsync("Control+z");
        await Assertions.Expect(visit.Page.Locator("[data-block]")).ToHaveCountAsync(4);
        await keys.PressAsync("Control+Shift+z");
        await Assertions.Expect(visit.Page.Locator("[data-block]")).ToHaveCountAsync(3);
        await Assertions.Expect(visit.Page.Locator("[data-composer='undo']")).ToHaveAttributeAsync("aria-label", "Undo remove hold");

        // On the curve: the peak a tenth up, the decay's beginning earlier.
        await TabToAsync(visit, "[data-handle='x2']", "Shift+Tab");
        var handle = visit.Page.Locator("[data-handle='x2']");
        await keys.PressAsync("ArrowUp");
        await Assertions.Expect(handle).ToHaveAttributeAsync("aria-valuetext", "rate 3.1e-3 at step 800");
        await keys.PressAsync("Shift+ArrowLeft");
        await Assertions.Expect(handle).ToHaveAttributeAsync("aria-valuetext", "rate 3.1e-3 at step 750");

        // In numbers: the last phase gets a floor, and the schedule its length.
        await TabToAsync(visit, "[data-block='1']");
        await keys.PressAsync("End");
        await FocusedAsync(visit, "[data-block='2']");
        await TabToAsync(visit, "#phase-endRate");
        await Assertions.Expect(visit.Page.Locator("#phase-title")).ToContainTextAsync("Phase 3 of 3");
        await keys.PressAsync("ControlOrMeta+a");
        await keys.TypeAsync("1e-4");
        await TabToAsync(visit, "#composer-total");
        await keys.PressAsync("ControlOrMeta+a");
        await keys.TypeAsync("20");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".facts dd").First).ToHaveTextAsync("20");
        await Assertions.Expect(visit.Page.Locator(".facts dd").Nth(4)).ToHaveTextAsync(Like("^4.16718e-4"));

        await TabToAsync(visit, ".budget-scroll");
        await keys.PressAsync("q");
        await Assertions.Expect(visit.Heading("New run")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#draft-phases")).ToHaveValueAsync(Like("oneMinusSquareRootDecay.*\"endRate\":0.0001"));
        await TabToAsync(visit, "#draft-name");
        await keys.PressAsync("Enter");
        await visit.UntilAtAsync(RunAddress());
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Boundary_Dragged_StretchesIsUndoneAndSurvivesReload()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/compose?snap=off");
        await ShownAsync(visit);
        var start = await visit.Page.Locator(".stage").GetAttributeAsync("data-shown");

        await DragAsync(visit, "[data-edge='2']", -120, 0);
        await Assertions.Expect(visit.Page.Locator("[data-composer='undo']")).ToHaveAttributeAsync("aria-label", "Undo stretch hold");
        await visit.UntilAtAsync("**/compose?schedule=*");
        var stretched = await visit.Page.Locator("[data-block='1']").GetAttributeAsync("aria-label");
        Assert.Matches("to [5-7][0-9]{2}$", stretched!);
        await Assertions.Expect(visit.Page.Locator(".facts dd").First).ToHaveTextAsync("1\u2009000");

        await visit.Page.ReloadAsync();
        await visit.UntilAnsweringAsync();
        await ShownAsync(visit);
        await Assertions.Expect(visit.Page.Locator("[data-block='1']")).ToHaveAttributeAsync("aria-label", stretched!);

        await DragAsync(visit, "[data-handle='x2']", 0, 60);
        await Assertions.Expect(visit.Page.Locator("[data-composer='undo']")).ToHaveAttributeAsync("aria-label", "Undo set rate of hold");
        await visit.Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(visit.Page.Locator("[data-block='1']")).ToHaveAttributeAsync("aria-label", stretched!);
        Assert.NotEqual(start, await visit.Page.Locator(".stage").GetAttributeAsync("data-shown"));
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Blocks_DraggedAndCurveDrawn_ReorderAndBecomePoints()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/compose");
        await ShownAsync(visit);

        await DragAsync(visit, "[data-block='2']", -350, 0);
        await Assertions.Expect(visit.Page.Locator("[data-block='1']")).ToHaveAttributeAsync("aria-label", Like("^Phase 2 of 3: 1−√ decay"));
        await visit.Button("Undo move 1−√ decay").ClickAsync();

        await visit.Button("Draw").ClickAsync();
        var plot = (await visit.Page.Locator(".stage-plot").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(plot.X + 300, plot.Y + 80);
        await visit.Page.Mouse.DownAsync();
        for (var i = 1; i <= 20; i++)
        {
            await visit.Page.Mouse.MoveAsync(plot.X + 300 + 10 * i, plot.Y + 80 + (i % 10) * 8);
        }

        await visit.Page.Mouse.UpAsync();
        await Assertions.Expect(visit.Button("Undo draw by hand")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("[data-block]").Filter(new() { HasText = "points" })).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator(".facts dd").First).ToHaveTextAsync("1\u2009000");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Drag_OfAHundredThousandSteps_IsDrawnFromAThousandPointsInTheBrowsersOwnPace()
    {
        var schedule = StandardSchedules.WarmupStableDecay(100_000, 3e-3, DecayShape.Cosine, 20_000, 1e-4, 10_000);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/compose?schedule=" + Uri.EscapeDataString(schedule.CanonicalJson));
        await ShownAsync(visit);
        var handle = (await visit.Page.Locator("[data-handle='x2']").BoundingBoxAsync())!;
        var (x, y) = (handle.X + handle.Width / 2, handle.Y + handle.Height / 2);
        await visit.Page.Mouse.MoveAsync(x, y);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.EvaluateAsync("""
            () => {
              window.frames60 = []; window.drawn60 = []; let last = performance.now();
              const frame = () => { const now = performance.now(); frames60.push(now - last); last = now; drawn60.push(Number(document.querySelector('.stage').dataset.drawn)); window.frame60 = requestAnimationFrame(frame); };
              window.frame60 = requestAnimationFrame(frame);
            }
            """);
        for (var i = 1; i <= DragMoves; i++)
        {
            await visit.Page.Mouse.MoveAsync(x - 2 * i, y + i);
        }

        var frames = await visit.Page.EvaluateAsync<double[]>("() => { cancelAnimationFrame(window.frame60); return window.frames60.slice(1); }");
        var drawn = await visit.Page.EvaluateAsync<int[]>("() => window.drawn60");
        await visit.Page.Mouse.UpAsync();
        await Assertions.Expect(visit.Page.Locator("[data-composer='undo']")).ToHaveAttributeAsync("aria-label", "Undo set rate of hold");

        Array.Sort(frames);
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture, $"Dragging 100,000 steps: {frames.Length} frames, median {frames[frames.Length / 2]:0.0} ms, 95 % below {frames[frames.Length * 95 / 100]:0.0} ms, {drawn.Max()} points."));
        Assert.NotEmpty(frames);
        Assert.All(drawn, points => Assert.InRange(points, 100, 1_000));
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Page_OnAPhone_ComposesWithoutSidewaysScrolling()
    {
        await using var visit = await browser.VisitAsync(390, 844, ColorScheme.Dark);
        await visit.OpenAsync("/compose");
        await ShownAsync(visit);

        await visit.Page.Locator("[data-block='1']").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#phase-title")).ToContainTextAsync("Phase 2 of 3: hold");
        await visit.Button("Split").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-block]")).ToHaveCountAsync(4);
        await visit.Page.GetByLabel("Rate", new() { Exact = true }).FillAsync("2e-3");
        await Assertions.Expect(visit.Page.Locator(".facts dd").Nth(3)).ToHaveTextAsync("2e-3");

        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        var axe = await visit.Page.RunAxe();
        Assert.Empty(axe.Violations.Where(violation => s_graveImpacts.Contains(violation.Impact)).Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task HostileInput_IsAnsweredInWordsAndThePageGoesOn()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/compose");
        await ShownAsync(visit);
        var page = visit.Page;

        foreach (var (text, words) in new[] { ("NaN", "whole number"), ("", "number of steps"), ("1e400", "whole number"), ("-5", "from 1 to"), ("2000000000", "from 1 to") })
        {
            await page.Locator("#phase-steps").FillAsync(text);
            await Assertions.Expect(page.Locator("#phase-steps-problem")).ToContainTextAsync(words);
        }

        await page.Locator("#phase-steps").FillAsync("100");
        await Assertions.Expect(page.Locator("#phase-steps-problem")).ToHaveCountAsync(0);

        await page.Locator("[data-block='2']").ClickAsync();
        await page.Locator("#phase-shape").SelectOptionAsync("Formula");
        await Assertions.Expect(page.Locator("#phase-formula")).ToBeVisibleAsync();
        foreach (var formula in new[] { "", "1/0", "sqrt(-1)", "process.exit()", "peak*(1-t", new string('(', 400), "<script>alert(1)</script>", "peak*1e300*1e300" })
        {
            await page.Locator("#phase-formula").FillAsync(formula);
            await Assertions.Expect(page.Locator("#phase-formula-problem")).Not.ToBeEmptyAsync();
        }

        await page.Locator("#phase-formula").FillAsync("peak*(1-t)^1.5");
        await Assertions.Expect(page.Locator("#phase-formula-problem")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-block='2']")).ToHaveAttributeAsync("aria-label", Like("peak\\*\\(1-t\\)\\^1\\.5"));

        await page.Locator("#composer-total").FillAsync("1e9");
        await page.Locator("#composer-total").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#composer-total-note")).ToContainTextAsync("at most 1000000 steps");
        await page.Locator("#composer-total").FillAsync("2");
        await page.Locator("#composer-total").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#composer-total-note")).ToContainTextAsync("from 3");
        Assert.Empty(visit.Errors);
    }

    [Theory]
    [InlineData(ScheduleSpec.MaximumSteps)]
    [InlineData(1)]
    public async Task Schedule_OfExtremeLength_IsShown(long steps)
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/compose?schedule=" + Uri.EscapeDataString(StandardSchedules.Linear(steps, 1e-3).CanonicalJson));
        await ShownAsync(visit);

        Assert.InRange(int.Parse((await visit.Page.Locator(".stage").GetAttributeAsync("data-points"))!, CultureInfo.InvariantCulture), 1, 1_000);
        await Assertions.Expect(visit.Page.Locator(".cooling-end")).ToContainTextAsync("The valley");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Schedule_OfAThousandPhases_IsShownAndEdited()
    {
        var schedule = new ScheduleSpec(Enumerable.Range(1, 1_000).Select(i => new ConstantRate(1 + i % 17, 1e-6 * i)));
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/compose?schedule=" + Uri.EscapeDataString(Ntl.Web.Components.Compose.ScheduleLink.Write(schedule)) + "&phase=500");
        await ShownAsync(visit);

        await Assertions.Expect(visit.Page.Locator("[data-block]")).ToHaveCountAsync(1_000);
        await visit.Button("Remove").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-block]")).ToHaveCountAsync(999);
        await visit.Button("Add").ClickAsync();
        await visit.Button("Add").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".composer-message")).ToContainTextAsync("from 1 to 1000 phases");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Pins_Compared_AreInTheViewAndInTheUrl()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/compose");
        await ShownAsync(visit);

        await visit.Button("Pin this schedule").ClickAsync();
        await visit.Page.Locator("[data-block='2']").ClickAsync();
        await visit.Page.Locator("#phase-shape").SelectOptionAsync("Cosine");
        await Assertions.Expect(visit.Page.Locator(".difference li")).ToHaveTextAsync(new[] { "phase 3, cosine decay: instead of 1−√ decay" });
        await Assertions.Expect(visit.Page.Locator(".stage-overlay")).ToHaveCountAsync(1);
        await visit.UntilAtAsync("**/compose?schedule=*pins=*"); // both: the schedule is there only once it differs from the page's first
        await visit.Page.ReloadAsync();
        await visit.UntilAnsweringAsync();

        await Assertions.Expect(visit.Page.Locator(".difference li")).ToHaveTextAsync(new[] { "phase 3, cosine decay: instead of 1−√ decay" });
        Assert.Empty(visit.Errors);
    }

    private static Regex Like(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static Task ShownAsync(Visit visit) => Assertions.Expect(visit.Page.Locator(".stage[data-drawn]")).ToBeVisibleAsync();

    private static Task FocusedAsync(Visit visit, string selector) => Assertions.Expect(visit.Page.Locator(selector)).ToBeFocusedAsync();

    private static async Task DragAsync(Visit visit, string selector, float dx, float dy)
    {
        // Hovering waits until the page has settled and the element takes the pointer.
        var grip = visit.Page.Locator(selector);
        await grip.HoverAsync();
        var box = (await grip.BoundingBoxAsync())!;
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + box.Width / 2 + dx, box.Y + box.Height / 2 + dy, new() { Steps = 12 });
        await visit.Page.Mouse.UpAsync();
    }

    private static async Task TabToAsync(Visit visit, string selector, string key = "Tab")
    {
        for (var presses = 0; presses < 90; presses++)
        {
            if (await visit.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }

            await visit.Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{selector} cannot be reached by keyboard.");
    }

    [GeneratedRegex("/runs/[0-9a-z]{10}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunAddress();
}
