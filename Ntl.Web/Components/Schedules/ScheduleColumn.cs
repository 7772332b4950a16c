using Ntl.Web.Components.Formatting;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>A column of figures in the table of schedules.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Sort">What it sorts by.</param>
/// <param name="Text">What a cell says.</param>
/// <param name="Unit">Unit of its numbers, shown in the head.</param>
internal sealed record ScheduleColumn(string Title, ScheduleSort Sort, Func<ScheduleRow, string> Text, string? Unit = null)
{
    public static IReadOnlyList<ScheduleColumn> Figures { get; } =
    [
        new("Steps", ScheduleSort.TotalSteps, row => Format.Count(row.Version.TotalSteps)),
        new("Peak η", ScheduleSort.Peak, row => Format.Rate(row.Version.Peak)),
        new("D", ScheduleSort.IntrinsicTime, row => Format.Number(row.Version.IntrinsicTime), "Σ η"),
        new("Runs", ScheduleSort.RunCount, row => Format.Count(row.RunCount)),
        new("Best val loss", ScheduleSort.BestValidationLoss, row => Format.Loss(row.BestValidationLoss), "nats/token"),
    ];
}
