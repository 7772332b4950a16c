using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ntl.Tests.Browser;

/// <summary>The laboratory as a person uses it.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class LabTests(BrowserFixture browser)
{
    [Fact]
    public async Task Card_KnobTurned_ChangesResultAndUrlAndSurvivesReload()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/");
        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("l");
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = NewtonTitle() }).ClickAsync();
        await visit.UntilAtAsync("**/lab/newton-cooling");
        var rows = visit.Page.Locator(".claims tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator(".formula math")).ToBeAttachedAsync();
        await Assertions.Expect(visit.Page.Locator("nav a[aria-current] .chip")).ToHaveTextAsync("Holds");
        var picture = visit.Page.Locator(".plot [role=img]").First;
        var before = await picture.GetAttributeAsync("aria-label");

        var noise = visit.Page.Locator("#knob-noise");
        await noise.FillAsync("2");
        await visit.UntilAtAsync("**/lab/newton-cooling?noise=2");
        await Assertions.Expect(picture).Not.ToHaveAttributeAsync("aria-label", before!);

        await visit.Page.ReloadAsync();
        await visit.UntilAnsweringAsync();
        await Assertions.Expect(noise).ToHaveValueAsync("2");
        await visit.Button("Reset knobs").ClickAsync();
        await visit.UntilAtAsync("**/lab/newton-cooling");
        await Assertions.Expect(noise).ToHaveValueAsync("1");
        await Assertions.Expect(picture).ToHaveAttributeAsync("aria-label", before!);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Knob_WithAValueThatCannotBe_SaysWhyBesideItAndDimsTheLastResult()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/lab/newton-cooling");
        await Assertions.Expect(visit.Page.Locator(".claims")).ToBeVisibleAsync();

        var rate = visit.Page.Locator("#knob-rate");
        await rate.FillAsync("3");

        await Assertions.Expect(visit.Page.Locator("#knob-rate-problem")).ToContainTextAsync("not below");
        await Assertions.Expect(rate).ToHaveAttributeAsync("aria-describedby", "knob-rate-problem");
        await Assertions.Expect(visit.Page.Locator(".result[data-stale]")).ToBeVisibleAsync();
        await visit.UntilAtAsync("**/lab/newton-cooling?rate=3");
        await visit.Page.ReloadAsync();
        await visit.UntilAnsweringAsync();
        await Assertions.Expect(rate).ToHaveValueAsync("3");
        await Assertions.Expect(visit.Page.Locator("#knob-rate-problem")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Experiment_ThatTakesLong_ShowsProgressAndCanBeCancelled()
    {
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/lab/river-valley");

        // As much work as a card accepts.
        await visit.Page.Locator("#knob-steps").FillAsync("100000");
        await visit.Page.Locator("#knob-replicas").FillAsync("14000");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Progressbar)).ToBeAttachedAsync();
        await visit.Button("Cancel").ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".bench")).ToContainTextAsync("Cancelled");
        await Assertions.Expect(visit.Button("Run")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [GeneratedRegex("Newton", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NewtonTitle();
}
