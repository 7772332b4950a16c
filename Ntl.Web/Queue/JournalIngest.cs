using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Live;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Brings what trainers wrote into the database: one pass reads every open journal once and commits all of it in one transaction.</summary>
/// <remarks>
/// The offset commits together with what was read before it, so each record is stored exactly once, whichever process is killed, when.
/// Only after the commit are viewers told.
/// </remarks>
public sealed partial class JournalIngest(
    DatabaseReader reader,
    DatabaseWriter writer,
    AttemptStore store,
    AttemptMonitor monitor,
    LiveRunFeed feed,
    RunNotifier notifier,
    QueueSignal signal,
    DataDirectory directory,
    ILogger<JournalIngest> logger)
{
    // About 7,000 points, some 10 ms of one transaction, of however many journals: a person's command never waits long behind it.
    private const int BytesAPass = 64 << 10;
    private const int FewestBytes = 4 << 10;

    private readonly Dictionary<(string Run, int Attempt), TailedAttempt> _tailed = [];

    /// <summary>Reads what is new once.</summary>
    /// <returns>True when there may be more at once.</returns>
    /// <exception cref="StoreException">The database could not take it; nothing was lost, the next pass reads it again.</exception>
    public async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        List<AttemptReading> readings = [];
        var open = await OpenAttemptsAsync(cancellationToken);
        foreach (var attempt in open)
        {
            if (Read(attempt, Math.Max(FewestBytes, BytesAPass / open.Count)) is { } reading)
            {
                readings.Add(reading);
            }
        }

        if (readings.Count == 0)
        {
            return false;
        }

        try
        {
            var durability = readings.Exists(reading => reading.Ends) ? Durability.PowerCut : Durability.ProcessCrash;
            var stored = await writer.WriteAsync(durability, context => StoreAsync(context, readings), cancellationToken);
            await PublishAsync(stored, cancellationToken);
        }
        catch
        {
            // What is remembered of the tails may be ahead of what is stored: read it again.
            _tailed.Clear();
            throw;
        }

        return readings.Exists(reading => reading.MayHaveMore);
    }

    private async Task<List<TailedAttempt>> OpenAttemptsAsync(CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var open = await context.Attempts.Where(attempt => attempt.EndedTicks == null)
            .Select(attempt => new { attempt.RunId, attempt.Number })
            .ToListAsync(cancellationToken);
        List<TailedAttempt> tailed = [];
        foreach (var attempt in open)
        {
            if (!_tailed.TryGetValue((attempt.RunId, attempt.Number), out var known))
            {
                known = await store.OpenAsync(context, attempt.RunId, attempt.Number, cancellationToken);
                _tailed[(attempt.RunId, attempt.Number)] = known;
            }

            tailed.Add(known);
        }

        return tailed;
    }

    private AttemptReading? Read(TailedAttempt attempt, int maximumBytes)
    {
        // Asked before the journal is read: a trainer that was gone by then has written all it ever will.
        var end = monitor.EndOf(attempt.Run, attempt.Number);
        var path = new RunDirectory(directory.Run(attempt.Run)).Attempt(attempt.Number).JournalPath;
        try
        {
            var page = JournalReader.Read(path, attempt.JournalOffset, maximumBytes);
            if (page.Entries.Count > 0)
            {
                return new AttemptReading(attempt, page, null, end is not null);
            }

            return end is null ? null : new AttemptReading(attempt, page, end, true);
        }
        catch (JournalCorruptException exception)
        {
            LogDamaged(exception, attempt.Run, attempt.Number);
            var reason = PathFreeText.Of($"The journal is damaged: {exception.Message}");
            return new AttemptReading(
                attempt, new JournalPage([], attempt.JournalOffset, 0), new AttemptEnd(reason, new RunFailure(RunFailureKind.Unexpected, null, reason)), true);
        }
    }

    private async Task<List<StoredReading>> StoreAsync(NtlDbContext context, List<AttemptReading> readings)
    {
        List<StoredReading> stored = [];
        foreach (var reading in readings)
        {
            stored.Add(await store.StoreAsync(context, reading));
        }

        return stored;
    }

    private async Task PublishAsync(List<StoredReading> stored, CancellationToken cancellationToken)
    {
        foreach (var reading in stored)
        {
            if (reading.IsSealed)
            {
                _tailed.Remove((reading.Attempt.Run.Value, reading.Attempt.Number));
                monitor.Forget(reading.Attempt.Run, reading.Attempt.Number, reading.Attempt.Token, reading.Attempt.Device);
                LogSealed(reading.Attempt.Run, reading.Attempt.Number, reading.EndReason);
            }
            else
            {
                _tailed[(reading.Attempt.Run.Value, reading.Attempt.Number)] = reading.Attempt;
            }

            feed.PublishPoints(reading);
        }

        await notifier.ChangedAsync([.. stored.Select(reading => reading.Attempt.Run).Distinct()], cancellationToken);
        if (stored.Exists(reading => reading.IsSealed))
        {
            signal.Raise();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} attempt {Attempt}: journal damaged")]
    private partial void LogDamaged(Exception exception, RunId runId, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} attempt {Attempt} ended: {Reason}")]
    private partial void LogSealed(RunId runId, int attempt, string? reason);
}
