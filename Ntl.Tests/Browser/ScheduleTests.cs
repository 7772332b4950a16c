using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Browser;

/// <summary>A schedule's life in the library as a person leads it: saved, changed, forked, compared, archived.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class ScheduleTests(BrowserFixture browser)
{
    private static readonly ScheduleSpec s_first = StandardSchedules.WarmupStableDecay(500, 3e-3, DecayShape.Linear, 100, 0, 50);
    private static readonly ScheduleSpec s_second = StandardSchedules.WarmupStableDecay(700, 3e-3, DecayShape.Linear, 100, 0, 50);

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Schedule_SavedChangedForkedComparedAndArchived_IsWhereItShouldBe(int width)
    {
        var name = $"Journey {width}";
        await using var visit = await browser.VisitAsync(width);
        await visit.OpenAsync("/schedules/new");
        await visit.Page.GetByLabel("JSON", new() { Exact = true }).FillAsync(s_first.CanonicalJson);
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await visit.Button("Save to the library").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Say whose schedule this is.")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Owner", new() { Exact = true }).FillAsync("Ada");
        await visit.Button("Save to the library").ClickAsync();
        await Assertions.Expect(visit.Heading(name)).ToBeVisibleAsync();

        // Another version; the browser remembers who saves.
        await Assertions.Expect(visit.Page.GetByLabel("Saved by")).ToHaveValueAsync("Ada");
        await visit.Page.GetByLabel("Schedule in JSON").FillAsync(s_second.CanonicalJson);
        await visit.Page.GetByLabel("What changed, and why").FillAsync("Held longer.");
        await visit.Button("Save version").ClickAsync();
        var words = visit.Page.GetByRole(AriaRole.List, new() { Name = "Differences in words" });
        await Assertions.Expect(words).ToContainTextAsync("steps 350 → 550");
        await visit.UntilAtAsync("*against=*%3A1");

        // A fork of it knows where it comes from.
        await visit.Button("Fork").ClickAsync();
        await visit.Button("Save fork").ClickAsync();
        await Assertions.Expect(visit.Heading($"{name} (fork)")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".lineage li")).ToHaveCountAsync(2);
        await visit.Page.GetByLabel("Compare with", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = $"{name} v2" });
        await Assertions.Expect(words).ToHaveTextAsync("The two schedules are equal.");

        var axe = await visit.Page.RunAxe();
        Assert.DoesNotContain(axe.Violations, violation => violation.Impact is "serious" or "critical");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));

        await visit.Button("Archive").ClickAsync();
        await Assertions.Expect(visit.Button("Restore")).ToBeVisibleAsync();
        await visit.OpenAsync($"/schedules?q={Uri.EscapeDataString(name)}");
        await Assertions.Expect(visit.Link(name)).ToBeVisibleAsync();
        await Assertions.Expect(visit.Link($"{name} (fork)")).ToHaveCountAsync(0);
        await visit.Button("Archived").ClickAsync();
        await Assertions.Expect(visit.Link($"{name} (fork)")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Schedule_SavedByAnotherReaderMeanwhile_SaysSoAndKeepsWhatWasTyped()
    {
        var id = await SampleSchedule.IdAsync(browser.Server);
        await using var first = await browser.VisitAsync();
        await using var second = await browser.VisitAsync();
        await first.OpenAsync($"/schedules/{id}");
        await second.OpenAsync($"/schedules/{id}");
        await SaveAsync(second, s_second, "Ben");
        await Assertions.Expect(second.Page.GetByRole(AriaRole.List, new() { Name = "Differences in words" })).ToBeVisibleAsync();

        await Assertions.Expect(first.Page.GetByText("while you looked")).ToBeVisibleAsync();
        await SaveAsync(first, s_first, "Ada");

        await Assertions.Expect(first.Page.GetByText("Not saved: somebody was faster")).ToBeVisibleAsync();
        await Assertions.Expect(first.Page.GetByLabel("Schedule in JSON")).ToHaveValueAsync(s_first.CanonicalJson);
        Assert.Empty(first.Errors);
    }

    private static async Task SaveAsync(Visit visit, ScheduleSpec schedule, string author)
    {
        await visit.Page.GetByLabel("Schedule in JSON").FillAsync(schedule.CanonicalJson);
        await visit.Page.GetByLabel("Saved by").FillAsync(author);
        await visit.Button("Save version").ClickAsync();
    }
}
