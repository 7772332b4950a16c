using Ntl.Web.Components.Formatting;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>A column of the runs table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Sort">What it sorts by.</param>
/// <param name="Class">Style of its cells.</param>
/// <param name="Text">What a cell says.</param>
/// <param name="Unit">Unit of its numbers, shown in the head; null where the cells or the words say it.</param>
internal sealed record RunColumn(string Title, RunSort? Sort, string? Class, Func<RunRow, string> Text, string? Unit = null)
{
    private const string Number = "number";

    /// <summary>What a cell says on hover; null for nothing.</summary>
    public Func<RunRow, string?>? Tip { get; init; }

    /// <summary>Whether a cell's figure is not what the column is about; null for never.</summary>
    public Func<RunRow, bool>? IsMuted { get; init; }

    /// <summary>The columns between status and age.</summary>
    public static IReadOnlyList<RunColumn> Figures { get; } =
    [
        new("Schedule", RunSort.Schedule, "schedule-name", run => run.ScheduleName) { Tip = run => run.ScheduleName },
        new("Model", RunSort.Model, "cut-name", run => run.ModelName) { Tip = run => run.ModelName },
        new("Data", RunSort.Dataset, "cut-name", run => run.DatasetName) { Tip = run => run.DatasetName },
        new("Val loss", RunSort.ValidationLoss, Number, LossWords.Text, "nats/token") { Tip = LossWords.Hint, IsMuted = LossWords.IsLatest },
        new("Train loss", RunSort.TrainLoss, Number, run => Format.Loss(run.TrainLoss), "nats/token"),
        new("Steps", RunSort.StepsDone, Number, run => run.StepsDone == run.TotalSteps ? Format.Count(run.TotalSteps) : $"{Format.Count(run.StepsDone)} / {Format.Count(run.TotalSteps)}"),
        new("D", RunSort.LearningRateSum, Number, run => Format.Number(run.LearningRateSum), "Σ η"),
        new("Speed", RunSort.TokensPerSecond, Number, run => run.TokensPerSecond is { } speed ? Format.Compact(speed) : "–", "tokens/s"),
        new("Time", RunSort.ElapsedSeconds, Number, run => Format.Duration(run.ElapsedSeconds)),
    ];

    /// <summary>All columns, left to right.</summary>
    public static IReadOnlyList<RunColumn> All { get; } =
    [
        new("Run", RunSort.Name, null, run => run.Name),
        new("Status", RunSort.Status, null, run => run.Status.ToString()),
        .. Figures,
        new("Created", RunSort.CreatedAt, null, _ => ""),
    ];
}
