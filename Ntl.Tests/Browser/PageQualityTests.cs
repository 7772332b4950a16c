using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Ntl.Tests.Browser;

/// <summary>Every page in light, dark and at a phone's width: quiet console, no sideways scrolling, nothing serious for axe to say.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class PageQualityTests(BrowserFixture browser)
{
    // Two frames on, when no colour is between two any more.
    private const string Settled = """
        async () => {
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
          const ending = document.getAnimations().filter(each => each.effect.getComputedTiming().endTime < Infinity);
          await Promise.allSettled(ending.map(each => each.finished));
        }
        """;

    private static readonly string[] s_graveImpacts = ["serious", "critical"];

    private static readonly ColorScheme[] s_themes = [ColorScheme.Light, ColorScheme.Dark];

    public static TheoryData<string, int> Views { get; } = new MatrixTheoryData<string, int>(
        ["/", "/runs", "/runs/new", "/datasets", "/schedules", "/schedules/new", "/schedules/{schedule}", "/schedules/0000000000", "/runs/{run}", "/runs/{run}/branch", "/experiments", "/experiments/0000000000", "/runs/{run}/thermodynamics", "/laws", "/laws?runs={run}", "/runs/0000000000", "/lab", "/lab/best-anneal", "/nowhere", "/laws/prediction", "/laws/prediction?train=run:{run}", "/laws/suggest", "/compose", "/tracks", "/tracks/new", "/tracks/{track}", "/tracks/{track}?by=tokens", "/tracks/{track}/submit", "/tracks/0000000000", "/entries/{entry}", "/entries/0000000000", "/compare", "/compare?runs={run}", "/compare?search=sample&group=seeds", "/compare?runs=zzzzzzzzzz", "/experiments/sweep", "/experiments/sweep?from={run}&stop=1"],
        [1440, 390]).Aggregate(new TheoryData<string, int>(), (all, row) =>
        {
            all.Add(row.Data.Item1, row.Data.Item2);
            return all;
        });

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Page_AtAWidthInBothThemes_IsSound(string path, int width)
    {
        await using var visit = await browser.VisitAsync(width, 844, s_themes[0]);
        var address = path.Replace("{run}", await SampleRun.IdAsync(browser.Server), StringComparison.Ordinal);
        if (address.Contains("{schedule}", StringComparison.Ordinal))
        {
            address = address.Replace("{schedule}", await SampleSchedule.IdAsync(browser.Server), StringComparison.Ordinal);
        }

        if (address.Contains("{track}", StringComparison.Ordinal) || address.Contains("{entry}", StringComparison.Ordinal))
        {
            var (track, entry) = await SampleTrack.IdsAsync(browser.Server);
            address = address.Replace("{track}", track, StringComparison.Ordinal).Replace("{entry}", entry, StringComparison.Ordinal);
        }

        await visit.OpenAsync(address);
        await Assertions.Expect(visit.Page.Locator("h1").First).ToBeVisibleAsync();

        // What still reads is shown faded; it is judged as it stands afterwards.
        await Assertions.Expect(visit.Page.Locator("[aria-busy='true'], [data-stale]")).ToHaveCountAsync(0);

        foreach (var theme in s_themes)
        {
            // A page follows the system's theme while it is open, as the charts on it do.
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await visit.Page.EvaluateAsync(Settled);

            var axe = await visit.Page.RunAxe();
            var sideways = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

            var grave = axe.Violations.Where(violation => s_graveImpacts.Contains(violation.Impact)).Select(violation =>
                $"{theme}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").ToList();
            Assert.True(grave.Count == 0, string.Join('\n', grave));
            Assert.Equal(0, sideways);
        }

        // The console reports the status of a page that is not there; that is no error of ours.
        var errors = visit.Errors.Where(error => path != "/nowhere" || !error.Contains("404", StringComparison.Ordinal)).ToList();
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Runs_AtAUsualWidth_ShowEveryColumnWithoutOverlaps()
    {
        await SampleRun.IdAsync(browser.Server);
        await using var visit = await browser.VisitAsync();
        await visit.OpenAsync("/runs");
        await Assertions.Expect(visit.Page.Locator("table.runs tbody tr").First).ToBeVisibleAsync();

        // The longest that a row holds: a long name with a badge, a diverged loss, a count within a count.
        var overlaps = await visit.Page.EvaluateAsync<string[]>("""
            () => {
              const row = document.querySelector('table.runs tbody tr');
              const name = row.querySelector('.run-name');
              name.querySelector('a').textContent = 'WSD 3e-3 · nano · peak 1.5e-3 · seed 8281303341487958';
              name.insertAdjacentHTML('beforeend', '<span class="chip">Diverged + 1</span>');
              row.querySelector('[data-title="Val loss"]').textContent = '∞ diverged';
              row.querySelector('[data-title="Model"]').textContent = '1 × 32, 0.1M';
              row.querySelector('[data-title="Steps"]').textContent = '1 540 / 20 000';
              row.querySelector('[data-title="Created"]').textContent = '12 min ago';
              const box = document.querySelector('.table-box');
              const found = box.scrollWidth > box.clientWidth ? [`the table is ${box.scrollWidth - box.clientWidth} px too wide`] : [];
              const status = row.querySelector('.run-name + td').getBoundingClientRect();
              const badge = name.querySelector('.chip:last-child').getBoundingClientRect();
              if (badge.right > status.left) found.push('the badge covers the status');
              return found;
            }
            """);

        Assert.Empty(overlaps);
    }

    [Fact]
    public async Task Theme_Chosen_StaysAndIsThereFromTheFirstPaint()
    {
        await using var visit = await browser.VisitAsync(theme: ColorScheme.Light);
        await visit.OpenAsync("/");
        var toggle = visit.Page.Locator("[data-theme-toggle]");

        await toggle.ClickAsync();
        await toggle.ClickAsync();
        await Assertions.Expect(toggle).ToHaveAttributeAsync("aria-label", "Theme: dark");
        var response = await visit.Page.GotoAsync("/runs");

        Assert.Contains("<html lang=\"en\" data-theme=\"dark\">", await response!.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("rgb(16, 18, 22)", await visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
    }
}
