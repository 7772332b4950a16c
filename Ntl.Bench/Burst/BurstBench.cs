using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Ntl.Bench.Compare;
using Ntl.Bench.Servers;

namespace Ntl.Bench.Burst;

/// <summary>What a burst of parallel requests of every expensive endpoint does to the server's health and memory.</summary>
internal static class BurstBench
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_requestLimit = TimeSpan.FromMinutes(10);

    public static Command Command()
    {
        Option<int> requests = new("--requests") { Description = "Parallel requests of each endpoint.", DefaultValueFactory = _ => 200 };
        Option<int> after = new("--after")
        {
            Description = "Seconds after the bursts at which memory is read.",
            DefaultValueFactory = _ => 300,
        };
        const string About = "How soon health is answered, and what memory the server takes and gives back, in bursts of requests.";
        return new Command("burst", About) { requests, after }
            .Measure(s_limit, (parsed, cancellationToken) => parsed.GetValue(BenchCommand.Quick)
                ? MeasureAsync(4, TimeSpan.FromSeconds(1), isQuick: true, cancellationToken)
                : MeasureAsync(parsed.GetValue(requests), TimeSpan.FromSeconds(parsed.GetValue(after)), isQuick: false, cancellationToken));
    }

    // 16-bit tokens like those of a text in bytes: a file of zeros is refused as what it looks like.
    private static byte[] Tokens(int count)
    {
        var random = new Random(1);
        var bytes = new byte[2 * count];
        for (var i = 0; i < bytes.Length; i += 2)
        {
            bytes[i] = (byte)random.Next(32, 127);
        }

        return bytes;
    }

    private static async Task<BenchReport> MeasureAsync(int requests, TimeSpan after, bool isQuick, CancellationToken cancellationToken)
    {
        using var work = new WorkDirectory("burst");
        var data = work.At("data");
        var runs = await CompareStore.BuildAsync(data, isQuick ? 10 : 100, isQuick ? 500 : 10_000, cancellationToken);
        await BoardStore.BuildAsync(data, isQuick ? 40 : 2_000, cancellationToken);
        // Only files of this folder may be added by path.
        var tokens = Path.Combine(Directory.CreateDirectory(Path.Combine(data, "datasets")).FullName, "tokens.bin");
        await File.WriteAllBytesAsync(tokens, Tokens(1 << 19), cancellationToken);
        BenchCommand.Say($"the store is built");

        await using var server = await ServerProcess.StartAsync(data, isQuick, cancellationToken);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = requests };
        using var client = new HttpClient(handler) { BaseAddress = server.Address, Timeout = s_requestLimit };
        List<string> ids = [.. runs.Select(run => run.Value)];
        var heavy = await HeavyRequests.PrepareAsync(client, ids, BoardStore.Track, "e000000000", tokens, cancellationToken);
        List<(string Endpoint, int Answered, int Refused, Sample Health)> bursts = [];
        var (before, peak) = (server.ResidentBytes, 0L);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync();
        foreach (var endpoint in await HeavyRequests.EndpointsAsync())
        {
            bursts.Add(await BurstAsync(server, client, heavy, endpoint, requests, cancellationToken));
        }

        await watching.CancelAsync();
        await watch;
        BenchCommand.Say($"waiting {after.TotalSeconds:0} s");
        await Task.Delay(after, cancellationToken);
        return Report(bursts, requests, after, before, peak, server.ResidentBytes);

        async Task WatchAsync()
        {
            using var timer = new PeriodicTimer(s_pace);
            try
            {
                while (await timer.WaitForNextTickAsync(watching.Token))
                {
                    peak = Math.Max(peak, server.ResidentBytes);
                }
            }
            catch (OperationCanceledException)
            {
                // The bursts are over.
            }
        }
    }

    private static async Task<(string Endpoint, int Answered, int Refused, Sample Health)> BurstAsync(
        ServerProcess server, HttpClient client, HeavyRequests heavy, string endpoint, int requests, CancellationToken cancellationToken)
    {
        using var probe = new HealthProbe(server.Address);
        var start = Stopwatch.GetTimestamp();
        var codes = await Task.WhenAll(
            Enumerable.Range(0, requests).Select(number => SendAsync(client, heavy.Request(endpoint, number), cancellationToken)));
        probe.Stop();
        if (probe.Failures.Count > 0
            || codes.Any(code => code is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.TooManyRequests)))
        {
            var failures = string.Join(", ", probe.Failures.Distinct(StringComparer.Ordinal));
            throw new BenchException($"{endpoint}: answers {string.Join(", ", codes.Distinct())}, health {failures}.");
        }

        var health = new Sample(probe.Milliseconds);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        BenchCommand.Say($"{endpoint}: {seconds:0.0} s, health p95 {health.Quantile(0.95):0} ms, most {health.Maximum:0} ms");
        var refused = codes.Count(code => code == HttpStatusCode.TooManyRequests);
        return (endpoint, requests - refused, refused, health);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var own = request;
        using var answer = await client.SendAsync(own, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
        return answer.StatusCode;
    }

    private static BenchReport Report(
        List<(string Endpoint, int Answered, int Refused, Sample Health)> bursts,
        int requests,
        TimeSpan after,
        long before,
        long peak,
        long afterwards)
    {
        var report = new BenchReport("burst");
        report.Row("what", "value", "spread", "how");
        foreach (var (endpoint, answered, refused, own) in bursts)
        {
            var how = $"health, p95, while {requests} requests came at once: {answered} answered, {refused} told to come back";
            report.Row(endpoint, $"{own.Quantile(0.95):0} ms", $"most {own.Maximum:0}", how);
        }

        var worst = bursts.Max(burst => burst.Health.Quantile(0.95));
        var most = bursts.Max(burst => burst.Health.Maximum);
        report.Row("memory before", $"{Megabytes(before):0} MB", "", "resident set of the server");
        report.Row("memory, peak", $"{Megabytes(peak):0} MB", "", "during the bursts");
        report.Row("memory after", $"{Megabytes(afterwards):0} MB", "", FormattableString.Invariant($"{after.TotalSeconds:0} s later"));
        report.Figure("health_p95_ms", worst);
        report.Figure("health_max_ms", most);
        report.Figure("rss_before_mb", Megabytes(before));
        report.Figure("rss_peak_mb", Megabytes(peak));
        report.Figure("rss_after_mb", Megabytes(afterwards));
        report.Figure("requests", requests);
        return report;
    }

    private static double Megabytes(long bytes) => bytes / 1e6;
}
