using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Comparison;

namespace Ntl.Web.Components.Comparison;

/// <summary>The lines of a comparison with their figures: a row a run, or a row a group with its runs behind a press on its name.</summary>
public sealed partial class ComparisonTable
{
    private static readonly string?[] s_dashes = [null, "6 3", "2 3", "8 2 2 2"];

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private (IReadOnlyList<ComparisonLine> Lines, IReadOnlyDictionary<RunId, double> Smoothed, bool IsGrouped, string? Sort, bool Descending, string? Base, string? Highlight, int MostRows) _shown;
    private bool _isStale;

    [Parameter, EditorRequired]
    public IReadOnlyList<ComparisonLine> Lines { get; set; } = [];

    [Parameter, EditorRequired]
    public ComparisonView View { get; set; } = null!;

    /// <summary>Last smoothed training losses by run; empty until they are read.</summary>
    [Parameter]
    public IReadOnlyDictionary<RunId, double> Smoothed { get; set; } = new Dictionary<RunId, double>();

    /// <summary>The first so many lines have rows; the table says how many are still to come.</summary>
    [Parameter]
    public int MostRows { get; set; } = int.MaxValue;

    [Parameter]
    public EventCallback<string> SortChanged { get; set; }

    [Parameter]
    public EventCallback<string?> HighlightChanged { get; set; }

    [Parameter]
    public EventCallback<string?> BaseChanged { get; set; }

    [Parameter]
    public EventCallback<ComparisonLine> Removed { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var now = (Lines, Smoothed, View.IsGrouped, View.Sort, View.Descending, View.Base, View.Highlight, MostRows);
        _isStale |= !now.Equals(_shown);
        _shown = now;
    }

    /// <summary>Hundreds of rows are rendered again only when one of them may differ.</summary>
    protected override bool ShouldRender()
    {
        var isStale = _isStale;
        _isStale = false;
        return isStale;
    }

    // Lines without the figure come last, whichever way the others are sorted.
    private IEnumerable<ComparisonLine> Ordered()
    {
        if (ComparisonColumn.All.FirstOrDefault(column => string.Equals(column.Id, View.Sort, StringComparison.Ordinal)) is not { } column)
        {
            return Lines;
        }

        var known = Lines.Select(line => (Line: line, Value: column.SortKey(line, Smoothed))).OrderBy(own => double.IsNaN(own.Value));
        return (View.Descending ? known.ThenByDescending(own => own.Value) : known.ThenBy(own => own.Value)).Select(own => own.Line);
    }

    private static string StatusesOf(ComparisonLine line) =>
        string.Join(", ", line.Runs.CountBy(run => run.Row.Status).OrderByDescending(own => own.Value).Select(own => own.Value == line.Runs.Count ? $"{own.Key}" : $"{own.Value} {own.Key}"));

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";

    private string? SortOf(string column) => !string.Equals(column, View.Sort, StringComparison.Ordinal) ? null : View.Descending ? "descending" : "ascending";

    private string MarkOf(string column) => !string.Equals(column, View.Sort, StringComparison.Ordinal) ? "" : View.Descending ? " ↓" : " ↑";

    private void Toggle(string line)
    {
        _isStale = true;
        if (!_open.Remove(line))
        {
            _open.Add(line);
        }
    }
}
