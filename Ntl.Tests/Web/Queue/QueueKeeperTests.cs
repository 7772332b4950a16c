using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Runs;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Queue;

public sealed class QueueKeeperTests
{
    [Fact]
    public async Task Pass_WithManyQueued_StartsOneADeviceInOrder()
    {
        await using var store = await TestStore.OpenAsync();
        var first = await store.CreateAsync(TestSpecs.Tiny(name: "first"));
        var second = await store.CreateAsync(TestSpecs.Tiny(name: "second"));
        var third = await store.CreateAsync(TestSpecs.Tiny(name: "third"));
        await store.Commands.MoveAsync(third, 1, CancellationToken.None);

        await PassAsync(store);
        await PassAsync(store);

        var started = Assert.Single(store.Launcher.Trainers);
        Assert.Equal(third, started.Launch.Run);
        Assert.Equal(RunStatus.Starting, (await store.RowAsync(third)).Status);
        Assert.Equal(1, (await store.RowAsync(first)).QueuePosition);
        Assert.Equal(2, (await store.RowAsync(second)).QueuePosition);
        Assert.Equal(new Fence(1, started.Launch.Token), Fence.Read(started.Launch.Directory));
        Assert.Equal(TestSpecs.Tiny(name: "third"), RunSpecJson.Read(await File.ReadAllTextAsync(started.Launch.Directory.SpecPath, TestContext.Current.CancellationToken)).Spec);
    }

    [Fact]
    public async Task Pass_AfterAFinishedRun_WaitsForItsTrainerToLeaveTheDevice()
    {
        await using var store = await TestStore.OpenAsync();
        var lingering = (await store.LaunchAsync()).Begin().Losses(0, 40);
        await store.CreateAsync();
        lingering.EndWithoutLeaving(AttemptOutcome.Finished, 40);
        await store.IngestAllAsync();

        await PassAsync(store);
        var whileItLingers = store.Launcher.Trainers.Count;
        lingering.Die();
        await PassAsync(store);
        await PassAsync(store);

        Assert.Equal(RunStatus.Finished, (await store.RowAsync(lingering.Launch.Run)).Status);
        Assert.Equal(1, whileItLingers);
        Assert.Equal(2, store.Launcher.Trainers.Count);
    }

