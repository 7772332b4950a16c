using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Configuration;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Tests.Drills;

public sealed class FrozenTrainerTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Trainer_FrozenPastItsLeaseAndThawedLater_WritesNothingThatCounts()
    {
        var options = new NtlOptions { LeaseTimeout = TimeSpan.FromSeconds(6), RetryDelay = TimeSpan.FromMilliseconds(100) };
        var launcher = new LocalRunLauncher(new TrainerCommand(options));
        await using var store = await TestStore.OpenAsync(options, new UnreachableLauncher(launcher));
        var data = store.Directory.Root;
        try
        {
            var run = await store.CreateAsync(TestSpecs.Tiny(200_000) with { CheckpointIntervalSteps = 50, ValidationIntervalSteps = 100_000 });
            await UntilAsync(store, async () => (await store.RowAsync(run)).StepsDone > 100);
            var stale = Assert.Single(Trainers.Find(data));
            Trainers.Signal(stale, "STOP");
            await UntilAsync(store, async () => (await store.Queries.FindAsync(run, CancellationToken.None))!.Attempts is [_, { StartStep: not null }] && (await store.RowAsync(run)).Status == RunStatus.Running);
            var frozenAt = await CountAsync(store, run, attempt: 1);

            Trainers.Signal(stale, "CONT");
            await UntilAsync(store, () => Task.FromResult(!Trainers.Find(data).Contains(stale)));
            await store.Commands.CancelAsync(run, CancellationToken.None);
            await UntilAsync(store, async () => (await store.RowAsync(run)).Status == RunStatus.Cancelled);

            var detail = (await store.Queries.FindAsync(run, CancellationToken.None))!;
            Assert.Equal(2, detail.Attempts.Count);
            Assert.Equal(frozenAt, await CountAsync(store, run, attempt: 1));
            Assert.Contains("no sign of life", detail.Attempts[0].EndReason, StringComparison.Ordinal);
            Assert.Contains("attempt 2 has taken over", await File.ReadAllTextAsync(store.DirectoryOf(run).Attempt(1).LogPath, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            Trainers.KillAll(data);
        }
    }

    // What the server's two services do, until the condition holds.
    private static async Task UntilAsync(TestStore store, Func<Task<bool>> condition)
    {
        var longest = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(longest) < TimeSpan.FromMinutes(2), "It did not come to that within two minutes.");
            await store.Queue.PassAsync(CancellationToken.None);
            await store.IngestAllAsync();
            await Task.Delay(100);
        }
    }

    private static async Task<int> CountAsync(TestStore store, RunId run, int attempt)
    {
        var count = 0;
        await foreach (StoredPoints points in store.Series.ReadAllAsync(run, [MetricKeys.TrainLoss.Value], CancellationToken.None))
        {
            count += points.Attempt == attempt ? points.Steps.Count : 0;
        }

        return count;
    }

    /// <summary>Starts trainers here but cannot end them, as on a machine that the network has lost.</summary>
    private sealed class UnreachableLauncher(IRunLauncher inner) : IRunLauncher
    {
        public Task<string> StartAsync(Launch launch, CancellationToken cancellationToken) => inner.StartAsync(launch, cancellationToken);

        public Task StopAsync(Launch launch, StopMode mode, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<LaunchReport> QueryAsync(Launch launch, CancellationToken cancellationToken) => inner.QueryAsync(launch, cancellationToken);
    }
}
