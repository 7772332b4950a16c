using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Metrics;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Keeps the figures that lists show, so that no list ever reads points.</summary>
public static class RunSummary
{
    public static Task UpdateAsync(NtlDbContext context, TailedAttempt attempt, IReadOnlyList<StoredSegment> segments)
    {
        var trainLoss = Last(segments, MetricKeys.TrainLoss);
        var validationLoss = Last(segments, MetricKeys.ValidationLoss);
        var tokensPerSecond = Last(segments, MetricKeys.TokensPerSecond)?.Value;
        var elapsedSeconds = Last(segments, MetricKeys.ElapsedSeconds)?.Value;
        // A training point is written when its step is done.
        long? stepsDone = trainLoss is { } point ? point.Step + 1 : null;
        double? learningRateSum = stepsDone is { } steps ? attempt.Schedule.CumulativeRate(Math.Min(steps, attempt.Schedule.TotalSteps)) : null;
        var lowestTrain = Lowest(segments, MetricKeys.TrainLoss);
        var lowestValidation = Lowest(segments, MetricKeys.ValidationLoss);
        var targetStep = FirstAtOrBelow(segments, attempt.TargetLoss);
        double? train = trainLoss is { } t && double.IsFinite(t.Value) ? t.Value : null;
        // The latest validation is none where it was no finite number: an earlier one would stand for it.
        var hasValidation = validationLoss is not null;
        double? validation = validationLoss is { } v && double.IsFinite(v.Value) ? v.Value : null;

        return context.Runs.Where(run => run.Id == attempt.Run.Value)
            .ExecuteUpdateAsync(run => run
                .SetProperty(r => r.StepsDone, r => stepsDone ?? r.StepsDone)
                .SetProperty(r => r.TrainLoss, r => train ?? r.TrainLoss)
                .SetProperty(r => r.ValidationLoss, r => hasValidation ? validation : r.ValidationLoss)
                .SetProperty(r => r.BestTrainLoss, r => r.BestTrainLoss == null || lowestTrain < r.BestTrainLoss ? lowestTrain ?? r.BestTrainLoss : r.BestTrainLoss)
                .SetProperty(r => r.BestValidationLoss, r => r.BestValidationLoss == null || lowestValidation < r.BestValidationLoss ? lowestValidation ?? r.BestValidationLoss : r.BestValidationLoss)
                .SetProperty(r => r.TargetStep, r => r.TargetStep ?? targetStep)
                .SetProperty(r => r.TokensPerSecond, r => tokensPerSecond ?? r.TokensPerSecond)
                .SetProperty(r => r.LearningRateSum, r => learningRateSum ?? r.LearningRateSum)
                .SetProperty(r => r.ElapsedSeconds, r => elapsedSeconds ?? r.ElapsedSeconds));
    }

    private static MetricPoint? Last(IReadOnlyList<StoredSegment> segments, MetricKey key) =>
        segments.LastOrDefault(segment => segment.Key == key)?.Points is { Count: > 0 } points ? points[points.Count - 1] : null;

    private static long? FirstAtOrBelow(IReadOnlyList<StoredSegment> segments, double? target)
    {
        foreach (var segment in segments.Where(segment => target is not null && segment.Key == MetricKeys.ValidationLoss))
        {
            for (var i = 0; i < segment.Points.Count; i++)
            {
                if (segment.Points.Values[i] <= target)
                {
                    return segment.Points.Steps[i];
                }
            }
        }

        return null;
    }

    private static double? Lowest(IReadOnlyList<StoredSegment> segments, MetricKey key)
    {
        double? lowest = null;
        foreach (var segment in segments)
        {
            if (segment.Key != key)
            {
                continue;
            }

            foreach (var value in segment.Points.Values)
            {
                if (double.IsFinite(value) && !(value >= lowest))
                {
                    lowest = value;
                }
            }
        }

        return lowest;
    }
}
