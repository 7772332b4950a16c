using System.CommandLine;
using System.Diagnostics;
using Microsoft.Playwright;
using Ntl.Bench.Servers;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;

namespace Ntl.Bench.Compare;

/// <summary>How soon a real browser shows a hundred runs over one another, and shows them grouped another way.</summary>
internal static class CompareBench
{
    private const int Charts = 3; // training loss, validation loss, rate

    // Each is another grouping, and thereby other lines with other numbers of points, by which their drawing is known.
    private static readonly string[] s_groups = ["seeds", "", "seed", ""];

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    public static Command Command()
    {
        Option<int> loads = new("--loads") { Description = "Loads of the page.", DefaultValueFactory = _ => 5 };
        Option<int> rounds = new("--rounds") { Description = "Rounds through the groupings.", DefaultValueFactory = _ => 4 };
        Option<int> viewers = new("--viewers") { Description = "Pages that watch a live board.", DefaultValueFactory = _ => 50 };
        return new Command("compare", "How soon a hundred runs are drawn over one another and grouped another way, a board of ten thousand runs is ranked, and a live board reaches its viewers.") { loads, rounds, viewers }
            .Measure(s_limit, (parsed, cancellationToken) => parsed.GetValue(BenchCommand.Quick)
                ? MeasureAsync(CompareWork.Quick, cancellationToken)
                : MeasureAsync(CompareWork.Full(parsed.GetValue(loads), parsed.GetValue(rounds), parsed.GetValue(viewers)), cancellationToken));
    }

