using Microsoft.AspNetCore.Components;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Schedules in rows, each with its curve. Sorting is asked for, not done: the rows come in the order they are shown.</summary>
public sealed partial class ScheduleTable
{
    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<ScheduleRow> Rows { get; set; } = [];

    [Parameter, EditorRequired]
    public ScheduleSort Sort { get; set; }

    [Parameter, EditorRequired]
    public bool Descending { get; set; }

    /// <summary>A column's head was pressed.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ScheduleSort> SortChanged { get; set; }

    private static (long Step, double Value)[] PointsOf(ScheduleRow row) => [.. row.Curve.Select(point => (point.Step, point.Rate))];

    private string? SortOf(ScheduleSort sort) => sort != Sort ? null : Descending ? "descending" : "ascending";

    private string MarkOf(ScheduleSort sort) => sort != Sort ? "" : Descending ? " ↓" : " ↑";
}
