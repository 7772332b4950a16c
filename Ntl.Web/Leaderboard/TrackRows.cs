using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Experiments;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Persistence;

namespace Ntl.Web.Leaderboard;

/// <summary>From stored rows to tracks, entries and their runs.</summary>
internal static class TrackRows
{
    public static SavedTrack Of(TrackEntity track) =>
        new(track.Id, TrackSpecJson.Read(track.SpecJson), track.SpecHash, track.By, track.Note, RunRows.Instant(track.CreatedTicks));

    public static SavedEntry Of(EntryEntity entry) => new()
    {
        Id = entry.Id,
        TrackId = entry.TrackId,
        Schedule = ScheduleSpec.Parse(entry.ScheduleJson),
        Name = entry.Name,
        By = entry.By,
        Note = entry.Note,
        Forecast = entry.ForecastJson is { } forecast ? JsonSerializer.Deserialize<RunForecast>(forecast) : null,
        CreatedAt = RunRows.Instant(entry.CreatedTicks),
    };

    public static SavedBatch Of(SeedBatchEntity batch) =>
        new(batch.EntryId, batch.Number, batch.Purpose, batch.By, batch.Reason, batch.AgainstEntryId, batch.SeedCount, RunRows.Instant(batch.CreatedTicks));

    /// <summary>Reads the runs of entries in one statement; no spec and no point is read.</summary>
    public static async Task<IReadOnlyList<SeedRun>> ReadRunsAsync(IQueryable<RunEntity> runs, CancellationToken cancellationToken)
    {
        var read = await runs.Where(run => run.EntryId != null)
            .OrderBy(run => run.EntryId).ThenBy(run => run.SeedBatch).ThenBy(run => run.CreatedTicks)
            .Select(run => new
            {
                run.Id,
                run.EntryId,
                run.SeedBatch,
                run.Seed,
                run.RateFactor,
                run.Status,
                run.FailureKind,
                run.FinalLoss,
                run.BestValidationLoss,
                run.UniformLoss,
                run.HeldOutLoss,
                run.TargetStep,
                run.TokensPerStep,
                run.StepsDone,
                run.ElapsedSeconds,
            })
            .ToListAsync(cancellationToken);
        return read.ConvertAll(run => new SeedRun
        {
            Id = new RunId(run.Id),
            EntryId = run.EntryId!,
            Batch = run.SeedBatch ?? 0,
            Seed = run.Seed,
            RateFactor = run.RateFactor,
            Status = run.Status,
            Failure = run.FailureKind,
            LossAfterLastStep = run.FinalLoss,
            LowestLoss = run.BestValidationLoss,
            UniformLoss = run.UniformLoss,
            HeldOutLoss = run.HeldOutLoss,
            TokensToTarget = run.TargetStep * run.TokensPerStep,
            StepsDone = run.StepsDone,
            ElapsedSeconds = run.ElapsedSeconds,
        });
    }
}
