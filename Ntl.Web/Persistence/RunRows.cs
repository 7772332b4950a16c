using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Persistence;

/// <summary>From stored runs to the rows that lists show.</summary>
public static class RunRows
{
    /// <summary>Reads rows together with their place in the queue, in one statement. The spec's text is not read.</summary>
    [SuppressMessage("Design", "MA0051", Justification = "One column a line.")]
    public static async Task<IReadOnlyList<RunRow>> ReadAsync(NtlDbContext context, IQueryable<RunEntity> runs, CancellationToken cancellationToken)
    {
        var read = await runs
            .Select(run => new
            {
                run.Id,
                run.Name,
                run.Status,
                run.StatusReason,
                run.PendingAction,
                run.ScheduleName,
                run.ScheduleHash,
                run.ModelName,
                run.DatasetName,
                run.OptimizerName,
                run.Seed,
                run.TotalSteps,
                run.TokensPerStep,
                run.StepsDone,
                run.TrainLoss,
                run.BestTrainLoss,
                run.ValidationLoss,
                run.BestValidationLoss,
                run.FinalLoss,
                run.UniformLoss,
                run.TokensPerSecond,
                run.LearningRateSum,
                run.ElapsedSeconds,
                run.AttemptCount,
                run.CreatedTicks,
                run.StartedTicks,
                run.EndedTicks,
                run.FailureKind,
                run.FailureStep,
                run.FailureMessage,
                run.ParentRunId,
                run.BranchStep,
                run.ExperimentId,
                run.ExperimentKind,
                run.TrackId,
                run.EntryId,
                Position = run.QueueOrder == null ? (int?)null : context.Runs.Count(other => other.QueueOrder <= run.QueueOrder),
            })
            .ToListAsync(cancellationToken);
        return read.ConvertAll(run => Judged(new RunRow
        {
            Id = new RunId(run.Id),
            Name = run.Name,
            Status = run.Status,
            StatusReason = run.StatusReason,
            PendingAction = run.PendingAction,
            ScheduleName = run.ScheduleName,
            ScheduleHash = run.ScheduleHash,
            ModelName = run.ModelName,
            DatasetName = run.DatasetName,
            OptimizerName = run.OptimizerName,
            Seed = run.Seed,
            Trunk = run.ParentRunId is { } trunk ? new RunId(trunk) : null,
            FirstStep = run.BranchStep ?? 0,
            ExperimentId = run.ExperimentId,
            ExperimentKind = run.ExperimentKind,
            TrackId = run.TrackId,
            EntryId = run.EntryId,
            TotalSteps = run.TotalSteps,
            TokensPerStep = run.TokensPerStep,
            StepsDone = run.StepsDone,
            TrainLoss = run.TrainLoss,
            BestTrainLoss = run.BestTrainLoss,
            ValidationLoss = run.ValidationLoss,
            BestValidationLoss = run.BestValidationLoss,
            LossAfterLastStep = run.Status == RunStatus.Finished ? run.FinalLoss ?? run.ValidationLoss : null,
            UniformLoss = run.UniformLoss,
            TokensPerSecond = run.TokensPerSecond,
            LearningRateSum = run.LearningRateSum,
            ElapsedSeconds = run.ElapsedSeconds,
            QueuePosition = run.Position,
            AttemptCount = run.AttemptCount,
            CreatedAt = Instant(run.CreatedTicks),
            StartedAt = Instant(run.StartedTicks),
            EndedAt = Instant(run.EndedTicks),
            Failure = run is { Status: RunStatus.Failed, FailureKind: { } kind } ? new RunFailure(kind, run.FailureStep, run.FailureMessage ?? string.Empty) : null,
        }));
    }

    // The last finite figures of a run that diverged are of the past: whoever reads them for its end is misled.
    private static RunRow Judged(RunRow row) => row.Diverged ? row with { TrainLoss = null, ValidationLoss = null } : row;

    public static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? Instant(long? ticks) => ticks is { } some ? Instant(some) : null;
}