    private static async Task<BenchReport> MeasureAsync(CompareWork wanted, CancellationToken cancellationToken)
    {
        var (loads, rounds) = (wanted.Loads, wanted.Rounds);
        using var work = new WorkDirectory("compare");
        var start = Stopwatch.GetTimestamp();
        var runs = await CompareStore.BuildAsync(work.At("data"), wanted.RunCount, wanted.Steps, cancellationToken);
        BenchCommand.Say($"the store is built, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        await using var server = await ServerProcess.StartAsync(work.At("data"), wanted.IsQuick, cancellationToken);
        await using var browser = await Browser.StartAsync();

        List<double> draws = [], peers = [];
        IPage? page = null;
        for (var load = 0; load <= loads; load++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (page is not null)
            {
                await page.Context.CloseAsync();
            }

            // Side by side, in turn, so that neither has the quieter machine.
            var peer = await PeerAsync(browser, server, runs);
            page = await browser.NewPageAsync();
            var drawn = await LoadAsync(page, server, wanted.RunCount);
            BenchCommand.Say($"load {load}{(load == 0 ? " (left out)" : "")}: all charts {drawn:0} ms, peer {peer:0} ms");
            if (load > 0) // the server's first answer compiles its code
            {
                draws.Add(drawn);
                peers.Add(peer);
            }
        }

        await page!.Locator(".shell[data-answers]").WaitForAsync();
        List<double> regroups = [];
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var group in s_groups)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var regrouped = await RegroupAsync(page, group);
                BenchCommand.Say($"round {round}{(round == 0 ? " (left out)" : "")}, by '{group}': {regrouped:0} ms");
                if (round > 0)
                {
                    regroups.Add(regrouped);
                }
            }
        }

        await page.Context.CloseAsync();
        var (answers, pages) = await BoardBench.LeaderboardAsync(work.At("board"), wanted, cancellationToken);
        var live = await BoardBench.LiveAsync(work.At("live"), wanted, cancellationToken);
        return Report(wanted, new Sample(draws), new Sample(peers), new Sample(regroups), answers, pages, live);
    }

    private static async Task<double> LoadAsync(IPage page, ServerProcess server, int runCount)
    {
        await page.GotoAsync(new Uri(server.Address, $"/compare?search={CompareStore.Name}&most={runCount}").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await Probe.WaitForChartsAsync(page, Charts, TimeSpan.FromSeconds(60));
        var origin = await Probe.OriginAsync(page);
        return (await Probe.DrawingsAsync(page)).Where(drawing => drawing.Points > 0).GroupBy(drawing => drawing.Title, StringComparer.Ordinal).Max(chart => chart.Min(drawing => drawing.At)) - origin;
    }

    // From the choice in the field to the last chart's drawing of other lines.
    private static async Task<double> RegroupAsync(IPage page, string group)
    {
        await page.WaitForTimeoutAsync(400); // quiet before
        await page.EvaluateAsync("ntlProbe.before = Object.fromEntries([...document.querySelectorAll('.chart')].map(chart => [chart.dataset.title, Number(chart.dataset.points)]))");
        var asked = await page.EvaluateAsync<double>(
            """
            value => {
              const field = [...document.querySelectorAll('.compare-controls label')].find(label => label.textContent.trim().startsWith('Colour')).querySelector('select');
              ntlProbe.drawn.length = 0;
              const now = performance.timeOrigin + performance.now();
              field.value = value;
              field.dispatchEvent(new Event('change', { bubbles: true }));
              return now;
            }
            """,
            group);
        await page.WaitForFunctionAsync(
            "count => new Set(ntlProbe.drawn.filter(d => d.points !== ntlProbe.before[d.title]).map(d => d.title)).size >= count", Charts, new PageWaitForFunctionOptions { Timeout = 30_000 });
        var before = await page.EvaluateAsync<Dictionary<string, int>>("ntlProbe.before");
        return (await Probe.DrawingsAsync(page)).Where(drawing => drawing.Points != before[drawing.Title]).GroupBy(drawing => drawing.Title, StringComparer.Ordinal).Max(chart => chart.Min(drawing => drawing.At)) - asked;
    }

    // What a page does that asks for every run's points and hands all of them to the same chart library: no reduction, no grouping, no page around it.
    private static async Task<double> PeerAsync(Browser browser, ServerProcess server, IReadOnlyList<RunId> runs)
    {
        var page = await browser.NewPageAsync();
        try
        {
            await page.GotoAsync(new Uri(server.Address, "/api/v1/health").ToString());
            await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "uPlot.iife.min.js")) + "; window.uPlot = uPlot; null");
            return await page.EvaluateAsync<double>(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "compare-peer.js")), runs.Select(run => run.Value).ToArray());
        }
        finally
        {
            await page.Context.CloseAsync();
        }
    }

    private static BenchReport Report(CompareWork done, Sample draws, Sample peers, Sample regroups, Sample answers, Sample pages, LiveBoard live)
    {
        var report = new BenchReport("compare");
        report.Row("what", "value", "spread", "how");
        report.Row("draw", $"{draws.Median:0} ms", draws.Spread, $"{done.RunCount} runs of {CountFormat.Count(done.Steps)} steps; from navigation to all {Charts} charts on the screen; empty cache; median");
        report.Row("draw, peer", $"{peers.Median:0} ms", peers.Spread, "a bare page with uPlot that fetches every point of the same series as CSV; from its first question; median");
        report.Row("regroup", $"{regroups.Median:0} ms", regroups.Spread, "from the choice of another grouping to all charts on the screen; median");
        report.Row("regroup, slowest in twenty", $"{regroups.Quantile(0.95):0} ms", "", "p95");
        report.Row("leaderboard", $"{answers.Median:0} ms", answers.Spread, $"{CountFormat.Count(done.Entries * BoardStore.Seeds)} runs of {CountFormat.Count(done.Entries)} entries read, ranked and sent; median");
        report.Row("leaderboard, page", $"{pages.Median:0} ms", pages.Spread, "from navigation to its rows on the screen; empty cache; median");
        report.Row("live board, p95", $"{live.Latencies.Quantile(0.95):0} ms", $"median {live.Latencies.Median:0}", FormattableString.Invariant($"from the request that ends a run to the change of a viewer's page, which its own machine would paint; {live.Viewers} pages of Chromium, one run training"));
        report.Row("received by a viewer", $"{live.Bytes.Mean / 1024:0.0} KiB/s", live.Bytes.Spread, "WebSocket messages, uncompressed");
        report.Row("server's processor time", $"{live.Processor:0.00} cores", "", "trainer and browser apart");
        report.Figure("draw_ms", draws.Median);
        report.Figure("draw_peer_ms", peers.Median);
        report.Figure("regroup_ms", regroups.Median);
        report.Figure("regroup_p95_ms", regroups.Quantile(0.95));
        report.Figure("leaderboard_ms", answers.Median);
        report.Figure("leaderboard_page_ms", pages.Median);
        report.Figure("p95_ms", live.Latencies.Quantile(0.95));
        report.Figure("median_ms", live.Latencies.Median);
        report.Figure("viewers", live.Viewers);
        report.Figure("bytes_per_second_per_viewer", live.Bytes.Mean);
        report.Figure("server_cores", live.Processor);
        return report;
    }
}
