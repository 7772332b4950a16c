using System.CommandLine;
using System.Diagnostics;
using Microsoft.Playwright;
using Ntl.Bench.Servers;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;

namespace Ntl.Bench.Page;

/// <summary>How soon a real browser shows a long run's charts, a zoomed part of them, and the list of very many runs.</summary>
internal static class PageBench
{
    private const string ZoomedChart = "Loss";
    private const int Queries = 20;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    // Columns that people sort by, and a search: the list's other requests.
    private static readonly string[] s_listRequests =
        ["/api/v1/runs", "/api/v1/runs?sort=validationLoss&descending=false", "/api/v1/runs?sort=name", "/api/v1/runs?text=sweep%2012", "/api/v1/runs?skip=9900"];

    public static Command Command()
    {
        Option<int> loads = new("--loads") { Description = "Loads of each page.", DefaultValueFactory = _ => 7 };
        Option<int> zooms = new("--zooms") { Description = "Zooms into random windows.", DefaultValueFactory = _ => 40 };
        return new Command("page", "How soon charts, a zoomed part and the list of runs are on the screen.") { loads, zooms }
            .Measure(s_limit, (parsed, cancellationToken) => parsed.GetValue(BenchCommand.Quick)
                ? MeasureAsync(new(RunCount: 60, Steps: 2_000, Loads: 1, Zooms: 1, IsQuick: true), cancellationToken)
                : MeasureAsync(new(RunCount: 10_000, Steps: 100_000, parsed.GetValue(loads), parsed.GetValue(zooms), IsQuick: false), cancellationToken));
    }

