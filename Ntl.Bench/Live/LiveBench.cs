using System.CommandLine;
using Microsoft.Playwright;
using Ntl.Bench.Servers;
using Ntl.Bench.Store;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Bench.Live;

/// <summary>
/// From the end of a training step to its point on the screen of a real browser, while a real run trains on the same machine and
/// other viewers watch it too, each a page of its own with its own connection to the server.
/// </summary>
internal static class LiveBench
{
    private const string Chart = "Loss";
    private const long StepsBetweenCheckpoints = 100; // each tells the time of day

    private const int LeastSteps = 20;
    private const long QuickCheckpoints = 10;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(5);

    public static Command Command()
    {
        Option<int> viewers = new("--viewers") { Description = "Pages that watch the run.", DefaultValueFactory = _ => 20 };
        Option<int> seconds = new("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 30 };
        return new Command("live", "From the trainer's event to its drawing in the browser, with many viewers.") { viewers, seconds }
            .Measure(s_limit, (parsed, cancellationToken) => parsed.GetValue(BenchCommand.Quick)
                ? MeasureAsync(viewers: 2, TimeSpan.FromSeconds(4), isQuick: true, cancellationToken)
                : MeasureAsync(parsed.GetValue(viewers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), isQuick: false, cancellationToken));
    }

    private static async Task<BenchReport> MeasureAsync(int viewers, TimeSpan length, bool isQuick, CancellationToken cancellationToken)
    {
        using var work = new WorkDirectory("live");
        var data = work.At("data");
        await using var server = await ServerProcess.StartAsync(data, isQuick, cancellationToken);
        var spec = ProductStore.Spec("live", 1_000_000) with { CheckpointIntervalSteps = StepsBetweenCheckpoints, ValidationIntervalSteps = 1_000_000 };
        if (isQuick)
        {
            spec = spec with { Model = ModelPreset.Find("nano")!.Model, CheckpointIntervalSteps = QuickCheckpoints };
        }

        var run = await server.QueueAsync(spec, cancellationToken);
        var directory = new RunDirectory(Path.Combine(data, "runs", run.Value));
        try
        {
            await server.WaitForAsync(run, status => status == RunStatus.Running, cancellationToken);
            await using var browser = await Browser.StartAsync();
            await using var others = await Browser.StartAsync(processLimit: 1);
            var pages = await OpenAsync(browser, others, new Uri(server.Address, $"/runs/{run}"), viewers, isQuick ? 8 : 30, cancellationToken);
            await Task.Delay(isQuick ? TimeSpan.FromSeconds(1) : s_settling, cancellationToken);

            var bytesBefore = await BytesAsync(pages);
            var processorBefore = server.ProcessorTime;
            var from = DateTimeOffset.UtcNow;
            await Task.Delay(length, cancellationToken);
            if (isQuick)
            {
                await WaitForStepsAsync(pages[0], cancellationToken);
            }

            var seconds = (DateTimeOffset.UtcNow - from).TotalSeconds;
            var bytes = (await BytesAsync(pages)).Zip(bytesBefore, (after, before) => (after - before) / seconds).ToList();
            var processor = (server.ProcessorTime - processorBefore).TotalSeconds / seconds;
            var drawings = await Probe.DrawingsAsync(pages[0]);

            await CancelAsync(server, run, cancellationToken);
            var latencies = Latencies(StepTimes.Read(directory.Attempt(1).JournalPath), drawings, from, seconds, isQuick ? 1 : LeastSteps);
            return Report(latencies, new Sample(bytes), processor, viewers, seconds);
        }
        finally
        {
            EndTrainer(directory);
        }
    }

    // One after the other, as people come; only the first one draws, since the others' machines would do that for them.
    private static async Task<IReadOnlyList<IPage>> OpenAsync(Browser browser, Browser others, Uri address, int viewers, int least, CancellationToken cancellationToken)
    {
        var profile = await others.NewProfileAsync(draws: false);
        List<IPage> pages = [];
        for (var i = 0; i < viewers; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = i == 0 ? await browser.NewPageAsync() : await profile.NewPageAsync();
            await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
            pages.Add(page);
        }

        foreach (var page in pages)
        {
            // Interactive, history drawn, following: frames arrive.
            cancellationToken.ThrowIfCancellationRequested();
            await page.WaitForFunctionAsync("least => ntlProbe.frames > least", least, new PageWaitForFunctionOptions { PollingInterval = 200, Timeout = 60_000 });
        }

        return pages;
    }

    // On a busy machine a few seconds may hold no step: until the chart has gone on by some checkpoints, however long it takes.
    private static async Task WaitForStepsAsync(IPage page, CancellationToken cancellationToken)
    {
        var from = await LastDrawnAsync(page);
        while (await LastDrawnAsync(page) < from + (4 * QuickCheckpoints))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }

        // What is drawn last is left out of the latencies.
        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);

