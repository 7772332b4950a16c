using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Comparison;
using Ntl.Web.Components.Charts;
using Ntl.Web.Components.Layout;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Comparison;

/// <summary>
/// The charts of a comparison. The browser fetches them with their lines by itself (see <see cref="ComparisonStream"/>); what the runs measure
/// from then on comes through the circuit, of the lines that it changes only.
/// </summary>
public sealed partial class ComparisonCharts
{
    /// <summary>The charts' name for zoom, cursor and the line in front.</summary>
    public const string Group = "comparison";

    private static readonly string s_wide = MetricKeys.TrainLoss.Value;

    // New points are gathered for so long: at most twice a second for runs, once for groups, whose whole line may change.
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_groupPace = TimeSpan.FromSeconds(1);

    // By title; one that is not there yet is no error.
    private readonly Dictionary<string, TimeSeriesChart?> _charts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Line, string Key), long> _sent = [];
    private readonly Dictionary<(string Line, string Panel), string> _labels = [];
    private CancellationTokenSource _viewing = new();
    private IJSObjectReference? _module;
    private ComparisonView? _shown;
    private string? _followed;
    private string? _pinned;
    private bool _isReading;
    private bool _hasFailed;

    [Inject]
    private IComparisons Comparisons { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    [Inject]
    private CircuitConnection Connection { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public ComparisonDrawing Drawing { get; set; } = null!;

    [Parameter, EditorRequired]
    public ComparisonView View { get; set; } = null!;

    [Parameter]
    public EventCallback<ChartWindow?> WindowChanged { get; set; }

    /// <summary>Some of the runs changed; what they measured is on the charts already.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<RunRow>> Updated { get; set; }

    private string Curves => ComparisonStream.Address(View);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _viewing.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var before = _shown;
        _shown = View;
        if (before is null || _module is null)
        {
            return;
        }

        if (!string.Equals(_followed, Curves, StringComparison.Ordinal))
        {
            await RestartAsync();
        }
        else if (before.Window != View.Window)
        {
            await _module.InvokeVoidAsync("show", Ended, Group, View.Window?.From, View.Window?.To);
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Follow(FollowAsync);
        }
    }

    private async Task RestartAsync()
    {
        var old = _viewing;
        _viewing = new();
        await old.CancelAsync();
        old.Dispose();
    }

    private async Task RetryAsync()
    {
        _followed = null;
        await RestartAsync();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        _module = await Script.InvokeAsync<IJSObjectReference>("import", cancellationToken, $"./{Assets["lib/charts.js"]}");
        var isAgain = false;
        while (true)
        {
            await Connection.WhenUpAsync(cancellationToken);
            using var pass = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _viewing.Token);
            try
            {
                await AppendAsync(await ReadAsync(isAgain, pass.Token), pass.Token);
                isAgain = true; // a run went back behind what is drawn
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another view was chosen; or the browser was away for so long that it is not known what it has.
                isAgain = !pass.IsCancellationRequested || _followed is null;
            }
            catch (JSException) when (!cancellationToken.IsCancellationRequested)
            {
                (_hasFailed, _isReading) = (true, false);
                StateHasChanged();
                await Task.Delay(Timeout.InfiniteTimeSpan, pass.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                isAgain = true;
            }
        }
    }

    // What the runs had done when their points were read.
    private async Task<Dictionary<RunId, (int Attempts, long StepsDone)>> ReadAsync(bool isAgain, CancellationToken cancellationToken)
    {
        (_isReading, _hasFailed) = (true, false);
        _followed = Curves;
        StateHasChanged();
        if (!string.Equals(_pinned, View.Highlight, StringComparison.Ordinal))
        {
            _pinned = View.Highlight;
            await _module!.InvokeVoidAsync("pin", cancellationToken, Group, _pinned);
        }

        _sent.Clear();
        if (!isAgain)
        {
            _labels.Clear();
        }

        var cursor = await _module!.InvokeAsync<string>("follow", cancellationToken, Group, _followed, isAgain);
        _isReading = false;
        StateHasChanged();
        return ComparisonStream.ReadCursor(cursor);
    }

    // Ends when a run has gone back behind what is drawn, or a group's n is another, so that all must be read anew.
    private async Task AppendAsync(Dictionary<RunId, (int Attempts, long StepsDone)> drawn, CancellationToken cancellationToken)
    {
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var batches = Feed.WatchRunsAsync(listening.Token).GetAsyncEnumerator(listening.Token);
        // Listening begins before the rows are read, so that nothing falls between the two.
        var next = batches.MoveNextAsync().AsTask();
        try
        {
            var batch = await Comparisons.ReadRowsAsync(drawn.Keys, cancellationToken);
            while (await TakeAsync(batch, drawn, cancellationToken) && await next)
            {
                batch = batches.Current;
                next = batches.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The listener must be at rest before it is disposed of.
            await listening.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<bool> TakeAsync(IReadOnlyList<RunRow> batch, Dictionary<RunId, (int Attempts, long StepsDone)> drawn, CancellationToken cancellationToken)
    {
        List<RunRow> rows = [.. batch.Where(row => drawn.ContainsKey(row.Id))];
        if (rows.Count == 0)
        {
            return true;
        }

        var goesBack = rows.Exists(row => row.StepsDone < drawn[row.Id].StepsDone || (drawn[row.Id].Attempts is > 0 and var attempts && row.AttemptCount != attempts));
        var grown = rows.Where(row => row.StepsDone != drawn[row.Id].StepsDone).ToDictionary(row => row.Id, row => drawn[row.Id].StepsDone);
        rows.ForEach(row => drawn[row.Id] = (row.AttemptCount, row.StepsDone));
        var isDrawn = !goesBack && (grown.Count == 0 || await DrawAsync(grown, cancellationToken));
        await Updated.InvokeAsync(rows);
        if (grown.Count > 0)
        {
            await Task.Delay(View.IsGrouped ? s_groupPace : s_pace, Clock, cancellationToken);
        }

        return isDrawn;
    }

    // False when a group's n has changed, which its line's name tells.
    private async Task<bool> DrawAsync(Dictionary<RunId, long> grown, CancellationToken cancellationToken)
    {
        var appends = View is { IsGrouped: false, XMetric: null, Base: null };
        var changed = Drawing.Lines.Where(line => View.Base is not null || line.RunIds.Any(grown.ContainsKey)).Select(line => line.Id).ToHashSet(StringComparer.Ordinal);
        var isNamed = true;
        await foreach (var panel in Drawing.DrawAllAsync(cancellationToken, appends ? changed : null, appends))
        {
            if (!_charts.TryGetValue(panel.Panel.Title, out var chart) || chart is null)
            {
                continue;
            }

            List<DrawnCurve> curves = [.. panel.Curves.Where(curve => changed.Contains(curve.Line.Id))];
            var unnamed = curves.Count(curve => !IsNamed(curve, panel));
            isNamed &= unnamed == 0 || !View.IsGrouped;
            await (appends
                ? chart.AppendAsync([.. curves.Select(curve => Newer(panel.Panel, curve, grown)).OfType<ChartPoints>()])
                : chart.ReplaceAsync(ComparisonStream.PointsOf(panel, curves)));
        }

        return isNamed;
    }

    // What the browser calls a line is known only once it has been asked for again under that name.
    private bool IsNamed(DrawnCurve curve, DrawnPanel panel)
    {
        var place = (curve.Line.Id, panel.Panel.Title);
        var isSame = _labels.TryGetValue(place, out var known) && string.Equals(known, curve.Label, StringComparison.Ordinal);
        _labels[place] = curve.Label;
        return isSame;
    }

    // Points after those that the browser has; what it has already, it passes over.
    private ChartPoints? Newer(ComparisonPanel panel, DrawnCurve curve, Dictionary<RunId, long> before)
    {
        var sent = _sent.TryGetValue((curve.Line.Id, panel.Key), out var last) ? last : before[curve.Line.Runs[0].Id] - 2;
        var first = Array.FindIndex(curve.Steps, step => step > sent);
        if (first < 0)
        {
            return null;
        }

        _sent[(curve.Line.Id, panel.Key)] = curve.Steps[^1];
        var line = Drawing.Lines.Where(own => panel.Facet is null || string.Equals(own.Panel, panel.Facet, StringComparison.Ordinal)).Index().First(own => string.Equals(own.Item.Id, curve.Line.Id, StringComparison.Ordinal)).Index;
        return new(line, curve.Steps[first..], curve.X[first..], curve.Y[first..], curve.Smoothed?[first..], 0);
    }
}
