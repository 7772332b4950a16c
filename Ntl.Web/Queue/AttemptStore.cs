using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Turns journal records into rows, within the ingest's transaction.</summary>
public sealed partial class AttemptStore(RunStatusStore statuses, ILogger<AttemptStore> logger)
{
    /// <summary>Loads an open attempt as it is stored.</summary>
    public async Task<TailedAttempt> OpenAsync(NtlDbContext context, string run, int number, CancellationToken cancellationToken)
    {
        var attempt = await context.Attempts.AsNoTracking().SingleAsync(a => a.RunId == run && a.Number == number, cancellationToken);
        var json = await context.Runs.Where(r => r.Id == run).Select(r => r.SpecJson).SingleAsync(cancellationToken);
        var (spec, _) = RunSpecJson.Read(json);
        var tails = await context.MetricSeries.Where(series => series.RunId == run && series.Attempt == number)
            .Select(series => new
            {
                series.Id,
                series.Key,
                Chunk = context.MetricChunks.Where(chunk => chunk.SeriesId == series.Id).OrderByDescending(chunk => chunk.Ordinal)
                    .Select(chunk => new { chunk.Ordinal, chunk.Points }).First(),
            })
            .ToListAsync(cancellationToken);
        return new TailedAttempt
        {
            Run = new RunId(run),
            Number = number,
            Token = attempt.Token,
            Device = attempt.Device,
            Schedule = (spec ?? throw new InvalidDataException($"The stored spec of run {run} is not valid.")).Schedule,
            TargetLoss = spec.Entry?.TargetLoss,
            JournalOffset = attempt.JournalOffset,
            StartStep = attempt.StartStep,
            Tails = System.Collections.Immutable.ImmutableDictionary.CreateRange(tails.Select(tail => KeyValuePair.Create(
                new MetricKey(tail.Key), new SeriesTail(tail.Id, tail.Chunk.Ordinal, MetricChunkCodec.Decode(tail.Chunk.Points))))),
        };
    }

    /// <summary>Stores one reading. The caller's transaction makes it happen whole or not at all.</summary>
    public async Task<StoredReading> StoreAsync(NtlDbContext context, AttemptReading reading)
    {
        var attempt = reading.Attempt;
        await AdvanceOffsetAsync(context, attempt, reading.Page.NextOffset);
        attempt = attempt with { JournalOffset = reading.Page.NextOffset };

        List<StoredSegment> segments = [];
        List<RunEventEntity> events = [];
        string? endReason = null;
        foreach (var entry in reading.Page.Entries)
        {
            switch (entry.Record)
            {
                case MetricsRecorded batch:
                    segments.AddRange(NewPoints(attempt, segments, batch));
                    break;
                case RunEventRecorded recorded:
                    events.Add(ToEntity(attempt, recorded));
                    break;
                case EvaluationRecorded evaluation:
                    await EvaluationStore.StoreAsync(context, attempt, evaluation);
                    break;
                case AttemptStarted started:
                    attempt = await BeginAsync(context, attempt, started);
                    break;
                case AttemptEnded ended:
                    (attempt, endReason) = await StorePointsThenEndAsync(context, attempt, segments, ended);
                    break;
                default:
                    throw new InvalidDataException($"The journal holds a {entry.Record.GetType().Name}, which this server does not know.");
            }

            if (endReason is not null)
            {
                break; // the trainer's last record
            }
        }

        if (endReason is null)
        {
            attempt = await StorePointsAsync(context, attempt, segments);
            if (reading.End is { } end)
            {
                endReason = await AbandonAsync(context, attempt, end);
            }
        }

        context.RunEvents.AddRange(events);
        await context.SaveChangesAsync();
        return new StoredReading(attempt, Merge(segments), events.ConvertAll(RunQueries.ToRow), endReason is not null, endReason);
    }