    private static async Task<BenchReport> MeasureAsync(PageWork wanted, CancellationToken cancellationToken)
    {
        var (loads, zooms) = (wanted.Loads, wanted.Zooms);
        using var work = new WorkDirectory("page");
        var start = Stopwatch.GetTimestamp();
        var run = await PageStore.BuildAsync(work.At("data"), wanted.RunCount, wanted.Steps, cancellationToken);
        BenchCommand.Say($"the store is built, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        await using var server = await ServerProcess.StartAsync(work.At("data"), wanted.IsQuick, cancellationToken);
        await using var browser = await Browser.StartAsync();

        List<double> first = [], all = [], list = [];
        IPage? page = null;
        var processor = TimeSpan.Zero;
        for (var load = 0; load <= loads; load++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CloseAsync(page);
            page = await browser.NewPageAsync();
            var before = server.ProcessorTime;
            var (firstChart, allCharts) = await LoadRunAsync(page, server, run);
            BenchCommand.Say($"load {load}{(load == 0 ? " (left out)" : "")}: first chart {firstChart:0} ms, all {allCharts:0} ms");
            if (load > 0) // the server's first answer compiles its code
            {
                first.Add(firstChart);
                all.Add(allCharts);
                processor += server.ProcessorTime - before;
            }
        }

        var (own, every) = await ZoomAsync(page!, zooms, cancellationToken);
        await CloseAsync(page);
        for (var load = 0; load <= loads; load++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = await browser.NewPageAsync();
            await page.GotoAsync(new Uri(server.Address, "/runs").ToString());
            var milliseconds = await Probe.FirstRowAsync(page) - await Probe.OriginAsync(page);
            if (load > 0)
            {
                list.Add(milliseconds);
            }

            await CloseAsync(page);
        }

        var queries = await QueryListAsync(server, cancellationToken);
        return Report(wanted, new Sample(first), new Sample(all), own, every, new Sample(list), queries, processor.TotalMilliseconds / loads);
    }

    private static async Task<(double First, double All)> LoadRunAsync(IPage page, ServerProcess server, RunId run)
    {
        await page.GotoAsync(new Uri(server.Address, $"/runs/{run}").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await Probe.WaitForChartsAsync(page, PageStore.SeriesCount, TimeSpan.FromSeconds(30));
        var origin = await Probe.OriginAsync(page);
        var firsts = (await Probe.DrawingsAsync(page)).Where(drawing => drawing.Points > 0).GroupBy(drawing => drawing.Title, StringComparer.Ordinal)
            .Select(chart => chart.Min(drawing => drawing.At) - origin).ToList();
        return (firsts.Min(), firsts.Max());
    }

    // Real drags across the chart. Timed from the moment the page asks the server (a drag is reported after 120 ms of quiet, so that
    // scrolling asks once) until the finer points are on the screen.
    private static async Task<(Sample Own, Sample Every)> ZoomAsync(IPage page, int zooms, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var chart = page.Locator($".chart[data-title='{ZoomedChart}']");
        await chart.ScrollIntoViewIfNeededAsync();
        var area = await chart.Locator(".u-over").BoundingBoxAsync() ?? throw new BenchException("The chart has no area to drag in.");
        List<double> own = [], every = [];
        for (var zoom = 0; zoom <= zooms; zoom++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await page.EvaluateAsync("ntlProbe.drawn.length = ntlProbe.windows.length = 0");
            var width = 0.02 + (0.5 * random.NextDouble());
            var left = random.NextDouble() * (1 - width);
            var (y, from, to) = (area.Y + (area.Height / 2), area.X + (area.Width * left), area.X + (area.Width * (left + width)));
            await page.Mouse.MoveAsync((float)from, y);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync((float)to, y, new MouseMoveOptions { Steps = 3 });
            await page.Mouse.UpAsync();
            await WaitUntilRefinedAsync(page);
            var asked = await Probe.LastWindowAsync(page);
            var firsts = (await Probe.DrawingsAsync(page)).Where(drawing => drawing.Refined && drawing.At >= asked).GroupBy(drawing => drawing.Title, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Min(drawing => drawing.At) - asked, StringComparer.Ordinal);
            if (zoom > 0)
            {
                own.Add(firsts[ZoomedChart]);
                every.Add(firsts.Values.Max());
            }

            // Back to all, and quiet before the next.
            await chart.Locator("[data-chart-action='fit']").ClickAsync();
            await page.WaitForTimeoutAsync(250);
            await page.Mouse.MoveAsync(0, 0);
        }

        return (new Sample(own), new Sample(every));
    }

    private static async Task WaitUntilRefinedAsync(IPage page)
    {
        const string Refined = "new Set(ntlProbe.drawn.filter(d => d.refined).map(d => d.title)).size";
        try
        {
            await page.WaitForFunctionAsync($"count => {Refined} >= count", PageStore.SeriesCount, new PageWaitForFunctionOptions { Timeout = 20_000 });
        }
        catch (TimeoutException exception)
        {
            var (refined, asked) = (await page.EvaluateAsync<int>(Refined), await page.EvaluateAsync<int>("ntlProbe.windows.length"));
            throw new BenchException(FormattableString.Invariant($"After a drag the page asked the server {asked} times and refined {refined} of {PageStore.SeriesCount} charts within 20 s."), exception);
        }
    }

    private static async Task<Dictionary<string, Sample>> QueryListAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        Dictionary<string, Sample> times = new(StringComparer.Ordinal);
        foreach (var request in s_listRequests)
        {
            List<double> milliseconds = [];
            for (var i = 0; i <= Queries; i++)
            {
                var start = Stopwatch.GetTimestamp();
                using var response = await server.Http.GetAsync(request, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    throw new BenchException($"'{request}' was answered with {response.StatusCode}.");
                }

                if (i > 0)
                {
                    milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            times[request] = new Sample(milliseconds);
        }

        return times;
    }

    private static async Task CloseAsync(IPage? page)
    {
        if (page is not null)
        {
            await page.Context.CloseAsync();
        }
    }

    private static BenchReport Report(PageWork done, Sample first, Sample all, Sample own, Sample every, Sample list, Dictionary<string, Sample> queries, double serverMilliseconds)
    {
        var report = new BenchReport("page");
        report.Row("what", "value", "spread", "how");
        report.Row("first chart", $"{first.Median:0} ms", first.Spread, "from navigation to its drawing on the screen; empty cache; median");
        report.Row("all charts", $"{all.Median:0} ms", all.Spread, $"{PageStore.SeriesCount} charted series of {CountFormat.Count(done.Steps)} points; median");
        report.Row("server's processor time", $"{serverMilliseconds:0} ms", "", "a load; mean");
        report.Row("zoom, the zoomed chart", $"{own.Quantile(0.95):0} ms", own.Spread, "p95 from the page's question to the finer points on the screen");
        report.Row("zoom, all charts", $"{every.Quantile(0.95):0} ms", every.Spread, "p95; all charts follow the zoom");
        report.Row("list of runs", $"{list.Median:0} ms", list.Spread, $"{CountFormat.Count(done.RunCount)} runs; from navigation to the first row on the screen; median");
        foreach (var (request, times) in queries)
        {
            report.Row("list request", $"{times.Median:0.0} ms", times.Spread, $"GET {request}; median");
        }

        report.Figure("first_chart_ms", first.Median);
        report.Figure("all_charts_ms", all.Median);
        report.Figure("zoom_p95_ms", own.Quantile(0.95));
        report.Figure("zoom_all_p95_ms", every.Quantile(0.95));
        report.Figure("runs_list_ms", list.Median);
        report.Figure("server_ms_per_load", serverMilliseconds);
        report.Figure("runs_list_request_ms", queries.Values.Max(times => times.Median));
        return report;
    }
}
