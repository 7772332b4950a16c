using System.Collections.Frozen;

namespace Ntl.Domain.Runs;

/// <summary>The one table of allowed status changes. Storage applies a change by compare-and-set on the status it started from.</summary>
public static class RunLifecycle
{
    private static readonly FrozenDictionary<(RunStatus From, RunTrigger Trigger), RunStatus> s_next =
        new Dictionary<(RunStatus, RunTrigger), RunStatus>
        {
            [(RunStatus.Queued, RunTrigger.Launch)] = RunStatus.Starting,
            [(RunStatus.Queued, RunTrigger.Pause)] = RunStatus.Paused,
            [(RunStatus.Queued, RunTrigger.Fail)] = RunStatus.Failed,
            [(RunStatus.Queued, RunTrigger.Cancel)] = RunStatus.Cancelled,

            [(RunStatus.Starting, RunTrigger.Begin)] = RunStatus.Running,
            [(RunStatus.Starting, RunTrigger.Pause)] = RunStatus.Paused,
            [(RunStatus.Starting, RunTrigger.Interrupt)] = RunStatus.Interrupted,
            [(RunStatus.Starting, RunTrigger.Fail)] = RunStatus.Failed,
            [(RunStatus.Starting, RunTrigger.Cancel)] = RunStatus.Cancelled,

            [(RunStatus.Running, RunTrigger.Pause)] = RunStatus.Paused,
            [(RunStatus.Running, RunTrigger.Interrupt)] = RunStatus.Interrupted,
            [(RunStatus.Running, RunTrigger.Finish)] = RunStatus.Finished,
            [(RunStatus.Running, RunTrigger.Fail)] = RunStatus.Failed,
            [(RunStatus.Running, RunTrigger.Cancel)] = RunStatus.Cancelled,

            [(RunStatus.Paused, RunTrigger.Resume)] = RunStatus.Queued,
            [(RunStatus.Paused, RunTrigger.Cancel)] = RunStatus.Cancelled,

            [(RunStatus.Interrupted, RunTrigger.Requeue)] = RunStatus.Queued,
            [(RunStatus.Interrupted, RunTrigger.Pause)] = RunStatus.Paused,
            [(RunStatus.Interrupted, RunTrigger.Fail)] = RunStatus.Failed,
            [(RunStatus.Interrupted, RunTrigger.Cancel)] = RunStatus.Cancelled,

            [(RunStatus.Failed, RunTrigger.Requeue)] = RunStatus.Queued,
            [(RunStatus.Cancelled, RunTrigger.Requeue)] = RunStatus.Queued,
        }.ToFrozenDictionary();

    /// <summary>Whether the run has ended: nothing but a person's <see cref="RunTrigger.Requeue"/> moves it again, and nothing moves a finished one.</summary>
    /// <param name="status">The status to judge.</param>
    /// <returns>True for finished, failed and cancelled.</returns>
    public static bool IsFinal(this RunStatus status) =>
        status is RunStatus.Finished or RunStatus.Failed or RunStatus.Cancelled;

    /// <summary>Whether an attempt may be alive, so that the run holds a device.</summary>
    /// <param name="status">The status to judge.</param>
    /// <returns>True for starting and running.</returns>
    public static bool HoldsDevice(this RunStatus status) => status is RunStatus.Starting or RunStatus.Running;

    /// <summary>Whether the trigger is allowed in the status.</summary>
    /// <param name="from">The status now.</param>
    /// <param name="trigger">What happened.</param>
    /// <returns>True when <see cref="Next"/> would not throw.</returns>
    public static bool Allows(RunStatus from, RunTrigger trigger) => s_next.ContainsKey((from, trigger));

    /// <summary>The status that follows.</summary>
    /// <param name="from">The status now.</param>
    /// <param name="trigger">What happened.</param>
    /// <returns>The status after it.</returns>
    /// <exception cref="InvalidOperationException">The trigger is not allowed in this status.</exception>
    public static RunStatus Next(RunStatus from, RunTrigger trigger) =>
        s_next.TryGetValue((from, trigger), out var to)
            ? to
            : throw new InvalidOperationException($"A run that is {from} does not allow {trigger}.");
}