    [Fact]
    public async Task Pause_OfARunningRun_AsksTheTrainerAndFollowsItsAnswer()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync()).Begin().Losses(0, 5);
        await store.IngestAllAsync();

        var outcome = await store.Commands.PauseAsync(trainer.Launch.Run, CancellationToken.None);
        await PassAsync(store);
        var asked = Control.Read(trainer.Launch.Directory).State;
        var waiting = await store.RowAsync(trainer.Launch.Run);
        trainer.Saved(5).End(AttemptOutcome.Paused, 5);
        await store.IngestAllAsync();
        var paused = await store.RowAsync(trainer.Launch.Run);
        await store.Commands.ResumeAsync(trainer.Launch.Run, CancellationToken.None);
        await PassAsync(store);
        await PassAsync(store);

        Assert.True(outcome.IsAccepted);
        Assert.Equal(ControlState.Pause, asked);
        Assert.Equal((RunStatus.Running, RunAction.Pause), (waiting.Status, waiting.PendingAction));
        Assert.Equal((RunStatus.Paused, null), (paused.Status, paused.PendingAction));
        Assert.Equal(2, store.Launcher.Trainers[^1].Launch.Attempt);
        Assert.Equal(ControlState.Run, Control.Read(trainer.Launch.Directory).State);
    }

    [Fact]
    public async Task Cancel_OfATrainerThatDoesNotObey_SignalsAndAtLastKillsIt()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync()).Begin();
        await store.IngestAllAsync();
        await store.Commands.CancelAsync(trainer.Launch.Run, CancellationToken.None);
        await PassAsync(store);

        for (var minute = 0; minute < 3; minute++)
        {
            trainer.Renew();
            store.Time.Advance(TimeSpan.FromSeconds(50));
            await PassAsync(store);
        }

        await PassAsync(store);
        await store.IngestAllAsync();
        await PassAsync(store);

        Assert.Equal([StopMode.Ask, StopMode.Kill], store.Launcher.Stops.Select(stop => stop.Mode).Distinct());
        Assert.Equal(RunStatus.Cancelled, (await store.RowAsync(trainer.Launch.Run)).Status);
    }

    [Fact]
    public async Task Pass_OverARunWhoseTrainerIsLostAgainAndAgain_GivesUpAfterThreeRetries()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await store.CreateAsync();
        List<TimeSpan> waits = [];
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await PassAsync(store);
            store.Launcher.Trainers[^1].Begin().Die();
            await PassAsync(store);
            await store.IngestAllAsync();
            await PassAsync(store);
            var waited = TimeSpan.Zero;
            while ((await store.RowAsync(run)).Status == RunStatus.Queued && store.Launcher.Trainers.Count == attempt && waited < TimeSpan.FromMinutes(2))
            {
                store.Time.Advance(TimeSpan.FromSeconds(1));
                waited += TimeSpan.FromSeconds(1);
                await PassAsync(store);
            }

            waits.Add(waited);
        }

        var row = await store.RowAsync(run);
        Assert.Equal(RunStatus.Failed, row.Status);
        Assert.Equal(RunFailureKind.TrainerLost, row.Failure!.Kind);
        Assert.Equal(4, store.Launcher.Trainers.Count);
        Assert.Equal([5, 10, 20, 0], waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Pass_OverATypedFailure_DoesNotRetryIt()
    {
        await using var store = await TestStore.OpenAsync();
        var failure = new RunFailure(RunFailureKind.NonFiniteLoss, 7, "The loss is NaN at step 7.");
        var trainer = (await store.LaunchAsync()).Begin().Losses(0, 7).End(AttemptOutcome.Failed, 7, failure);

        await store.IngestAllAsync();
        await PassAsync(store);
        await PassAsync(store);

        var row = await store.RowAsync(trainer.Launch.Run);
        Assert.Equal((RunStatus.Failed, failure), (row.Status, row.Failure));
        Assert.Single(store.Launcher.Trainers);
    }

    [Theory]
    [InlineData("shapes do not fit", RunFailureKind.Unexpected)]
    [InlineData("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes.", RunFailureKind.OutOfMemory)]
    public async Task Pass_OverATrainerThatLibtorchEnded_FailsWithLibtorchsWordsAndDoesNotRetry(string words, RunFailureKind kind)
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync()).Begin().Losses(0, 7).Die();
        await File.WriteAllTextAsync(
            trainer.Attempt.LogPath,
            $"Step 6\nterminate called after throwing an instance of 'c10::Error'\n  what():  {words}\nframe #0: somewhere in /opt/libc10.so\n",
            TestContext.Current.CancellationToken);

        await PassAsync(store);
        await store.IngestAllAsync();
        await PassAsync(store);

        var row = await store.RowAsync(trainer.Launch.Run);
        Assert.Equal((RunStatus.Failed, kind), (row.Status, row.Failure!.Kind));
        Assert.Contains(words, row.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame", row.Failure.Message, StringComparison.Ordinal);
        Assert.Single(store.Launcher.Trainers);
    }

    [Fact]
    public async Task Pass_AfterAServerDiedBetweenRowAndProcess_StartsTheRunAgainWithoutAMark()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = await store.LaunchAsync();
        trainer.Die();
        await store.Writer.WriteAsync(
            Ntl.Web.Persistence.Durability.ProcessCrash,
            context =>
            {
                context.Attempts.Single().LaunchHandle = null; // as if the server had died before it could note the start
                return Task.FromResult(0);
            },
            CancellationToken.None);

        await PassAsync(store);
        await store.IngestAllAsync();
        await PassAsync(store);
        await PassAsync(store);

        Assert.Equal(2, store.Launcher.Trainers.Count);
        Assert.Equal(RunStatus.Starting, (await store.RowAsync(trainer.Launch.Run)).Status);
    }

    [Fact]
    public async Task Pass_AfterARestart_PicksTheRunningTrainerUpAgain()
    {
        await using var store = await TestStore.OpenAsync();
        var trainer = (await store.LaunchAsync()).Begin().Losses(0, 10);
        await store.IngestAllAsync();

        var restarted = await store.RestartAsync();
        trainer.Losses(10, 30).End(AttemptOutcome.Finished, 40);
        await PassAsync(restarted);
        await restarted.IngestAllAsync();

        Assert.Equal(RunStatus.Finished, (await restarted.RowAsync(trainer.Launch.Run)).Status);
        Assert.Single(store.Launcher.Trainers);
        await restarted.Writer.DisposeAsync();
    }

    [Fact]
    public async Task Pass_WhenNoTrainerCanBeStarted_FailsWithTheReason()
    {
        await using var store = await TestStore.OpenAsync(null);
        store.Launcher.NextFailure = new LaunchException("There is no trainer at '/nowhere'.");
        var run = await store.CreateAsync();

        for (var pass = 0; pass < 12; pass++)
        {
            await PassAsync(store);
            await store.IngestAllAsync();
            store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var row = await store.RowAsync(run);
        Assert.Equal(RunStatus.Failed, row.Status);
        Assert.Equal(RunFailureKind.DeviceUnavailable, row.Failure!.Kind);
        Assert.Equal("There is no trainer at 'nowhere'.", row.Failure.Message); // a path of the server is told by its last name
    }

    private static Task PassAsync(TestStore store) => store.Queue.PassAsync(CancellationToken.None);
}
