using System.Net;
using Ntl.Bench.Burst;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Load;

public sealed class BurstTests
{
    private const int Requests = 200;
    private const int Runs = 24;
    private const int Steps = 1_000;
    private const string Track = "bursttrack";
    private const double MostMilliseconds = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Health_WhileEveryHeavyEndpointGetsTwoHundredRequests_AnswersWithinHalfASecond()
    {
        var endpoints = await HeavyRequests.EndpointsAsync();
        Assert.True(endpoints.Count >= 20, string.Join('\n', endpoints));
        await using var store = await TestStore.OpenAsync(new NtlOptions { RunsPerDevice = Runs });
        var runs = await FillAsync(store);
        // Only files of this folder may be added by path, and a constant token would be refused.
        var tokens = Path.Combine(Directory.CreateDirectory(Path.Combine(store.Directory.Root, "datasets")).FullName, "tokens.bin");
        await File.WriteAllBytesAsync(tokens, [.. Enumerable.Range(0, 64 << 10).Select(i => i % 2 == 0 ? (byte)(32 + (i * 7919 % 95)) : (byte)0)], Cancellation);
        var quiet = new Dictionary<string, string> { ["Ntl__RunsPerDevice"] = "0" };
        await using var server = await NtlServer.StartAsync(store.Directory.Root, quiet);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Requests };
        using var client = new HttpClient(handler) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(10) };
        var heavy = await HeavyRequests.PrepareAsync(client, runs, Track, "e000000000", tokens, Cancellation);
        var refused = 0;
        List<string> faults = [];
        foreach (var endpoint in endpoints)
        {
            using var probe = new HealthProbe(server.Address);
            var answers = await Task.WhenAll(
                Enumerable.Range(0, Requests).Select(number => SendAsync(client, heavy.Request(endpoint, number))));
            probe.Stop();

            refused += answers.Count(answer => answer.Code == HttpStatusCode.TooManyRequests);
            var problems = answers.Select(answer => answer.Problem).Concat(probe.Failures).Where(problem => problem.Length > 0).Distinct();
            faults.AddRange(problems.Take(3).Select(problem => $"{endpoint}: {problem}"));
            var sorted = probe.Milliseconds.Order().ToList();
            var p95 = sorted[(int)(0.95 * (sorted.Count - 1))];
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{endpoint}: health p95 {p95:0} ms, longest {sorted[^1]:0} ms of {sorted.Count}; stall {probe.LongestStall:0} ms");
            // A machine that runs nothing for a while lets nobody answer; the probe tells by how much.
            if (sorted[^1] > MostMilliseconds + probe.LongestStall)
            {
                faults.Add(
                    $"{endpoint}: a health answer took {sorted[^1]:0} ms, the longest stall of the machine {probe.LongestStall:0} ms");
            }
        }

        Assert.Empty(faults);
        Assert.NotEqual(0, refused);
    }

    private static async Task<(HttpStatusCode Code, string Problem)> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using var own = request;
        using var answer = await client.SendAsync(own, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        var isRefused = answer.StatusCode == HttpStatusCode.TooManyRequests;
        var isRight = isRefused
            ? answer.Headers.RetryAfter?.Delta > TimeSpan.Zero
                && answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            : answer.IsSuccessStatusCode && body.Length > 0;
        return (answer.StatusCode, isRight ? "" : $"{answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    // Finished runs with points, and a track whose entries' runs have losses.
    private static async Task<List<string>> FillAsync(TestStore store)
    {
        List<string> runs = [];
        for (var i = 0; i < Runs; i++)
        {
            var schedule = StandardSchedules.Cosine(Steps, 1e-3 * (1 + (i / 3)), 1e-4);
            runs.Add((await store.CreateAsync(TestSpecs.Tiny(Steps, $"burst {i}", seed: i % 3) with { Schedule = schedule })).Value);
        }

        await store.Queue.PassAsync(Cancellation);
        foreach (var trainer in store.Launcher.Trainers)
        {
            trainer.Begin().Losses(0, Steps)
                .Points(MetricKeys.ValidationLoss, 0, Steps / 10, FakeTrainer.LossAt).End(AttemptOutcome.Finished, Steps);
        }

        await store.IngestAllAsync();
        var track = TrackSpec.From(TestSpecs.Tiny(20), "burst", RuleBook.Current.Version);
        await store.Writer.WriteAsync(Durability.ProcessCrash, context => Task.FromResult(AddTrack(context, track)), Cancellation);
        await store.Writer.DisposeAsync();
        return runs;
    }

    private static bool AddTrack(NtlDbContext context, TrackSpec track)
    {
        context.Tracks.Add(new()
        {
            Id = Track,
            Name = track.Name,
            SpecJson = TrackSpecJson.Write(track),
            SpecHash = TrackSpecJson.Hash(track),
            By = "test",
            Note = "",
        });
        for (var i = 0; i < 40; i++)
        {
            var schedule = StandardSchedules.Cosine(20, 1e-3 * (1 + i), 1e-5, 2);
            var entry = FormattableString.Invariant($"e{i:000000000}");
            context.Entries.Add(new()
            {
                Id = entry,
                TrackId = Track,
                ScheduleJson = schedule.CanonicalJson,
                ScheduleHash = schedule.Hash.Value,
                ScheduleName = schedule.Description,
                Name = $"Cosine {i}",
                By = "test",
                Note = "",
                CreatedTicks = i,
            });
            context.SeedBatches.Add(
                new() { EntryId = entry, Number = 1, Purpose = SeedPurpose.Submission, By = "test", Reason = "", SeedCount = 5 });
            for (var seed = 0; seed < 5; seed++)
            {
                var run = track.RunOf("entry", schedule, (i * 5) + seed, new() { Track = Track, Entry = entry, Batch = 1 });
                context.Runs.Add(RowOf(run, FormattableString.Invariant($"r{i:0000000}{seed:00}"), 2 + (0.01 * i) + (0.003 * seed)));
            }
        }

        return true;
    }

    private static RunEntity RowOf(RunSpec run, string id, double loss) => new()
    {
        Id = id,
        Name = run.Name,
        Status = RunStatus.Finished,
        StatusReason = "Done.",
        SpecJson = RunSpecJson.Write(run),
        SpecHash = RunSpecJson.Hash(run),
        ScheduleName = run.Schedule.Description,
        ScheduleHash = run.Schedule.Hash.Value,
        ModelName = ModelNames.Of(run.Model),
        DatasetName = run.Dataset.Name,
        OptimizerName = run.Optimizer.Kind.ToString(),
        Device = run.Device,
        Seed = run.Seed,
        TotalSteps = run.TotalSteps,
        TokensPerStep = run.TokensPerStep,
        StepsDone = run.TotalSteps,
        TrackId = run.Entry!.Track,
        EntryId = run.Entry.Entry,
        SeedBatch = run.Entry.Batch,
        FinalLoss = loss,
        HeldOutLoss = loss + 0.01,
        CreatedTicks = run.Seed,
    };
}
