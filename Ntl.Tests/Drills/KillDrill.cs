using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Runs;

namespace Ntl.Tests.Drills;

/// <summary>Kills trainer, server or both with SIGKILL at random times over real runs, and holds what is left against what a viewer outside had seen.</summary>
/// <remarks>The count is <c>NTL_DRILL_KILLS</c>, the seed <c>NTL_DRILL_SEED</c>; 100 kills take some ten minutes on two cores.</remarks>
public sealed class KillDrill
{
    private const int FewKills = 6;
    private const int Steps = 1_500;
    private const int LongestPauseMilliseconds = 2_500;
    private const int LongestPauseAfterPointsMilliseconds = 800;

    private static readonly string[] s_keys = ["train/loss", "val/loss", "train/gradient_norm"];

    private static readonly Dictionary<string, string> s_settings = new(StringComparer.Ordinal)
    {
        ["Ntl__RetryDelay"] = "00:00:00.100",
        ["Ntl__RetryLimit"] = "1000",
    };

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Kill_AtRandomTimes_LosesNothingAcknowledgedRepeatsNothingAndChangesNoResult()
    {
        var kills = Setting("NTL_DRILL_KILLS", FewKills);
        var random = new Random(Setting("NTL_DRILL_SEED", 20261122));
        using var directory = new TemporaryDirectory();
        var data = directory["data"];
        var port = NtlServer.FreePort();
        var server = await NtlServer.StartAsync(data, s_settings, port);
        try
        {
            var baseline = await TrainUndisturbedAsync(server);
            using var watch = new TrainerCount(data);
            List<RunWatcher> watchers = [];
            var trainersKilled = 0;
            for (var killed = 0; killed < kills;)
            {
                var watcher = new RunWatcher(server.Address, await QueueAsync(server, "drill"), s_keys);
                watchers.Add(watcher);
                while (killed < kills && !watcher.IsFinal)
                {
                    await PauseAsync(random, watcher);
                    if (watcher.IsFinal)
                    {
                        break;
                    }

                    var target = random.Next(3);
                    var alive = Trainers.Find(data).Count;
                    if (target == 0 && alive == 0)
                    {
                        continue; // nothing there to kill
                    }

                    killed++;
                    if (target is 0 or 2)
                    {
                        trainersKilled += alive;
                        Trainers.KillAll(data);
                    }

                    if (target is 1 or 2)
                    {
                        await server.KillAsync();
                        await server.LeaveAsync();
                        server = await NtlServer.StartAsync(data, s_settings, port);
                    }
                }

                await watcher.FinalAsync(TimeSpan.FromMinutes(3));
            }

            foreach (var watcher in watchers)
            {
                await VerifyAsync(server, data, watcher, baseline);
            }

            Assert.True(watch.Most <= 1, $"{watch.Most} trainers of one device were alive at once.");
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{kills} kills ({trainersKilled} of a living trainer) over {watchers.Count} runs, {watchers.Sum(watcher => watcher.Seen.Count)} points acknowledged, {watchers.Sum(watcher => Attempts(data, watcher.Run).Count)} attempts.");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    // A third of the kills comes at any time, so that they also hit starts and restarts; the others soon after points were seen, so that the run goes on in between.
    private static async Task PauseAsync(Random random, RunWatcher watcher)
    {
        if (random.Next(3) == 0)
        {
            await Task.Delay(random.Next(LongestPauseMilliseconds), TestContext.Current.CancellationToken);
            return;
        }

        var seen = watcher.Seen.Count;
        var begun = TimeProvider.System.GetTimestamp();
        while (watcher.Seen.Count == seen && !watcher.IsFinal && TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromMinutes(1))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await Task.Delay(random.Next(LongestPauseAfterPointsMilliseconds), TestContext.Current.CancellationToken);
    }

    private static async Task<Dictionary<(string Key, long Step), double>> TrainUndisturbedAsync(NtlServer server)
    {
        using var watcher = new RunWatcher(server.Address, await QueueAsync(server, "baseline"), s_keys);
        await watcher.FinalAsync(TimeSpan.FromMinutes(3));
        var stored = await StoredAsync(server, watcher.Run);
        Assert.Equal(Steps, stored.Count(point => point.Key == "train/loss"));
        return stored.ToDictionary(point => (point.Key, point.Step), point => point.Value);
    }

    private static async Task VerifyAsync(NtlServer server, string data, RunWatcher watcher, Dictionary<(string Key, long Step), double> baseline)
    {
        Assert.Equal("finished", watcher.Status);
        var stored = await StoredAsync(server, watcher.Run);

        // Every acknowledged point is stored, as it was seen; every stored point is stored once.
        var byPlace = stored.GroupBy(point => (point.Key, point.Attempt, point.Step)).ToDictionary(group => group.Key, group => Assert.Single(group).Value);
        Assert.All(watcher.Seen, point => Assert.Equal(point.Value, byPlace[(point.Key, point.Attempt, point.Step)]));
        Assert.Equal(watcher.Seen.Count, watcher.Seen.Select(point => (point.Key, point.Attempt, point.Step)).Distinct().Count());

        // The visible series is the undisturbed one, bit for bit.
        var visible = stored.Where(point => !point.IsOrphaned).ToDictionary(point => (point.Key, point.Step), point => point.Value);
        Assert.Equal(baseline.Count, visible.Count);
        Assert.All(baseline, point => Assert.Equal(BitConverter.DoubleToInt64Bits(point.Value), BitConverter.DoubleToInt64Bits(visible[point.Key])));

        // No attempt wrote anything after the next one had begun.
        DateTimeOffset? earlierWrote = null;
        foreach (var attempt in Attempts(data, watcher.Run))
        {
            if (JournalReader.Read(attempt.JournalPath, 0).Entries is [{ Record: AttemptStarted started }, ..])
            {
                Assert.True(earlierWrote is null || earlierWrote <= started.At, $"Attempt {attempt.Number - 1} still wrote at {earlierWrote:O}, attempt {attempt.Number} began at {started.At:O}.");
            }

            if (File.Exists(attempt.JournalPath))
            {
                earlierWrote = new DateTimeOffset(File.GetLastWriteTimeUtc(attempt.JournalPath));
            }
        }
    }

    private static async Task<string> QueueAsync(NtlServer server, string name)
    {
        var spec = TestSpecs.Tiny(Steps, name) with { CheckpointIntervalSteps = 50, ValidationIntervalSteps = 100 };
        using var content = new StringContent(RunSpecJson.Write(spec), Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<List<(string Key, int Attempt, long Step, double Value, bool IsOrphaned)>> StoredAsync(NtlServer server, string run)
    {
        var query = string.Join('&', s_keys.Select(key => $"key={key}"));
        var csv = await server.Client.GetStringAsync(new Uri($"/api/v1/runs/{run}/metrics.csv?{query}", UriKind.Relative));
        return [.. csv.TrimEnd().Split('\n').Skip(1).Select(line => line.Split(',')).Select(field => (
            field[0], int.Parse(field[1], CultureInfo.InvariantCulture), long.Parse(field[2], CultureInfo.InvariantCulture), double.Parse(field[3], CultureInfo.InvariantCulture), field[4] == "1"))];
    }

    private static IReadOnlyList<AttemptDirectory> Attempts(string data, string run) => new RunDirectory(Path.Combine(data, "runs", run)).Attempts();

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