        static async Task<double> LastDrawnAsync(IPage page) =>
            (await Probe.DrawingsAsync(page)).Where(drawing => string.Equals(drawing.Title, Chart, StringComparison.Ordinal)).Select(drawing => drawing.LastX).DefaultIfEmpty(0).Max();
    }

    private static async Task<double[]> BytesAsync(IReadOnlyList<IPage> pages)
    {
        var bytes = new double[pages.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = await Probe.BytesAsync(pages[i]);
        }

        return bytes;
    }

    private static async Task CancelAsync(ServerProcess server, RunId run, CancellationToken cancellationToken)
    {
        using var response = await server.Http.PostAsync($"/api/v1/runs/{run}/cancel", null, cancellationToken);
        await server.WaitForAsync(run, status => status == RunStatus.Cancelled, cancellationToken);
    }

    // The trainer outlives its server by design; it must not outlive the benchmark.
    private static void EndTrainer(RunDirectory directory)
    {
        foreach (var attempt in directory.Attempts())
        {
            if (Lease.Read(attempt) is { Process: { IsRunning: true } trainer })
            {
                using var process = System.Diagnostics.Process.GetProcessById(trainer.ProcessId);
                ChildProcess.Kill(process);
            }
        }
    }

    private static Sample Latencies(IReadOnlyDictionary<long, double> ended, IReadOnlyList<Probe.Drawing> drawings, DateTimeOffset from, double seconds, int least)
    {
        double start = from.ToUnixTimeMilliseconds();
        var (end, drawn) = (start + (seconds * 1000), drawings.Where(drawing => string.Equals(drawing.Title, Chart, StringComparison.Ordinal)).OrderBy(drawing => drawing.At).ToList());
        List<double> latencies = [];
        var next = 0;
        foreach (var (step, at) in ended.Where(step => step.Value >= start).OrderBy(step => step.Key))
        {
            while (next < drawn.Count && drawn[next].LastX < step)
            {
                next++;
            }

            // The last steps of the window may be drawn after it.
            if (next == drawn.Count || at > end - 2000)
            {
                break;
            }

            latencies.Add(drawn[next].At - at);
        }

        return latencies.Count >= least
            ? new Sample(latencies)
            : throw new BenchException(FormattableString.Invariant($"Only {latencies.Count} steps were trained and drawn in {seconds:0} s; is the machine busy?"));
    }

    private static BenchReport Report(Sample latencies, Sample bytes, double processor, int viewers, double seconds)
    {
        var report = new BenchReport("live");
        var p95 = latencies.Quantile(0.95);
        report.Row("what", "value", "spread", "how");
        report.Row("step's end → drawn, p95", $"{p95:0} ms", $"median {latencies.Median:0}, {latencies.Spread}", $"micro trains on the same machine; chart '{Chart}' in Chromium");
        report.Row("viewers", $"{viewers}", "", "pages of Chromium with a circuit each; all but the measured one leave their charts undrawn");
        report.Row("received by a viewer", $"{bytes.Mean / 1024:0.0} KiB/s", $"{bytes.Minimum / 1024:0.0} … {bytes.Maximum / 1024:0.0} (n = {bytes.Count})", "WebSocket messages, uncompressed");
        report.Row("server's processor time", $"{processor:0.00} cores", "", FormattableString.Invariant($"over {seconds:0} s, trainer and browser apart"));
        report.Figure("p95_ms", p95);
        report.Figure("median_ms", latencies.Median);
        report.Figure("max_ms", latencies.Maximum);
        report.Figure("viewers", viewers);
        report.Figure("bytes_per_second_per_viewer", bytes.Mean);
        report.Figure("server_cores", processor);
        report.Figure("steps", latencies.Count);
        return report;
    }
}
