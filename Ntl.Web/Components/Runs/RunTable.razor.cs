using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>Runs in rows. Sorting is asked for, not done: the rows come in the order they are shown.</summary>
public sealed partial class RunTable
{
    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<RunRow> Rows { get; set; } = [];

    /// <summary>What the table lists, for those who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    [Parameter]
    public RunSort? Sort { get; set; }

    [Parameter]
    public bool Descending { get; set; }

    /// <summary>A column's head was pressed. Without a listener the heads are plain text.</summary>
    [Parameter]
    public EventCallback<RunSort> SortChanged { get; set; }

    /// <summary>Runs that are ticked.</summary>
    [Parameter]
    public IReadOnlyCollection<RunId> Ticked { get; set; } = [];

    /// <summary>A row's box was ticked or cleared. Without a listener there are no boxes.</summary>
    [Parameter]
    public EventCallback<RunId> TickChanged { get; set; }

    private string? SortOf(RunColumn column) => column.Sort is null || column.Sort != Sort ? null : Descending ? "descending" : "ascending";

    private static string? ClassOf(RunColumn column, RunRow run) => column.IsMuted?.Invoke(run) == true ? $"{column.Class} muted" : column.Class;

    private string MarkOf(RunColumn column) => column.Sort != Sort ? "" : Descending ? " ↓" : " ↑";
}
