using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Persistence;

namespace Ntl.Tests.Web.Persistence;

public sealed class RunStatusStoreTests
{
    [Fact]
    public async Task TryChange_OfTwoRacers_OneWins()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await store.CreateAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => store.Statuses.TryChangeAsync(
            new StatusChange(run, RunStatus.Queued, i % 2 == 0 ? RunTrigger.Cancel : RunTrigger.Launch, $"racer {i}"), CancellationToken.None))));

        Assert.Single(results, won => won);
        var detail = (await store.Queries.FindAsync(run, TestContext.Current.CancellationToken))!;
        Assert.Equal(2, detail.StatusChanges.Count); // queued, and the winner's
        Assert.Equal(detail.Run.StatusReason, detail.StatusChanges[^1].Reason);
        Assert.Equal(detail.Run.Status, detail.StatusChanges[^1].To);
    }

    [Fact]
    public async Task TryChange_NotAllowed_ThrowsAndChangesNothing()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await store.CreateAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store.Statuses.TryChangeAsync(new StatusChange(run, RunStatus.Queued, RunTrigger.Finish, "too early"), CancellationToken.None));

        Assert.Equal(RunStatus.Queued, (await store.RowAsync(run)).Status);
    }

    [Fact]
    public async Task TryChange_ToFailed_KeepsTheTypedReasonUntilQueuedAgain()
    {
        await using var store = await TestStore.OpenAsync();
        var run = await store.CreateAsync();
        var failure = new RunFailure(RunFailureKind.NonFiniteLoss, 812, "The loss is NaN at step 812.");

        await store.Statuses.TryChangeAsync(new StatusChange(run, RunStatus.Queued, RunTrigger.Fail, failure.Message) { Failure = failure }, CancellationToken.None);
        var failed = await store.RowAsync(run);
        await store.Statuses.TryChangeAsync(new StatusChange(run, RunStatus.Failed, RunTrigger.Requeue, "again"), CancellationToken.None);
        var queued = await store.RowAsync(run);

        Assert.Equal(failure, failed.Failure);
        Assert.NotNull(failed.EndedAt);
        Assert.Null(queued.Failure);
        Assert.Null(queued.EndedAt);
        Assert.Equal(1, queued.QueuePosition);
    }
}
