using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;

namespace Ntl.Web.Persistence;

/// <summary>The one door through which a run's status changes: allowed by <see cref="RunLifecycle"/>, compare-and-set, with reason and time, in one transaction.</summary>
public sealed class RunStatusStore(DatabaseWriter writer, TimeProvider time)
{
    /// <summary>The instant that a change made now is stored under.</summary>
    public long Now => time.GetUtcNow().UtcTicks;

    /// <summary>Changes the status if it is still the expected one.</summary>
    /// <returns>True when this call made the change; false when another was faster.</returns>
    /// <exception cref="InvalidOperationException">The lifecycle does not allow the trigger in the expected status.</exception>
    public Task<bool> TryChangeAsync(StatusChange change, CancellationToken cancellationToken) =>
        writer.WriteAsync(Durability.PowerCut, context => TryChangeAsync(context, change), cancellationToken);

    /// <summary>The same, as part of a larger unit of work.</summary>
    public async Task<bool> TryChangeAsync(NtlDbContext context, StatusChange change)
    {
        var to = RunLifecycle.Next(change.Expected, change.Trigger);
        var now = Now;
        var id = change.Run.Value;
        long? queueOrder = to == RunStatus.Queued ? await NextOrderAsync(context, change.AtFront) : null;
        var isFirstLaunch = change.Trigger == RunTrigger.Launch;
        var isFinal = to.IsFinal();
        var failure = change.Failure;
        // A wish holds until the run stands still; a new life begins without the old one's failure.
        var keepsWish = to is RunStatus.Starting or RunStatus.Running or RunStatus.Interrupted;
        var keepsFailure = failure is null && to is RunStatus.Failed or RunStatus.Interrupted;

        var changed = await context.Runs
            .Where(run => run.Id == id && run.Status == change.Expected)
            .ExecuteUpdateAsync(run => run
                .SetProperty(r => r.Status, to)
                .SetProperty(r => r.StatusReason, change.Reason)
                .SetProperty(r => r.QueueOrder, queueOrder)
                .SetProperty(r => r.NotBeforeTicks, change.NotBefore == null ? null : change.NotBefore.Value.UtcTicks)
                .SetProperty(r => r.PendingAction, r => keepsWish ? r.PendingAction : null)
                .SetProperty(r => r.PendingSinceTicks, r => keepsWish ? r.PendingSinceTicks : null)
                .SetProperty(r => r.StartedTicks, r => isFirstLaunch && r.StartedTicks == null ? now : r.StartedTicks)
                .SetProperty(r => r.EndedTicks, isFinal ? now : null)
                .SetProperty(r => r.FailureKind, r => keepsFailure ? r.FailureKind : failure == null ? null : failure.Kind)
                .SetProperty(r => r.FailureStep, r => keepsFailure ? r.FailureStep : failure == null ? null : failure.Step)
                .SetProperty(r => r.FailureMessage, r => keepsFailure ? r.FailureMessage : failure == null ? null : failure.Message));
        if (changed == 0)
        {
            return false;
        }

        context.StatusChanges.Add(new StatusChangeEntity { RunId = id, From = change.Expected, To = to, Reason = change.Reason, AtTicks = now });
        return true;
    }

    /// <summary>A place in the queue behind, or before, every waiting run.</summary>
    public static async Task<long> NextOrderAsync(NtlDbContext context, bool atFront = false) =>
        atFront
            ? (await context.Runs.MinAsync(run => run.QueueOrder) ?? 0) - 1
            : (await context.Runs.MaxAsync(run => run.QueueOrder) ?? 0) + 1;
}
