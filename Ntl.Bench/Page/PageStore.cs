using Ntl.Bench.Store;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Bench.Page;

/// <summary>A data directory as of a lab that has used Ntl for long: very many runs, one of them long, with 20 charted series.</summary>
internal static class PageStore
{
    public const int SeriesCount = 20;

    private const int TrainerSeries = 4; // loss, learning rate, gradient norm, speed; the elapsed seconds are not charted
    private const long StepsAtOnce = 5_000;
    private const int RowsAtOnce = 1_000;

    /// <summary>Fills a new data directory.</summary>
    /// <param name="dataDirectory">Where it will be.</param>
    /// <param name="runCount">Runs, the one with points among them.</param>
    /// <param name="steps">Of the run with points.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The run with the points.</returns>
    public static async Task<RunId> BuildAsync(string dataDirectory, int runCount, long steps, CancellationToken cancellationToken)
    {
        await using var store = await ProductStore.OpenAsync(dataDirectory, 1, cancellationToken);
        await AddRunsAsync(store, runCount, cancellationToken);
        var loads = await store.StartRunsAsync([ProductStore.Spec("the long one", steps)], SeriesCount - TrainerSeries, cancellationToken);
        using var load = loads[0];
        while (load.Steps < steps)
        {
            load.MeasureAndFlush(Math.Min(StepsAtOnce, steps - load.Steps));
            await store.DrainAsync(cancellationToken);
        }

        load.Finish();
        await store.DrainAsync(cancellationToken);
        var stored = store.CountPoints();
        return stored == load.Points ? load.Run : throw new BenchException(FormattableString.Invariant($"{load.Points} points were written, {stored} are stored."));
    }

    // Rows as the queue and the ingest leave them behind, without points.
    private static async Task AddRunsAsync(ProductStore store, int runCount, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        string[] models = [.. ModelPreset.All.Select(preset => preset.Id)];
        var now = DateTimeOffset.UtcNow;
        for (var added = 0; added < runCount - 1; added += RowsAtOnce)
        {
            var rows = Enumerable.Range(added, Math.Min(RowsAtOnce, runCount - 1 - added)).Select(i => Row(i, now.AddMinutes(-i - 1), models, random)).ToList();
            await store.Writer.WriteAsync(
                Durability.ProcessCrash,
                context =>
                {
                    context.Runs.AddRange(rows);
                    return Task.FromResult(true);
                },
                cancellationToken);
        }
    }

    private static RunEntity Row(int number, DateTimeOffset createdAt, string[] models, Random random)
    {
        var spec = ProductStore.Spec(FormattableString.Invariant($"sweep {number / 50} · {number % 50}"), 500 + (100 * (number % 40)), number);
        var loss = 1.5 + random.NextDouble();
        var status = (number % 20) switch { 0 => RunStatus.Failed, 1 => RunStatus.Cancelled, _ => RunStatus.Finished };
        return new RunEntity
        {
            Id = RunId.New().Value,
            Name = spec.Name,
            Status = status,
            StatusReason = "All steps are trained.",
            SpecJson = RunSpecJson.Write(spec),
            SpecHash = RunSpecJson.Hash(spec),
            ScheduleName = spec.Schedule.Description,
            ScheduleHash = spec.Schedule.Hash.Value,
            ModelName = models[number % models.Length],
            DatasetName = spec.Dataset.Name,
            OptimizerName = spec.Optimizer.Kind.ToString(),
            Device = spec.Device,
            Seed = spec.Seed,
            TotalSteps = spec.TotalSteps,
            TokensPerStep = spec.TokensPerStep,
            AttemptCount = 1,
            StepsDone = spec.TotalSteps,
            TrainLoss = loss,
            BestTrainLoss = loss,
            ValidationLoss = loss + 0.05,
            BestValidationLoss = loss + 0.05,
            TokensPerSecond = 40_000 * random.NextDouble(),
            LearningRateSum = spec.Schedule.CumulativeRate(spec.TotalSteps),
            ElapsedSeconds = 60 * random.NextDouble(),
            FailureKind = status == RunStatus.Failed ? RunFailureKind.NonFiniteLoss : null,
            FailureMessage = status == RunStatus.Failed ? "The loss is NaN." : null,
            CreatedTicks = createdAt.UtcTicks,
            StartedTicks = createdAt.UtcTicks,
            EndedTicks = createdAt.AddMinutes(1).UtcTicks,
        };
    }
}
