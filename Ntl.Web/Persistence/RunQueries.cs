using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Queue;

namespace Ntl.Web.Persistence;

/// <inheritdoc cref="IRunQueries"/>
public sealed class RunQueries(DatabaseReader reader, DataDirectory directory, TimeProvider time) : IRunQueries
{
    private const int LongestPage = 500;
    private const int NewestEvents = 500;
    private const int LongestLogPart = 1 << 20;

    public async Task<RunPage> ListAsync(RunListRequest request, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var matching = Filter(context.Runs, request);
        var total = await matching.CountAsync(cancellationToken);
        var page = Sort(matching, request).Skip(Math.Max(0, request.Skip)).Take(Math.Clamp(request.Take, 1, LongestPage));
        return new RunPage(await RunRows.ReadAsync(context, page, cancellationToken), total);
    }

    public async Task<QueueView> GetQueueAsync(int lastResults, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var active = context.Runs
            .Where(run => run.Status == RunStatus.Starting || run.Status == RunStatus.Running || run.Status == RunStatus.Interrupted)
            .OrderBy(run => run.StartedTicks);
        var waiting = context.Runs.Where(run => run.Status == RunStatus.Queued).OrderBy(run => run.QueueOrder).Take(LongestPage);
        var ended = context.Runs
            .Where(run => run.Status == RunStatus.Finished || run.Status == RunStatus.Failed || run.Status == RunStatus.Cancelled)
            .OrderByDescending(run => run.EndedTicks)
            .Take(Math.Clamp(lastResults, 1, LongestPage));
        return new QueueView(
            await RunRows.ReadAsync(context, active, cancellationToken),
            await RunRows.ReadAsync(context, waiting, cancellationToken),
            await RunRows.ReadAsync(context, ended, cancellationToken));
    }

    public async Task<RunDetail?> FindAsync(RunId id, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var rows = await RunRows.ReadAsync(context, context.Runs.Where(run => run.Id == id.Value), cancellationToken);
        if (rows is not [var row])
        {
            return null;
        }

        var specJson = await context.Runs.Where(run => run.Id == id.Value).Select(run => run.SpecJson).SingleAsync(cancellationToken);
        var attempts = await context.Attempts.Where(a => a.RunId == id.Value).OrderBy(a => a.Number).ToListAsync(cancellationToken);
        var changes = await context.StatusChanges.Where(c => c.RunId == id.Value).OrderBy(c => c.Sequence).ToListAsync(cancellationToken);
        var events = await context.RunEvents.Where(e => e.RunId == id.Value).OrderByDescending(e => e.Sequence).Take(NewestEvents).ToListAsync(cancellationToken);
        var keys = await context.MetricSeries.Where(s => s.RunId == id.Value).Select(s => s.Key).Distinct().OrderBy(key => key).ToListAsync(cancellationToken);
        var trunk = row.Trunk is { } trunkId ? await RunRows.ReadAsync(context, context.Runs.Where(run => run.Id == trunkId.Value), cancellationToken) : [];
        var branches = await RunRows.ReadAsync(context, context.Runs.Where(run => run.ParentRunId == id.Value).OrderBy(run => run.BranchStep).ThenBy(run => run.CreatedTicks), cancellationToken);
        var (spec, problems) = RunSpecJson.Read(specJson);
        var run = new RunDirectory(directory.Run(id));
        return new RunDetail
        {
            Run = row,
            Spec = spec ?? throw new InvalidDataException($"The stored spec of run {id} is not valid: {string.Join(' ', problems.Select(problem => problem.Message))}"),
            SpecJson = specJson,
            Attempts = attempts.ConvertAll(attempt => ToRow(attempt, run)),
            Events = [.. events.OrderBy(e => e.Sequence).Select(ToRow)],
            StatusChanges = changes.ConvertAll(change => new StatusChangeRow(change.From, change.To, change.Reason, RunRows.Instant(change.AtTicks))),
            MetricKeys = keys,
            Trunk = trunk is [var only] ? only : null,
            Branches = branches,
            Actions = RunActions.Allowed(row),
        };
    }

    public async Task<LogPart?> ReadLogAsync(RunId id, int? attempt, long? fromByte, int maxBytes, CancellationToken cancellationToken)
    {
        var run = new RunDirectory(directory.Run(id));
        var chosen = attempt is { } number ? (number >= 1 ? run.Attempt(number) : null) : run.Attempts() is [.., var newest] ? newest : null;
        if (chosen is null || !File.Exists(chosen.LogPath))
        {
            return null;
        }

        using var file = File.OpenHandle(chosen.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        var count = Math.Clamp(maxBytes, 1, LongestLogPart);
        var from = Math.Clamp(fromByte ?? (length - count), 0, length);
        var bytes = new byte[Math.Min(count, length - from)];
        var read = await RandomAccess.ReadAsync(file, bytes, from, cancellationToken);
        return new LogPart(chosen.Number, from, from + read, length, Encoding.UTF8.GetString(bytes, 0, read));
    }

    /// <summary>Runs that have a text in their name, id, schedule, model or data set; all for none.</summary>
    public static IQueryable<RunEntity> WithText(IQueryable<RunEntity> runs, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return runs;
        }

        var pattern = $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        return runs.Where(run => EF.Functions.Like(run.Name, pattern, "\\")
            || EF.Functions.Like(run.Id, pattern, "\\")
            || EF.Functions.Like(run.ScheduleName, pattern, "\\")
            || EF.Functions.Like(run.ModelName, pattern, "\\")
            || EF.Functions.Like(run.DatasetName, pattern, "\\"));
    }

