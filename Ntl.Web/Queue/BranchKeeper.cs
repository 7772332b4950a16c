using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Live;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Gives waiting branches their trunk's checkpoint as soon as it is there, or ends them when it never will be.</summary>
/// <remarks>Killed at any line it goes on from there: an origin is laid whole or not at all, and one that is laid already is only written down.</remarks>
public sealed partial class BranchKeeper(
    DatabaseReader reader,
    DatabaseWriter writer,
    RunStatusStore statuses,
    RunSpecs specs,
    TrunkCheckpoints checkpoints,
    RunNotifier notifier,
    TimeProvider time,
    ILogger<BranchKeeper> logger)
{
    private const string Ready = "Has its trunk's checkpoint; waits for a device.";

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        List<Waiting> waiting;
        await using (var context = reader.Open())
        {
            waiting = await context.Runs
                .Where(run => run.Status == RunStatus.Queued && run.ParentRunId != null && run.OriginTicks == null)
                .Join(context.Runs, run => run.ParentRunId, trunk => trunk.Id, (run, trunk) => new Waiting(run.Id, run.StatusReason, run.BranchStep!.Value, trunk.Id, trunk.Name, trunk.Status))
                .ToListAsync(cancellationToken);
        }

        foreach (var branch in waiting)
        {
            await SettleAsync(branch, cancellationToken);
        }
    }

    private async Task SettleAsync(Waiting branch, CancellationToken cancellationToken)
    {
        var trunk = new RunId(branch.TrunkId);
        var spec = await specs.FindAsync(trunk, cancellationToken) ?? throw new InvalidDataException($"Run {trunk}, which others branch off, is gone.");
        string? problem;
        try
        {
            problem = checkpoints.Lay(trunk, spec, branch.Step, new RunId(branch.Id));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotLaid(exception, branch.Id);
            await SayAsync(branch, PathFreeText.Of($"The trunk's checkpoint cannot be copied yet: {exception.Message}"), isLaid: false, cancellationToken);
            return;
        }

        if (problem is null)
        {
            await SayAsync(branch, Ready, isLaid: true, cancellationToken);
        }
        else if (problem.Length > 0)
        {
            await FailAsync(branch, $"The checkpoint of step {Count(branch.Step)} of run {branch.TrunkName} cannot be used: {problem}", cancellationToken);
        }
        else if (branch.TrunkStatus.IsFinal())
        {
            await FailAsync(branch, $"Run {branch.TrunkName} {Ended(branch.TrunkStatus)} and left no checkpoint of step {Count(branch.Step)}.", cancellationToken);
        }
        else
        {
            await SayAsync(branch, $"Waiting for step {Count(branch.Step)} of run {branch.TrunkName}.", isLaid: false, cancellationToken);
        }
    }

    private async Task SayAsync(Waiting branch, string reason, bool isLaid, CancellationToken cancellationToken)
    {
        if (!isLaid && string.Equals(branch.Reason, reason, StringComparison.Ordinal))
        {
            return;
        }

        long? laidAt = isLaid ? time.GetUtcNow().UtcTicks : null;
        var changed = await writer.WriteAsync(
            Durability.ProcessCrash,
            context => context.Runs.Where(run => run.Id == branch.Id && run.Status == RunStatus.Queued)
                .ExecuteUpdateAsync(run => run.SetProperty(r => r.StatusReason, reason).SetProperty(r => r.OriginTicks, laidAt)),
            cancellationToken);
        if (changed > 0)
        {
            await notifier.ChangedAsync([new RunId(branch.Id)], cancellationToken);
        }
    }

    private async Task FailAsync(Waiting branch, string reason, CancellationToken cancellationToken)
    {
        var id = new RunId(branch.Id);
        var change = new StatusChange(id, RunStatus.Queued, RunTrigger.Fail, reason) { Failure = new RunFailure(RunFailureKind.OriginInvalid, null, reason) };
        if (await statuses.TryChangeAsync(change, cancellationToken))
        {
            await notifier.QueueChangedAsync(id, cancellationToken);
        }
    }

    private static string Ended(RunStatus status) => status switch
    {
        RunStatus.Failed => "failed",
        RunStatus.Cancelled => "was cancelled",
        _ => "has finished",
    };

    private static string Count(long steps) => steps.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Waiting(string Id, string Reason, long Step, string TrunkId, string TrunkName, RunStatus TrunkStatus);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} cannot be given its trunk's checkpoint; it is tried again")]
    private partial void LogNotLaid(Exception exception, string runId);
}
