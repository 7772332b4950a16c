using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Ntl.Bench.Servers;
using Ntl.Bench.Store;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Bench.Compare;

/// <summary>A board of ten thousand runs, and a live board that many watch.</summary>
internal static class BoardBench
{
    private const int Entries = 6;
    private const int Left = 1;

    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1.5);

    // Tells at what time of day the board's line of figures said what. Nothing is laid out or painted from then on: that is the work of each viewer's
    // own machine, and fifty of them are one here.
    private const string Watch =
        """
        () => {
          window.ntlBoard = [];
          const line = document.querySelector('#board-title').closest('section').querySelector('[role=status]');
          new MutationObserver(() => window.ntlBoard.push({ at: performance.timeOrigin + performance.now(), text: line.textContent }))
            .observe(line, { childList: true, characterData: true, subtree: true });
          document.documentElement.style.display = 'none';
        }
        """;

    /// <summary>Times the reading and ranking of all runs, through the server, and the page that shows it.</summary>
    public static async Task<(Sample Answer, Sample Page)> LeaderboardAsync(string dataDirectory, CompareWork wanted, CancellationToken cancellationToken)
    {
        await BoardStore.BuildAsync(dataDirectory, wanted.Entries, cancellationToken);
        BenchCommand.Say($"the board's store is built");
        await using var server = await ServerProcess.StartAsync(dataDirectory, wanted.IsQuick, cancellationToken);
        await using var browser = await Browser.StartAsync();
        List<double> answers = [], pages = [];
        for (var load = 0; load <= wanted.Loads; load++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await server.Http.GetAsync($"/api/v1/tracks/{BoardStore.Track}", cancellationToken);
            var board = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            var answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (board.GetProperty("entries").GetArrayLength() != wanted.Entries)
            {
                throw new BenchException("The board lacks entries.");
            }

            var page = await browser.NewPageAsync();
            await page.GotoAsync(new Uri(server.Address, $"/tracks/{BoardStore.Track}").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
            await page.Locator("table.board tbody tr").Nth(20).WaitForAsync();
            var shown = await page.EvaluateAsync<double>("performance.now()");
            await page.Context.CloseAsync();
            BenchCommand.Say($"load {load}{(load == 0 ? " (left out)" : "")}: answer {answered:0} ms, page {shown:0} ms");
            if (load > 0) // the server's first answer compiles its code
            {
                answers.Add(answered);
                pages.Add(shown);
            }
        }

        return (new Sample(answers), new Sample(pages));
    }

    /// <summary>Times what happens to a run of a live board until each of its viewers sees it, while a run of it trains.</summary>
    public static async Task<LiveBoard> LiveAsync(string dataDirectory, CompareWork wanted, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(dataDirectory, wanted.IsQuick, cancellationToken);
        var (track, runs) = await OpenTrackAsync(server, wanted.Events, cancellationToken);
        try
        {
            await using var browser = await Browser.StartAsync(processLimit: 1);
            var profile = await browser.NewProfileAsync(draws: false);
            List<IPage> pages = [];
            for (var i = 0; i < wanted.Viewers; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var page = await profile.NewPageAsync();
                await page.GotoAsync(new Uri(server.Address, $"/tracks/{track}").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
                await page.Locator(".shell[data-answers]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = 60_000 });
                await page.EvaluateAsync(Watch);
                pages.Add(page);
            }

            BenchCommand.Say($"{wanted.Viewers} viewers watch");
            await Task.Delay(wanted.Settling, cancellationToken);
            return await EventsAsync(server, pages, runs, wanted, cancellationToken);
        }
        finally
        {
            foreach (var run in runs)
            {
                using var _ = await server.Http.PostAsync($"/api/v1/runs/{run}/cancel", null, CancellationToken.None);
            }

            await Task.Delay(TimeSpan.FromSeconds(4), CancellationToken.None); // the trainer saves and leaves
        }
    }

    // Each cancelled run makes one run fewer to come.
    private static async Task<LiveBoard> EventsAsync(ServerProcess server, List<IPage> pages, IReadOnlyList<string> runs, CompareWork wanted, CancellationToken cancellationToken)
    {
        var bytesBefore = await BytesAsync(pages);
        var processorBefore = server.ProcessorTime;
        var start = Stopwatch.GetTimestamp();
        List<(int Left, double At, double Answered)> events = [];
        for (var i = 0; i < wanted.Events; i++)
        {
            var at = DateTimeOffset.UtcNow;
            using var answer = await server.Http.PostAsync($"/api/v1/runs/{runs[^(i + 1)]}/cancel", null, cancellationToken);
            answer.EnsureSuccessStatusCode();
            events.Add((runs.Count - i - 1, (at - DateTimeOffset.UnixEpoch).TotalMilliseconds, (DateTimeOffset.UtcNow - at).TotalMilliseconds));
            await Task.Delay(s_between, cancellationToken);
        }

        await Task.Delay(wanted.Settling, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var processor = (server.ProcessorTime - processorBefore).TotalSeconds / seconds;
        var bytes = (await BytesAsync(pages)).Zip(bytesBefore, (after, before) => (after - before) / seconds).ToList();
        List<double> latencies = [];
        foreach (var page in pages)
        {
            var seen = await page.EvaluateAsync<Seen[]>("window.ntlBoard");
            foreach (var (left, at, _) in events)
            {
                var first = seen.FirstOrDefault(change => change.Text.Contains(FormattableString.Invariant($", {left} to come"), StringComparison.Ordinal));
                latencies.Add(first is null ? double.PositiveInfinity : first.At - at);
            }
        }

        for (var i = 0; i < wanted.Events; i++)
        {
            var own = new Sample([.. latencies.Where((_, at) => at % wanted.Events == i)]);
            BenchCommand.Say($"event {i}: answered after {events[i].Answered:0} ms, seen after {own.Median:0} ms, by all but one in twenty after {own.Quantile(0.95):0} ms");
        }

        return new(new Sample(latencies), new Sample(bytes), processor, pages.Count);
    }

    private static async Task<(string Track, IReadOnlyList<string> Runs)> OpenTrackAsync(ServerProcess server, int events, CancellationToken cancellationToken)
    {
        var spec = ProductStore.Spec("live board", 100_000) with { ValidationIntervalSteps = 1_000 };
        var track = await PostAsync(server, "/api/v1/tracks", $$"""{"name":"live board","by":"bench","spec":{{RunSpecJson.Write(spec)}}}""", cancellationToken);
        List<string> runs = [];
        for (var i = 0; i < Entries; i++)
        {
            var schedule = StandardSchedules.Constant(spec.TotalSteps, 1e-3 * (i + 1));
            var entry = await PostAsync(server, $"/api/v1/tracks/{track.GetProperty("id")}/entries", $$"""{"by":"bench","schedule":{{schedule.CanonicalJson}}}""", cancellationToken);
            runs.AddRange(entry.GetProperty("runs").EnumerateArray().Select(run => run.GetString()!));
        }

        return runs.Count >= events + Left ? (track.GetProperty("id").GetString()!, runs) : throw new BenchException("The track has too few runs.");
    }

    private static async Task<JsonElement> PostAsync(ServerProcess server, string path, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync(path, content, cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.IsSuccessStatusCode ? body : throw new BenchException($"The server refused {path}: {body}");
    }

    private static async Task<double[]> BytesAsync(List<IPage> pages)
    {
        var bytes = new double[pages.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = await Probe.BytesAsync(pages[i]);
        }

        return bytes;
    }

    private sealed class Seen
    {
        public double At { get; set; }

        public string Text { get; set; } = "";
    }
}