    public static RunEventRow ToRow(RunEventEntity e) => new(e.Sequence, e.Attempt, e.Step, RunRows.Instant(e.AtTicks), e.Kind, e.Message);

    private AttemptRow ToRow(AttemptEntity attempt, RunDirectory run)
    {
        TimeSpan? leaseAge = attempt.EndedTicks is null && Lease.Read(run.Attempt(attempt.Number)) is { } lease
            ? time.GetUtcNow() - lease.RenewedAt
            : null;
        return new AttemptRow(
            attempt.Number, attempt.StartStep, RunRows.Instant(attempt.StartedTicks), RunRows.Instant(attempt.EndedTicks), attempt.EndReason, leaseAge);
    }

    private static IQueryable<RunEntity> Filter(IQueryable<RunEntity> runs, RunListRequest request)
    {
        runs = WithText(runs, request.Text);
        if (request.Statuses.Count > 0)
        {
            var statuses = request.Statuses.Distinct().ToList();
            runs = runs.Where(run => statuses.Contains(run.Status));
        }

        return request.ScheduleHash is { } hash ? runs.Where(run => run.ScheduleHash == hash) : runs;
    }

    private static IQueryable<RunEntity> Sort(IQueryable<RunEntity> runs, RunListRequest request)
    {
        var ordered = request.Sort switch
        {
            RunSort.CreatedAt => By(runs, run => run.CreatedTicks, request.Descending),
            RunSort.EndedAt => ByNullable(runs, run => run.EndedTicks, run => run.EndedTicks == null, request.Descending),
            RunSort.Name => By(runs, run => run.Name, request.Descending),
            RunSort.Status => By(runs, run => run.Status, request.Descending),
            RunSort.Schedule => By(runs, run => run.ScheduleName, request.Descending),
            RunSort.Model => By(runs, run => run.ModelName, request.Descending),
            RunSort.Dataset => By(runs, run => run.DatasetName, request.Descending),
            RunSort.StepsDone => By(runs, run => run.StepsDone, request.Descending),
            RunSort.TrainLoss => ByLoss(runs, run => run.TrainLoss, request.Descending),
            RunSort.ValidationLoss => ByLoss(runs, run => run.ValidationLoss, request.Descending),
            RunSort.BestValidationLoss => ByLoss(runs, run => run.BestValidationLoss, request.Descending),
            RunSort.FinalLoss => ByLoss(runs, run => run.Status == RunStatus.Finished ? run.FinalLoss ?? run.ValidationLoss : null, request.Descending),
            RunSort.TokensPerSecond => ByNullable(runs, run => run.TokensPerSecond, run => run.TokensPerSecond == null, request.Descending),
            RunSort.LearningRateSum => ByNullable(runs, run => run.LearningRateSum, run => run.LearningRateSum == null, request.Descending),
            RunSort.ElapsedSeconds => ByNullable(runs, run => run.ElapsedSeconds, run => run.ElapsedSeconds == null, request.Descending),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Sort, "There is no such column."),
        };
        return ordered.ThenByDescending(run => run.CreatedTicks).ThenBy(run => run.Id);
    }

    private static IOrderedQueryable<RunEntity> By<TKey>(IQueryable<RunEntity> runs, Expression<Func<RunEntity, TKey>> key, bool descending) =>
        descending ? runs.OrderByDescending(key) : runs.OrderBy(key);

    // Runs that diverged come last in either order, whatever they had before.
    private static IOrderedQueryable<RunEntity> ByLoss(IQueryable<RunEntity> runs, Expression<Func<RunEntity, double?>> loss, bool descending)
    {
        var isMissing = Expression.Lambda<Func<RunEntity, bool>>(Expression.Equal(loss.Body, Expression.Constant(null, typeof(double?))), loss.Parameters);
        var ordered = runs.OrderBy(StoredFinalLoss.HasDiverged).ThenBy(isMissing);
        return descending ? ordered.ThenByDescending(loss) : ordered.ThenBy(loss);
    }

    private static IOrderedQueryable<RunEntity> ByNullable<TKey>(
        IQueryable<RunEntity> runs, Expression<Func<RunEntity, TKey>> key, Expression<Func<RunEntity, bool>> isMissing, bool descending) =>
        descending ? runs.OrderBy(isMissing).ThenByDescending(key) : runs.OrderBy(isMissing).ThenBy(key);
}
