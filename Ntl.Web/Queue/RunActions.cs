using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>Which actions make sense for a run as it stands.</summary>
public static class RunActions
{
    public static IReadOnlyList<RunAction> Allowed(RunRow run) => Allowed(run.Status, run.PendingAction);

    public static IReadOnlyList<RunAction> Allowed(RunStatus status, RunAction? pending) => status switch
    {
        RunStatus.Queued => [RunAction.Move, RunAction.Pause, RunAction.Cancel],
        RunStatus.Starting or RunStatus.Running or RunStatus.Interrupted => pending switch
        {
            null => [RunAction.Pause, RunAction.Cancel],
            RunAction.Pause => [RunAction.Cancel],
            _ => [],
        },
        RunStatus.Paused => [RunAction.Resume, RunAction.Cancel],
        RunStatus.Failed or RunStatus.Cancelled => [RunAction.Requeue],
        _ => [],
    };
}
