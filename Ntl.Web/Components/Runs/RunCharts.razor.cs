using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Domain.Metrics;
using Ntl.Web.Components.Charts;
using Ntl.Web.Components.Layout;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>
/// A run's curves. The browser fetches what is stored by itself (see <see cref="RunCurves"/>), the finer points of a zoomed part too; from where
/// it then stands, new points come through the circuit.
/// </summary>
public sealed partial class RunCharts
{
    // A browser that has not taken a message for this long gets it again, from the last one it confirmed.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, LiveSmoothing> _smoothing = new(StringComparer.Ordinal);
    private List<RunPanel> _panels = [];
    private ChartMark[] _marks = [];
    private StepPlaces? _places;
    private CancellationTokenSource _viewing = new();
    private RunView? _shown;
    private RunDetail? _seen;
    private bool _mustRender = true;
    private IJSObjectReference? _charts;

    [Inject]
    private ISeriesQueries Series { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    [Inject]
    private CircuitConnection Connection { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunDetail Detail { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunView View { get; set; } = null!;

    /// <summary>The reader zoomed, panned or went back to all.</summary>
    [Parameter]
    public EventCallback<ChartWindow?> WindowChanged { get; set; }

    /// <summary>The run changed; its points are on the charts already.</summary>
    [Parameter]
    public EventCallback<RunUpdate> Updated { get; set; }

    private string Group => Detail.Run.Id.Value;

    private string Curves => RunCurves.Address(Detail.Run.Id, View);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        // Not the view first: its loop would take that for another view, and begin again and again without letting anyone else in.
        await base.DisposeAsync();
        _viewing.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _panels = RunPanel.For(Detail.MetricKeys);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var before = _shown;
        _shown = View;
        // A run's figures change far more often than anything drawn here.
        var isOther = _seen is not { } seen || seen.Run.Status != Detail.Run.Status || seen.Events.Count != Detail.Events.Count;
        _seen = Detail;
        _mustRender |= before != View || isOther;
        if (isOther || before?.Axis != View.Axis)
        {
            PlaceMarks();
        }

        if (before is not null && (before.Axis != View.Axis || before.Smoothing != View.Smoothing))
        {
            // Other points: the loop below starts over with the new view.
            var old = _viewing;
            _viewing = new();
            await old.CancelAsync();
            old.Dispose();
        }
        else if (before is not null && before.Window != View.Window && _charts is not null)
        {
            await _charts.InvokeVoidAsync("show", Ended, Group, View.Window?.From, View.Window?.To);
        }
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => _mustRender;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        _mustRender = false;
        if (firstRender)
        {
            Follow(FollowRunAsync);
        }
    }

    private async Task FollowRunAsync(CancellationToken cancellationToken)
    {
        _charts = await Script.InvokeAsync<IJSObjectReference>("import", cancellationToken, $"./{Assets["lib/charts.js"]}");
        var isAgain = false;
        while (true)
        {
            await Connection.WhenUpAsync(cancellationToken);
            using var pass = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _viewing.Token);
            try
            {
                await LearnTimesAsync(pass.Token);
                _smoothing.Clear();
                var cursor = await _charts.InvokeAsync<string>("follow", pass.Token, Group, Curves, isAgain);
                await AppendAsync(SeriesCursor.Parse(cursor) ?? throw new InvalidOperationException($"The browser stands at '{cursor}', which is no cursor."), pass.Token);
                isAgain = true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another view was chosen.
                isAgain = false;
            }
        }
    }

    // When steps were done is known only from what was measured; marks are placed by it.
    private async Task LearnTimesAsync(CancellationToken cancellationToken)
    {
        if (View.Axis != SeriesAxis.Elapsed)
        {
            return;
        }

        var answer = await Series.QueryAsync(new() { Run = Detail.Run.Id, Keys = [MetricKeys.TrainLoss.Value], Axis = SeriesAxis.Elapsed }, cancellationToken);
        if (answer is not null)
        {
            _places!.Learn(answer.Series[0].Steps, answer.Series[0].X);
            PlaceMarks();
            Render();
        }
    }

    private async Task AppendAsync(SeriesCursor cursor, CancellationToken cancellationToken)
    {
        var keys = _panels.SelectMany(panel => panel.Keys).ToList();
        while (true)
        {
            using var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Connection.Lost);
            try
            {
                await foreach (var update in Feed.WatchAsync(Detail.Run.Id, keys, View.Axis, cursor, sending.Token))
                {
                    var more = RunPanel.More(_panels, update.NewKeys).ToList();
                    if (update.MustReload || more.Count > 0)
                    {
                        _panels.AddRange(more);
                        await Updated.InvokeAsync(update);
                        Render();
                        return;
                    }

                    await DrawAsync(update, cursor, sending.Token);
                    cursor = update.Cursor;
                    await Updated.InvokeAsync(update);
                }

                // The run has ended and all of it is drawn; only another view asks for more.
                await Task.Delay(Timeout.InfiniteTimeSpan, sending.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or JSException && !cancellationToken.IsCancellationRequested)
            {
                _smoothing.Clear(); // may be ahead of what the browser has
                await Connection.WhenUpAsync(cancellationToken);
            }
        }
    }

    private async Task DrawAsync(RunUpdate update, SeriesCursor before, CancellationToken cancellationToken)
    {
        var sent = new List<Task>();
        foreach (var panel in _panels)
        {
            var blocks = new List<ChartPoints>();
            foreach (var delta in update.Deltas)
            {
                var line = IndexOf(panel.Keys, delta.Key);
                if (line >= 0)
                {
                    var isSmoothed = View.Smoothing > 0 && panel.SmoothedKeys.Contains(delta.Key, StringComparer.Ordinal);
                    blocks.Add(new(
                        line,
                        delta.Steps,
                        View.Axis == SeriesAxis.Step ? null : delta.X,
                        delta.Values,
                        isSmoothed ? await SmoothAsync(delta, before[delta.Key], cancellationToken) : null,
                        TotalPoints: 0,
                        delta.RewindToStep));
                }
            }

            if (blocks.Count > 0)
            {
                sent.Add((await panel.Drawn.WaitAsync(cancellationToken)).AppendAsync(blocks));
            }
        }

        await Task.WhenAll(sent).WaitAsync(s_patience, cancellationToken);

        if (View.Axis == SeriesAxis.Elapsed && update.Deltas.FirstOrDefault(delta => string.Equals(delta.Key, MetricKeys.TrainLoss.Value, StringComparison.Ordinal)) is { } timed)
        {
            _places!.Learn(timed.Steps, timed.X);
        }
    }

    private async Task<double[]> SmoothAsync(SeriesDelta delta, SeriesPosition drawn, CancellationToken cancellationToken)
    {
        if (!_smoothing.TryGetValue(delta.Key, out var smoothing))
        {
            // Goes on from what the browser has, to the step.
            var answer = await Series.QueryAsync(
                new() { Run = Detail.Run.Id, Keys = [delta.Key], To = drawn.Step, MaxPoints = 0, Smoothing = View.Smoothing }, cancellationToken);
            smoothing = LiveSmoothing.After(answer!.Series[0], View.Smoothing, Detail.Spec.TotalSteps);
            _smoothing.Add(delta.Key, smoothing);
        }

        if (delta.RewindToStep is not null)
        {
            smoothing.Restart();
        }

        return smoothing.Next(delta.Steps, delta.Values);
    }

    private void PlaceMarks()
    {
        if (_places is null || _places.Axis != View.Axis)
        {
            _places = new(Detail.Spec, View.Axis);
        }

        _marks = [.. RunMarks.Of(Detail, _places)];
    }

    private void Render()
    {
        _mustRender = true;
        StateHasChanged();
    }

    private static int IndexOf(IReadOnlyList<string> keys, string key)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (string.Equals(keys[i], key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
