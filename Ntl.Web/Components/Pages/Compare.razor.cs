using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Runs;
using Ntl.Web.Comparison;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Layout;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Pages;

/// <summary>Any set of runs, overlaid, grouped and distinguished by colour and dashes; the URL says which and how.</summary>
public sealed partial class Compare
{
    private const int FirstRows = 25;

    // The charts come first; then the table's last column, which needs every point.
    private static readonly TimeSpan s_chartsFirst = TimeSpan.FromSeconds(1);

    // Building rows takes a browser as long as drawing a chart: those of another grouping come after its charts, which readers look at first.
    private static readonly TimeSpan s_rowsAfter = TimeSpan.FromMilliseconds(400);

    private ComparisonView _view = new();
    private ComparisonView _rowsView = new();
    private int _mostRows = FirstRows;
    private int _redraws;
    private ComparisonSet _set = ComparisonSet.Empty;
    private ComparisonDrawing? _drawing;
    private IReadOnlyList<ComparisonLine> _lines = [];
    private IReadOnlyList<string> _keys = [];
    private IReadOnlyCollection<string> _taken = [];
    private IReadOnlyDictionary<RunId, double> _smoothed = new Dictionary<RunId, double>();
    private bool _isSmoothedStale;
    private PageUrl _url = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IComparisons Comparisons { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string ExportAddress => QueryHelpers.AddQueryString("/compare/export.html", _view.ToQuery());

    private string PointsAddress => QueryHelpers.AddQueryString("/api/v1/compare/points.csv", _view.ToQuery());

    private string Sum
    {
        get
        {
            var shown = _set.Runs.Count == 1 ? "1 run" : $"{Format.Count(_set.Runs.Count)} runs";
            var of = _view.Selection switch
            {
                { Runs.Count: > 0 } => "",
                { Experiment: { } experiment } => $" of experiment {experiment}",
                { Schedule: { } schedule } => $" of schedule {schedule}",
                { Search: { } search } => $" that match “{search}”",
                _ => "",
            };
            return _view.Selection.IsEmpty ? "Runs" : _set.Runs.Count < _set.Total && _view.Selection.Runs.Count == 0 ? $"The newest {Format.Count(_set.Runs.Count)} of {Format.Count(_set.Total)} runs{of}" : shown + of;
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        Follow(ReadSmoothedAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query)
        {
            _view = ComparisonView.FromQuery(query);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var view = _view;
        var set = await Comparisons.FindAsync(view.Selection, Ended);
        if (ReferenceEquals(view.Selection, _view.Selection)) // else something else was chosen meanwhile
        {
            _set = set;
            (_keys, _taken) = (set.Keys, [.. set.Runs.Select(run => run.Id.Value)]);
            Draw();
        }
    }

    private void Draw()
    {
        _drawing = new(Comparisons, _set, _view);
        ShowRows();
    }

    private void ShowRows() => (_lines, _rowsView) = (_drawing!.Lines, _view);

    private async Task SelectAsync(ComparisonSelection selection)
    {
        _view = _view with { Selection = selection, Window = null, Base = null, Highlight = null };
        Write();
        await LoadAsync();
    }

    private async Task ShowAsync(ComparisonView view)
    {
        _view = view;
        Write();
        _drawing = new(Comparisons, _set, _view);
        if (_drawing.Lines.Select(LookOf).SequenceEqual(_lines.Select(LookOf)))
        {
            _rowsView = view; // the rows stay, with what their runs have done since
            return;
        }

        await Task.Delay(s_rowsAfter, Clock, Ended);
        if (ReferenceEquals(_view, view)) // else what was chosen since shows its own rows
        {
            ShowRows();
            await ShowFirstRowsAsync();
        }

        static (string, string, int, int) LookOf(ComparisonLine line) => (line.Id, line.Label, line.Color, line.Dash);
    }

    // Rows are many and far below the charts: the first few at once, the others when the charts are drawn.
    private async Task ShowFirstRowsAsync()
    {
        var redraw = ++_redraws;
        _mostRows = FirstRows;
        StateHasChanged();
        await Task.Delay(s_chartsFirst, Clock, Ended);
        if (redraw == _redraws)
        {
            _mostRows = int.MaxValue;
        }
    }

    private void Write() => _url.Write("/compare", _view.ToQuery());

    private Task AddAsync(string id) => SelectAsync(new() { Runs = [.. _taken, id] });

    private Task RemoveAsync(ComparisonLine line)
    {
        var gone = line.RunIds.Select(id => id.Value).ToHashSet(StringComparer.Ordinal);
        return SelectAsync(new() { Runs = [.. _taken.Where(id => !gone.Contains(id))] });
    }

    private Task SortAsync(string column) => ShowAsync(_view with { Sort = column, Descending = string.Equals(column, _view.Sort, StringComparison.Ordinal) && !_view.Descending });

    // Rows move; the drawing, which knows the lines, stays. The set keeps them too: another grouping is made from it.
    private void Take(IReadOnlyList<RunRow> rows)
    {
        var changed = rows.ToDictionary(row => row.Id);
        _set = _set with { Runs = [.. _set.Runs.Select(run => changed.TryGetValue(run.Id, out var row) ? run with { Row = row } : run)] };
        _lines = [.. _lines.Select(line => line with { Runs = [.. line.Runs.Select(run => changed.TryGetValue(run.Id, out var row) ? run with { Row = row } : run)] })];
        _isSmoothedStale = true;
        StateHasChanged();
    }

    private async Task ReadSmoothedAsync(CancellationToken cancellationToken)
    {
        // The figure depends on the runs and on how strongly they are smoothed, not on how they are grouped.
        (ComparisonSet? Set, double Smoothing) read = default;
        await Task.Delay(s_chartsFirst, Clock, cancellationToken);
        _mostRows = int.MaxValue;
        StateHasChanged();
        for (; ; await Task.Delay(s_chartsFirst, Clock, cancellationToken))
        {
            if (_drawing is { } drawing && drawing.Set.Runs.Count > 0 && (_isSmoothedStale || !ReferenceEquals(drawing.Set, read.Set) || _view.Smoothing != read.Smoothing))
            {
                _isSmoothedStale = false;
                read = (drawing.Set, _view.Smoothing);
                _smoothed = await drawing.ReadSmoothedLossAsync(cancellationToken);
                StateHasChanged();
            }
        }
    }
}
