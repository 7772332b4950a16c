using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Live;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Moves runs through the queue: one pass retries what was interrupted, passes on people's wishes, and starts what fits on the devices.</summary>
/// <remarks>All state is in the database and the run directories, so that a server killed at any line goes on from there.</remarks>
public sealed partial class QueueKeeper(
    DatabaseReader reader,
    DatabaseWriter writer,
    RunStatusStore statuses,
    IRunLauncher launcher,
    AttemptMonitor monitor,
    BranchKeeper branches,
    RunNotifier notifier,
    DataDirectory directory,
    NtlOptions options,
    TimeProvider time,
    ILogger<QueueKeeper> logger)
{
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        await monitor.PassAsync(cancellationToken);
        await SettleInterruptedAsync(cancellationToken);
        await PassOnWishesAsync(cancellationToken);
        await branches.PassAsync(cancellationToken);
        foreach (var device in options.DeviceNames)
        {
            while (await LaunchNextAsync(device, cancellationToken))
            {
                // The next free place of the same device.
            }
        }
    }

    private async Task SettleInterruptedAsync(CancellationToken cancellationToken)
    {
        List<RunEntity> interrupted;
        await using (var context = reader.Open())
        {
            interrupted = await context.Runs.Where(run => run.Status == RunStatus.Interrupted).ToListAsync(cancellationToken);
        }

        foreach (var run in interrupted)
        {
            var id = new RunId(run.Id);
            var change = Settle(id, run);
            if (change.Trigger == RunTrigger.Cancel)
            {
                await using var context = reader.Open();
                change = change with { Reason = await StopReasons.FindAsync(context, run.Id, run.AttemptCount) ?? change.Reason };
            }

            if (await statuses.TryChangeAsync(change, cancellationToken))
            {
                await notifier.QueueChangedAsync(id, cancellationToken);
            }
        }
    }

    private StatusChange Settle(RunId id, RunEntity run)
    {
        switch (run.PendingAction)
        {
            case RunAction.Cancel:
                return new StatusChange(id, run.Status, RunTrigger.Cancel, "Cancelled by a person.");
            case RunAction.Pause:
                return new StatusChange(id, run.Status, RunTrigger.Pause, "Paused by a person.");
            default:
                break;
        }

        if (run.RetryCount > options.RetryLimit)
        {
            var failure = new RunFailure(run.FailureKind ?? RunFailureKind.TrainerLost, run.FailureStep, run.FailureMessage ?? run.StatusReason);
            return new StatusChange(id, run.Status, RunTrigger.Fail, $"Given up after {options.RetryLimit} retries: {failure.Message}") { Failure = failure };
        }

        var delay = run.RetryCount == 0 ? TimeSpan.Zero : options.RetryDelay * Math.Pow(2, run.RetryCount - 1);
        var reason = run.RetryCount == 0
            ? $"Queued again: {run.StatusReason}"
            : FormattableString.Invariant($"Queued again, retry {run.RetryCount} of {options.RetryLimit}: {run.StatusReason}");
        return new StatusChange(id, run.Status, RunTrigger.Requeue, reason) { AtFront = true, NotBefore = delay > TimeSpan.Zero ? time.GetUtcNow() + delay : null };
    }

    private async Task PassOnWishesAsync(CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var wished = await context.Runs
            .Where(run => run.PendingAction != null && (run.Status == RunStatus.Starting || run.Status == RunStatus.Running))
            .Join(context.Attempts, run => new { RunId = run.Id, Number = run.AttemptCount }, attempt => new { attempt.RunId, attempt.Number }, (run, attempt) => new { run, attempt })
            .ToListAsync(cancellationToken);
        foreach (var pair in wished)
        {
            var launch = LaunchOf(pair.attempt);
            var since = pair.run.PendingSinceTicks ?? 0;
            var control = new Control(
                pair.run.PendingAction == RunAction.Pause ? ControlState.Pause : ControlState.Stop,
                FormattableString.Invariant($"{launch.Attempt}-{since}"));
            if (Directory.Exists(launch.Directory.Root) && Control.Read(launch.Directory) != control)
            {
                control.Write(launch.Directory);
            }

            var waited = time.GetUtcNow() - RunRows.Instant(since);
            if (waited > options.StopTimeout)
            {
                LogOverdue(launch.Run, launch.Attempt, waited);
                await launcher.StopAsync(launch, waited > 2 * options.StopTimeout ? StopMode.Kill : StopMode.Ask, cancellationToken);
            }
        }
    }

    private async Task<bool> LaunchNextAsync(string device, CancellationToken cancellationToken)
    {
        if (monitor.CountLeaving(device) >= options.RunsPerDevice || !await IsAnyQueuedAsync(device, cancellationToken))
        {
            return false;
        }

        var now = time.GetUtcNow().UtcTicks;
        var launch = await writer.WriteAsync(
            Durability.PowerCut,
            async context =>
            {
                var busy = await context.Runs.CountAsync(run => run.Device == device && (run.Status == RunStatus.Starting || run.Status == RunStatus.Running));
                if (busy + monitor.CountLeaving(device) >= options.RunsPerDevice)
                {
                    return null;
                }

                var next = await context.Runs
                    .Where(run => run.Status == RunStatus.Queued && run.Device == device && (run.NotBeforeTicks == null || run.NotBeforeTicks <= now))
                    .Where(run => run.ParentRunId == null || run.OriginTicks != null)
                    .OrderBy(run => run.QueueOrder).ThenBy(run => run.CreatedTicks)
                    .FirstOrDefaultAsync();
                return next is null ? null : await BeginAttemptAsync(context, next, now);
            },
            cancellationToken);
        if (launch is null)
        {
            return false;
        }

        await notifier.QueueChangedAsync(launch.Run, cancellationToken);
        await StartAsync(launch, cancellationToken);
        return true;
    }

    private async Task<bool> IsAnyQueuedAsync(string device, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        return await context.Runs.AnyAsync(
            run => run.Status == RunStatus.Queued && run.Device == device && (run.ParentRunId == null || run.OriginTicks != null), cancellationToken);
    }

    // Dying after this commits leaves an attempt without a trainer: the monitor finds none and the run is queued again.
    private async Task<Launch> BeginAttemptAsync(NtlDbContext context, RunEntity run, long now)
    {
        var fence = Fence.Issue(run.AttemptCount + 1);
        var id = new RunId(run.Id);
        run.AttemptCount = fence.Attempt;
        var attempt = new AttemptEntity { RunId = run.Id, Number = fence.Attempt, Token = fence.Token, Device = run.Device, StartedTicks = now };
        context.Attempts.Add(attempt);
        await context.SaveChangesAsync();
        var change = new StatusChange(id, RunStatus.Queued, RunTrigger.Launch, FormattableString.Invariant($"Attempt {fence.Attempt} starts on {run.Device}."));
        return await statuses.TryChangeAsync(context, change)
            ? LaunchOf(attempt)
            : throw new InvalidOperationException($"Run {id} left the queue within the transaction that launches it.");
    }

    private async Task StartAsync(Launch launch, CancellationToken cancellationToken)
    {
        try
        {
            await WriteDirectoryAsync(launch, cancellationToken);
            var handle = await launcher.StartAsync(launch, cancellationToken);
            LogStarted(launch.Run, launch.Attempt, launch.Device, handle);
            await writer.WriteAsync(
                Durability.ProcessCrash,
                context => context.Attempts
                    .Where(attempt => attempt.RunId == launch.Run.Value && attempt.Number == launch.Attempt)
                    .ExecuteUpdateAsync(attempt => attempt.SetProperty(a => a.LaunchHandle, handle)),
                cancellationToken);
        }
        catch (LaunchException exception)
        {
            var reason = PathFreeText.Of(exception.Message);
            monitor.ReportEnd(launch, new AttemptEnd(reason, new RunFailure(RunFailureKind.DeviceUnavailable, null, reason)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var kind = exception is IOException io && DurableFile.IsOutOfSpace(io) ? RunFailureKind.StorageFull : RunFailureKind.Unexpected;
            var reason = PathFreeText.Of(exception.Message);
            monitor.ReportEnd(launch, new AttemptEnd($"The run directory cannot be written: {reason}", new RunFailure(kind, null, reason)));
        }
    }

    private async Task WriteDirectoryAsync(Launch launch, CancellationToken cancellationToken)
    {
        launch.Directory.Create();
        if (!File.Exists(launch.Directory.SpecPath))
        {
            await using var context = reader.Open();
            var spec = await context.Runs.Where(run => run.Id == launch.Run.Value).Select(run => run.SpecJson).SingleAsync(cancellationToken);
            DurableFile.Write(launch.Directory.SpecPath, System.Text.Encoding.UTF8.GetBytes(spec));
        }

        launch.Directory.CreateAttempt(launch.Attempt);
        new Control(ControlState.Run, FormattableString.Invariant($"{launch.Attempt}")).Write(launch.Directory);
        // From here on every earlier trainer of the run is refused, wherever it may still live.
        new Fence(launch.Attempt, launch.Token).Raise(launch.Directory);
    }

    private Launch LaunchOf(AttemptEntity attempt) =>
        new(new RunId(attempt.RunId), attempt.Number, attempt.Token, attempt.Device, new RunDirectory(directory.Run(new RunId(attempt.RunId))));

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} attempt {Attempt} started on {Device}: {Handle}")]
    private partial void LogStarted(RunId runId, int attempt, string device, string handle);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} attempt {Attempt} was asked to leave {Waited} ago and has not; it is signalled")]
    private partial void LogOverdue(RunId runId, int attempt, TimeSpan waited);
}