    // Exactly once: the offset moves only from where these records begin, and never on a sealed attempt.
    private static async Task AdvanceOffsetAsync(NtlDbContext context, TailedAttempt attempt, long nextOffset)
    {
        var moved = await context.Attempts
            .Where(a => a.RunId == attempt.Run.Value && a.Number == attempt.Number && a.JournalOffset == attempt.JournalOffset && a.EndedTicks == null)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.JournalOffset, nextOffset));
        if (moved != 1)
        {
            throw new InvalidOperationException($"Attempt {attempt.Number} of run {attempt.Run} is sealed, or was read on from byte {attempt.JournalOffset} before.");
        }
    }

    private static async Task<TailedAttempt> BeginAsync(NtlDbContext context, TailedAttempt attempt, AttemptStarted started)
    {
        if (started.RunId != attempt.Run || started.Attempt != attempt.Number || !string.Equals(started.Token, attempt.Token, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The journal of attempt {attempt.Number} of run {attempt.Run} was written by another trainer.");
        }

        var environment = System.Text.Json.JsonSerializer.Serialize(started.Environment);
        await context.Attempts.Where(a => a.RunId == attempt.Run.Value && a.Number == attempt.Number)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.StartStep, started.StartStep).SetProperty(x => x.EnvironmentJson, environment));
        return attempt with { StartStep = started.StartStep };
    }

    private async Task<(TailedAttempt Attempt, string Reason)> StorePointsThenEndAsync(
        NtlDbContext context, TailedAttempt attempt, List<StoredSegment> segments, AttemptEnded ended)
    {
        attempt = await StorePointsAsync(context, attempt, segments);
        var (trigger, reason) = ended.Outcome switch
        {
            AttemptOutcome.Finished => (RunTrigger.Finish, await FinishedAsync(context, attempt, ended.Step)),
            AttemptOutcome.Paused => (RunTrigger.Pause, FormattableString.Invariant($"Paused after {ended.Step} steps; the checkpoint is kept.")),
            AttemptOutcome.Stopped => (RunTrigger.Cancel, FormattableString.Invariant($"Cancelled after {ended.Step} steps.")),
            AttemptOutcome.Interrupted => (RunTrigger.Interrupt, FormattableString.Invariant($"The trainer was told to leave after {ended.Step} steps and saved.")),
            _ when ended.Failure is { IsTransient: true } => (RunTrigger.Interrupt, ended.Failure.Message),
            _ => (RunTrigger.Fail, ended.Failure?.Message ?? "The trainer failed without a reason."),
        };
        if (trigger == RunTrigger.Cancel)
        {
            reason = await StopReasons.FindAsync(context, attempt.Run.Value, attempt.Number) ?? reason;
        }

        await EndAsync(context, attempt, trigger, reason, ended.Failure, isLoss: ended.Failure is { IsTransient: true });
        return (attempt, reason);
    }

    // A branch trains its own steps only: those before are its trunk's.
    private static async Task<string> FinishedAsync(NtlDbContext context, TailedAttempt attempt, long steps) =>
        await context.Runs.Where(run => run.Id == attempt.Run.Value).Select(run => run.BranchStep).SingleAsync() is { } first
            ? FormattableString.Invariant($"All {steps - first} steps of the branch are trained: from step {first} to step {steps}.")
            : FormattableString.Invariant($"All {steps} steps are trained.");

    private async Task<string> AbandonAsync(NtlDbContext context, TailedAttempt attempt, AttemptEnd end)
    {
        // What libtorch itself ended would end again: only a trainer that is lost without a reason is tried again.
        var (trigger, reason, isLoss) = end.Failure.IsTransient
            ? (RunTrigger.Interrupt, end.Reason, end.CountsAsLoss)
            : (RunTrigger.Fail, end.Failure.Message, false);
        await EndAsync(context, attempt, trigger, reason, end.Failure, isLoss);
        return reason;
    }

    private async Task EndAsync(NtlDbContext context, TailedAttempt attempt, RunTrigger trigger, string reason, RunFailure? failure, bool isLoss)
    {
        var id = attempt.Run.Value;
        await context.Attempts.Where(a => a.RunId == id && a.Number == attempt.Number)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.EndedTicks, statuses.Now).SetProperty(x => x.EndReason, reason));
        var saved = await context.RunEvents.AnyAsync(e => e.RunId == id && e.Attempt == attempt.Number && e.Kind == RunEventKind.CheckpointSaved);
        if (isLoss)
        {
            // An attempt that saved something new made progress: the count of losses in a row begins again with it.
            await context.Runs.Where(run => run.Id == id)
                .ExecuteUpdateAsync(run => run.SetProperty(r => r.RetryCount, r => saved ? 1 : r.RetryCount + 1));
        }
        else if (trigger == RunTrigger.Interrupt && failure is null)
        {
            await context.Runs.Where(run => run.Id == id).ExecuteUpdateAsync(run => run.SetProperty(r => r.RetryCount, 0));
        }

        var status = await StatusAsync(context, id);
        if (status == RunStatus.Starting && trigger == RunTrigger.Finish)
        {
            await statuses.TryChangeAsync(context, new StatusChange(attempt.Run, status, RunTrigger.Begin, "The trainer trains."));
            status = RunStatus.Running;
        }

        if (RunLifecycle.Allows(status, trigger))
        {
            await statuses.TryChangeAsync(context, new StatusChange(attempt.Run, status, trigger, reason) { Failure = failure });
        }
        else
        {
            LogOutOfPlace(attempt.Run, attempt.Number, trigger, status);
        }
    }

    private async Task<TailedAttempt> StorePointsAsync(NtlDbContext context, TailedAttempt attempt, List<StoredSegment> segments)
    {
        if (attempt.StartStep is not null && await StatusAsync(context, attempt.Run.Value) == RunStatus.Starting)
        {
            await statuses.TryChangeAsync(
                context, new StatusChange(attempt.Run, RunStatus.Starting, RunTrigger.Begin, FormattableString.Invariant($"Attempt {attempt.Number} trains from step {attempt.StartStep}.")));
        }

        if (segments.Count == 0)
        {
            return attempt;
        }

        var tails = attempt.Tails;
        using var upsert = UpsertChunk(context);
        foreach (var segment in Merge(segments))
        {
            var tail = tails.GetValueOrDefault(segment.Key) ?? new SeriesTail(await AddSeriesAsync(context, attempt, segment.Key), 0, MetricSeries.Empty);
            var ordinal = tail.Ordinal;
            MetricSeries last = tail.Points;
            foreach (var chunk in MetricChunks.Append(tail.Points, segment.Points))
            {
                await WriteChunkAsync(upsert, tail.SeriesId, ordinal++, chunk);
                last = chunk;
            }

            tails = tails.SetItem(segment.Key, new SeriesTail(tail.SeriesId, ordinal - 1, last));
        }

        await RunSummary.UpdateAsync(context, attempt, segments);
        return attempt with { Tails = tails };
    }

    private IEnumerable<StoredSegment> NewPoints(TailedAttempt attempt, List<StoredSegment> earlier, MetricsRecorded batch)
    {
        foreach (var segment in batch.Segments)
        {
            var previous = earlier.FindLast(s => s.Key == segment.Key)?.Points.Steps[^1] ?? attempt.Tails.GetValueOrDefault(segment.Key)?.LastStep ?? -1;
            var points = segment.Points;
            if (points.Count > 0 && points.Steps[0] <= previous)
            {
                // One value a step: a trainer that repeats a step is wrong, and the first value stands.
                LogRepeated(attempt.Run, attempt.Number, segment.Key, points.Steps[0]);
                points = points.Window(previous + 1, long.MaxValue);
            }

            if (points.Count > 0)
            {
                yield return new StoredSegment(segment.Key, previous, points);
            }
        }
    }

    // One segment a key, so that each tail is written once a transaction.
    private static List<StoredSegment> Merge(List<StoredSegment> segments) =>
        segments.GroupBy(segment => segment.Key)
            .Select(group => group.Count() == 1 ? group.First() : new StoredSegment(group.Key, group.First().PreviousStep, Join(group)))
            .ToList();

    private static MetricSeries Join(IEnumerable<StoredSegment> segments)
    {
        List<long> steps = [];
        List<double> values = [];
        foreach (var segment in segments)
        {
            steps.AddRange(segment.Points.Steps);
            values.AddRange(segment.Points.Values);
        }

        return new MetricSeries([.. steps], [.. values]);
    }

    private static async Task<long> AddSeriesAsync(NtlDbContext context, TailedAttempt attempt, MetricKey key)
    {
        var series = new MetricSeriesEntity { RunId = attempt.Run.Value, Attempt = attempt.Number, Key = key.Value };
        context.MetricSeries.Add(series);
        await context.SaveChangesAsync();
        return series.Id;
    }

    private static DbCommand UpsertChunk(NtlDbContext context)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = """
            INSERT INTO metric_chunks ("SeriesId", "Ordinal", "FirstStep", "LastStep", "PointCount", "Summary", "Points")
            VALUES (@series, @ordinal, @first, @last, @count, @summary, @points)
            ON CONFLICT ("SeriesId", "Ordinal") DO UPDATE SET
                "LastStep" = excluded."LastStep", "PointCount" = excluded."PointCount", "Summary" = excluded."Summary", "Points" = excluded."Points"
            """;
        foreach (var name in (IEnumerable<string>)["@series", "@ordinal", "@first", "@last", "@count", "@summary", "@points"])
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static Task<int> WriteChunkAsync(DbCommand upsert, long series, int ordinal, MetricSeries chunk)
    {
        object[] values = [series, ordinal, chunk.Steps[0], chunk.Steps[^1], chunk.Count, ChunkSummary.Of(chunk).Encode(), MetricChunkCodec.Encode(chunk)];
        for (var i = 0; i < values.Length; i++)
        {
            upsert.Parameters[i].Value = values[i];
        }

        return upsert.ExecuteNonQueryAsync();
    }

    private static Task<RunStatus> StatusAsync(NtlDbContext context, string run) =>
        context.Runs.Where(r => r.Id == run).Select(r => r.Status).SingleAsync();

    private static RunEventEntity ToEntity(TailedAttempt attempt, RunEventRecorded recorded) => new()
    {
        RunId = attempt.Run.Value,
        Attempt = attempt.Number,
        Step = recorded.Step,
        AtTicks = recorded.At.UtcTicks,
        Kind = recorded.Kind,
        Message = recorded.Message,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} attempt {Attempt} reported {Trigger} while the run is {Status}; the status stays")]
    private partial void LogOutOfPlace(RunId runId, int attempt, RunTrigger trigger, RunStatus status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} attempt {Attempt} wrote {Key} of step {Step} again; the first value stands")]
    private partial void LogRepeated(RunId runId, int attempt, MetricKey key, long step);
}
