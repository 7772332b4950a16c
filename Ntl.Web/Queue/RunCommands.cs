using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Web.Live;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <inheritdoc cref="IRunCommands"/>
public sealed class RunCommands(
    DatabaseWriter writer, RunStatusStore statuses, NewRunValidator validator, BranchValidator branches, RunNotifier notifier, QueueSignal signal, TimeProvider time) : IRunCommands
{
    private const string Queued = "Queued by a person.";

    private static readonly TimeSpan s_keyLifetime = TimeSpan.FromDays(1);
    private static readonly Dictionary<RunId, RunSpec> s_nothingPlanned = [];
    private static readonly SpecProblem s_entry = new("entry", "Seeds of a track are drawn by the server: submit the schedule to the track.");

    public async Task<CreateOutcome> CreateAsync(RunSpec spec, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = spec.Entry is not null ? [s_entry] : await ValidateAsync(spec, s_nothingPlanned, cancellationToken);
        if (problems.Count > 0)
        {
            return new CreateOutcome(null, problems);
        }

        var outcome = await writer.WriteAsync(Durability.PowerCut, context => CreateAsync(context, spec, idempotencyKey), cancellationToken);
        if (outcome.Id is { } id)
        {
            await notifier.ChangedAsync([id], cancellationToken);
            signal.Raise();
        }

        return outcome;
    }

    public async Task<IReadOnlyList<SpecProblem>> CreateManyAsync(
        IReadOnlyList<NewRun> runs, Func<NtlDbContext, Task<IReadOnlyList<SpecProblem>>>? alongside, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runs);
        List<SpecProblem> problems = [];
        Dictionary<RunId, RunSpec> planned = [];
        for (var i = 0; i < runs.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"runs[{i}]");
            problems.AddRange((await ValidateAsync(runs[i].Spec, planned, cancellationToken)).Select(problem => problem with { Path = $"{path}.{problem.Path}".TrimEnd('.') }));
            if (runs[i].Spec.Entry is not null && alongside is null)
            {
                problems.Add(s_entry with { Path = $"{path}.entry" });
            }

            if (!planned.TryAdd(runs[i].Id, runs[i].Spec))
            {
                problems.Add(new SpecProblem($"{path}.id", $"The identity {runs[i].Id} is given to two runs."));
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        problems = await writer.WriteAsync(Durability.PowerCut, context => CreateManyAsync(context, runs, alongside), cancellationToken);
        if (problems.Count == 0 && runs.Count > 0)
        {
            await notifier.ChangedAsync([.. runs.Select(run => run.Id)], cancellationToken);
            signal.Raise();
        }

        return problems;
    }

    public Task<CommandOutcome> PauseAsync(RunId id, CancellationToken cancellationToken) =>
        StopAsync(id, RunAction.Pause, RunTrigger.Pause, "Paused by a person.", cancellationToken);

    public Task<CommandOutcome> CancelAsync(RunId id, CancellationToken cancellationToken) =>
        StopAsync(id, RunAction.Cancel, RunTrigger.Cancel, "Cancelled by a person.", cancellationToken);

    public Task<CommandOutcome> StopByRuleAsync(RunId id, string reason, CancellationToken cancellationToken) =>
        ActAsync(
            id,
            RunAction.Cancel,
            async (context, run) =>
            {
                if (run.EntryId is not null)
                {
                    return new CommandOutcome(CommandResult.Refused, "A track's runs are evidence: no rule stops them early.");
                }

                context.RunEvents.Add(StopReasons.EventOf(run, reason, time.GetUtcNow()));
                await context.SaveChangesAsync();
                return await EndAsync(context, run, RunAction.Cancel, RunTrigger.Cancel, reason);
            },
            cancellationToken);

    public Task<CommandOutcome> ResumeAsync(RunId id, CancellationToken cancellationToken) =>
        ActAsync(id, RunAction.Resume, (context, run) => ChangeAsync(context, run, RunTrigger.Resume, "Resumed by a person."), cancellationToken);

    public Task<CommandOutcome> RequeueAsync(RunId id, CancellationToken cancellationToken) =>
        ActAsync(
            id,
            RunAction.Requeue,
            async (context, run) =>
            {
                if (run.EntryId is not null && run.FailureKind == RunFailureKind.NonFiniteLoss)
                {
                    return new CommandOutcome(CommandResult.Refused, "This seed diverged: it is evidence of its track, and a second try would hide it.");
                }

                run.RetryCount = 0;
                await context.SaveChangesAsync();
                return await ChangeAsync(context, run, RunTrigger.Requeue, "Queued again by a person.");
            },
            cancellationToken);

    public Task<CommandOutcome> MoveAsync(RunId id, int position, CancellationToken cancellationToken) =>
        ActAsync(
            id,
            RunAction.Move,
            async (context, run) =>
            {
                var waiting = await context.Runs.Where(r => r.QueueOrder != null).OrderBy(r => r.QueueOrder).ThenBy(r => r.CreatedTicks).ToListAsync();
                waiting.Remove(run);
                var place = Math.Clamp(position, 1, waiting.Count + 1);
                waiting.Insert(place - 1, run);
                for (var i = 0; i < waiting.Count; i++)
                {
                    waiting[i].QueueOrder = i + 1;
                }

                return new CommandOutcome(CommandResult.Accepted, $"Moved to place {place} of {waiting.Count}.");
            },
            cancellationToken);

    // A run without a trainer changes at once; a trainer is asked, and the status follows when it has obeyed.
    private Task<CommandOutcome> StopAsync(RunId id, RunAction action, RunTrigger trigger, string reason, CancellationToken cancellationToken) =>
        ActAsync(id, action, (context, run) => EndAsync(context, run, action, trigger, reason), cancellationToken);

    private async Task<CommandOutcome> EndAsync(NtlDbContext context, RunEntity run, RunAction action, RunTrigger trigger, string reason)
    {
        if (!run.Status.HoldsDevice())
        {
            return await ChangeAsync(context, run, trigger, reason);
        }

        run.PendingAction = action;
        run.PendingSinceTicks = time.GetUtcNow().UtcTicks;
        return new CommandOutcome(CommandResult.Accepted, "The trainer was asked to save and leave.");
    }

    private async Task<CommandOutcome> ActAsync(
        RunId id, RunAction action, Func<NtlDbContext, RunEntity, Task<CommandOutcome>> act, CancellationToken cancellationToken)
    {
        var outcome = await writer.WriteAsync(
            Durability.PowerCut,
            async context =>
            {
                var run = await context.Runs.SingleOrDefaultAsync(r => r.Id == id.Value);
                if (run is null)
                {
                    return new CommandOutcome(CommandResult.NotFound, $"There is no run {id}.");
                }

                return RunActions.Allowed(run.Status, run.PendingAction).Contains(action)
                    ? await act(context, run)
                    : new CommandOutcome(CommandResult.Refused, Refusal(run, action));
            },
            cancellationToken);
        if (outcome.IsAccepted)
        {
            await notifier.QueueChangedAsync(id, cancellationToken);
            signal.Raise();
        }

        return outcome;
    }

    private async Task<CommandOutcome> ChangeAsync(NtlDbContext context, RunEntity run, RunTrigger trigger, string reason)
    {
        // The read and this compare-and-set are in one write transaction, so the expected status still holds.
        var changed = await statuses.TryChangeAsync(context, new StatusChange(new RunId(run.Id), run.Status, trigger, reason));
        return changed
            ? new CommandOutcome(CommandResult.Accepted, $"The run is {RunLifecycle.Next(run.Status, trigger).ToString().ToLowerInvariant()}.")
            : new CommandOutcome(CommandResult.Refused, "The run changed meanwhile. Look again.");
    }

    private static string Refusal(RunEntity run, RunAction action) =>
        run.PendingAction is { } pending
            ? $"The run is {run.Status.ToString().ToLowerInvariant()} and was asked to {pending.ToString().ToLowerInvariant()}; {action.ToString().ToLowerInvariant()} makes no sense now."
            : $"A run that is {run.Status.ToString().ToLowerInvariant()} does not allow {action.ToString().ToLowerInvariant()}.";

    private async Task<IReadOnlyList<SpecProblem>> ValidateAsync(RunSpec spec, IReadOnlyDictionary<RunId, RunSpec> planned, CancellationToken cancellationToken)
    {
        var problems = await validator.ValidateAsync(spec, cancellationToken);
        return problems.Count > 0 ? problems : await branches.ValidateAsync(spec, planned, cancellationToken);
    }

    private async Task<List<SpecProblem>> CreateManyAsync(NtlDbContext context, IReadOnlyList<NewRun> runs, Func<NtlDbContext, Task<IReadOnlyList<SpecProblem>>>? alongside)
    {
        var ids = runs.Select(run => run.Id.Value).ToList();
        var known = await context.Runs.Where(run => ids.Contains(run.Id)).ToDictionaryAsync(run => run.Id, run => run.SpecJson, StringComparer.Ordinal);
        if (known.Count > 0)
        {
            return known.Count == runs.Count && runs.All(run => string.Equals(known[run.Id.Value], RunSpecJson.Write(run.Spec), StringComparison.Ordinal))
                ? []
                : [new SpecProblem("runs", "Some of these identities belong to other runs already.")];
        }

        if (alongside is not null && await alongside(context) is { Count: > 0 } problems)
        {
            context.ChangeTracker.Clear(); // what it had begun to add goes with it
            return [.. problems];
        }

        // A tick apart, so that lists keep their order; saved one by one, so that each one's place in the queue is behind the last one's.
        var now = time.GetUtcNow();
        foreach (var (i, run) in runs.Index())
        {
            await AddAsync(context, run.Id, run.Spec, RunSpecJson.Hash(run.Spec), now.AddTicks(i));
            await context.SaveChangesAsync();
        }

        return [];
    }

    private static async Task AddAsync(NtlDbContext context, RunId id, RunSpec spec, string hash, DateTimeOffset now)
    {
        var row = await NewRowAsync(context, id, spec, hash, now);
        context.Runs.Add(row);
        context.StatusChanges.Add(new StatusChangeEntity { RunId = id.Value, From = null, To = RunStatus.Queued, Reason = row.StatusReason, AtTicks = now.UtcTicks });
    }

    private async Task<CreateOutcome> CreateAsync(NtlDbContext context, RunSpec spec, string? idempotencyKey)
    {
        var now = time.GetUtcNow();
        var hash = RunSpecJson.Hash(spec);
        if (!string.IsNullOrEmpty(idempotencyKey))
        {
            var oldest = (now - s_keyLifetime).UtcTicks;
            await context.IdempotencyKeys.Where(key => key.CreatedTicks < oldest).ExecuteDeleteAsync();
            var earlier = await context.IdempotencyKeys.Where(key => key.Key == idempotencyKey)
                .Join(context.Runs, key => key.RunId, run => run.Id, (key, run) => new { run.Id, run.SpecHash, run.Name })
                .SingleOrDefaultAsync();
            if (earlier is not null)
            {
                return string.Equals(earlier.SpecHash, hash, StringComparison.Ordinal) && string.Equals(earlier.Name, spec.Name, StringComparison.Ordinal)
                    ? new CreateOutcome(new RunId(earlier.Id), [])
                    : new CreateOutcome(null, [new SpecProblem(string.Empty, "This idempotency key was used for another spec within the last day.")]);
            }
        }

        var id = RunId.New();
        await AddAsync(context, id, spec, hash, now);
        if (!string.IsNullOrEmpty(idempotencyKey))
        {
            context.IdempotencyKeys.Add(new IdempotencyKeyEntity { Key = idempotencyKey, RunId = id.Value, CreatedTicks = now.UtcTicks });
        }

        return new CreateOutcome(id, []);
    }

    private static async Task<RunEntity> NewRowAsync(NtlDbContext context, RunId id, RunSpec spec, string hash, DateTimeOffset now) => new()
    {
        Id = id.Value,
        Name = spec.Name,
        Status = RunStatus.Queued,
        StatusReason = Queued,
        SpecJson = RunSpecJson.Write(spec),
        SpecHash = hash,
        ScheduleName = spec.Schedule.Description,
        ScheduleHash = spec.Schedule.Hash.Value,
        ModelName = ModelNames.Of(spec.Model),
        DatasetName = spec.Dataset.Name,
        OptimizerName = spec.Optimizer.Kind.ToString(),
        Device = spec.Device,
        Seed = spec.Seed,
        TotalSteps = spec.TotalSteps,
        TokensPerStep = spec.TokensPerStep,
        StepsDone = spec.FirstStep,
        ParentRunId = spec.Branch?.Run.Value,
        BranchStep = spec.Branch?.Step,
        ExperimentId = spec.Experiment?.Id,
        ExperimentKind = spec.Experiment?.Kind,
        TrackId = spec.Entry?.Track,
        EntryId = spec.Entry?.Entry,
        SeedBatch = spec.Entry?.Batch,
        RateFactor = spec.Entry?.RateFactor,
        UniformLoss = Math.Log(spec.Model.VocabularySize),
        QueueOrder = await RunStatusStore.NextOrderAsync(context),
        CreatedTicks = now.UtcTicks,
    };
}
