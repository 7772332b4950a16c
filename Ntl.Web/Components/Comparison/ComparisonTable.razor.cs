using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Comparison;

namespace Ntl.Web.Components.Comparison;

/// <summary>The lines of a comparison with their figures: a row a run, or a row a group with its runs behind a press on its name.</summary>
public sealed partial class ComparisonTable
{
    private static readonly string?[] s_dashes = [null, "6 3", "2 3", "8 2 2 2"];

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    [Parameter, EditorRequired]
    public IReadOnlyList<ComparisonLine> Lines { get; set; } = [];

    [Parameter, EditorRequired]
    public ComparisonView View { get; set; } = null!;

    /// <summary>Last smoothed training losses by run; empty until they are read.</summary>
    [Parameter]
    public IReadOnlyDictionary<RunId, double> Smoothed { get; set; } = new Dictionary<RunId, double>();

    [Parameter]
    public EventCallback<string> SortChanged { get; set; }

    [Parameter]
    public EventCallback<string?> HighlightChanged { get; set; }

    [Parameter]
    public EventCallback<string?> BaseChanged { get; set; }

    [Parameter]
    public EventCallback<ComparisonLine> Removed { get; set; }

    // Lines without the figure come last, whichever way the others are sorted.
    private IEnumerable<ComparisonLine> Ordered()
    {
        if (ComparisonColumn.All.FirstOrDefault(column => string.Equals(column.Id, View.Sort, StringComparison.Ordinal)) is not { } column)
        {
            return Lines;
        }

        var known = Lines.Select(line => (Line: line, Value: column.Summary(line, Smoothed).Mean)).OrderBy(own => double.IsNaN(own.Value));
        return (View.Descending ? known.ThenByDescending(own => own.Value) : known.ThenBy(own => own.Value)).Select(own => own.Line);
    }

    private static string StatusesOf(ComparisonLine line) =>
        string.Join(", ", line.Runs.CountBy(run => run.Row.Status).OrderByDescending(own => own.Value).Select(own => own.Value == line.Runs.Count ? $"{own.Key}" : $"{own.Value} {own.Key}"));

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";

    private string? SortOf(string column) => !string.Equals(column, View.Sort, StringComparison.Ordinal) ? null : View.Descending ? "descending" : "ascending";

    private string MarkOf(string column) => !string.Equals(column, View.Sort, StringComparison.Ordinal) ? "" : View.Descending ? " ↓" : " ↑";

    private void Toggle(string line)
    {
        if (!_open.Remove(line))
        {
            _open.Add(line);
        }
    }
}
