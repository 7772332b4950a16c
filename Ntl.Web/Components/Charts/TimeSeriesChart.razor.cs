using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Web.Components.Layout;
using Ntl.Web.Live;

namespace Ntl.Web.Components.Charts;

/// <summary>
/// Lines over a run's course. Built once in the browser; after that only points travel, as bytes, and the reader's zoom, hidden
/// lines and cursor are never touched by them.
/// </summary>
public sealed partial class TimeSeriesChart : IAsyncDisposable
{
    private static readonly Tool[] s_tools =
    [
        new("fit", "fit", "Show all of", "Show all (0)"),
        new("table", "table", "Latest values of", "Latest values as a table"),
        new("image", "image", "Save a picture of", "Save as PNG"),
        new("vector", "vector", "Save a vector picture of", "Save as SVG"),
        new("numbers", "download", "Save the points of", "Save the points shown as CSV"),
    ];

    private readonly TaskCompletionSource<IJSObjectReference> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _ended;
    private ElementReference _host;
    private DotNetObjectReference<TimeSeriesChart>? _self;
    private Shape? _sent;

    public TimeSeriesChart() => _ended = _ending.Token;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <summary>What the lines measure.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Unit of the y axis; null for a bare number.</summary>
    [Parameter]
    public string? Unit { get; set; }

    /// <summary>Null when lines and marks come with the points, past the circuit.</summary>
    /// <summary>Title of the value axis, with the unit; null for the chart's title in small letters with its unit.</summary>
    [Parameter]
    public string? AxisTitle { get; set; }

    /// <summary>Whether the values are learning rates.</summary>
    [Parameter]
    public bool IsRate { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<ChartLine>? Lines { get; set; } = [];

    [Parameter]
    public IReadOnlyList<ChartMark> Marks { get; set; } = [];

    [Parameter]
    public SeriesAxis Axis { get; set; }

    [Parameter]
    public bool LogY { get; set; }

    /// <summary>The x axis by the name that the chart module uses; null for that of <see cref="Axis"/>.</summary>
    [Parameter]
    public string? AxisName { get; set; }

    [Parameter]
    public bool LogX { get; set; }

    /// <summary>Whether the y axis reaches down to zero.</summary>
    [Parameter]
    public bool FromZero { get; set; }

    /// <summary>Ends of the x axis that are shown even before points reach them.</summary>
    [Parameter]
    public ChartWindow? Extent { get; set; }

    /// <summary>The part shown first; null shows all. Later the reader chooses.</summary>
    [Parameter]
    public ChartWindow? Window { get; set; }

    /// <summary>The reader zoomed, panned, or went back to all. Charts of the group have followed already.</summary>
    [Parameter]
    public EventCallback<ChartWindow?> WindowChanged { get; set; }

    /// <summary>Charts of one group share zoom and cursor.</summary>
    [Parameter]
    public string? Group { get; set; }

    /// <summary>In CSS pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 240;

    /// <summary>What an empty chart says.</summary>
    [Parameter]
    public string EmptyText { get; set; } = "No points yet.";

    /// <summary>Name of saved pictures and tables, without extension.</summary>
    [Parameter]
    public string? FileName { get; set; }

    /// <summary>Puts these points in place of what is drawn. Completes when the browser has them.</summary>
    public Task ReplaceAsync(IReadOnlyList<ChartPoints> lines) => SendAsync("replace", ChartFrame.Encode(lines));

    /// <summary>Adds points after those drawn. The browser skips points that it already has, so sending again after a lost connection is safe.</summary>
    public Task AppendAsync(IReadOnlyList<ChartPoints> lines) => SendAsync("append", ChartFrame.Encode(lines));

    /// <summary>Called by the browser when the reader has chosen another window.</summary>
    [JSInvokable]
    public Task OnWindowChangedAsync(double? from, double? to) =>
        WindowChanged.InvokeAsync(from is { } low && to is { } high ? new ChartWindow(low, high) : null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_ready.Task.IsCompletedSuccessfully)
        {
            await ReaderGone.LeaveAsync(async () =>
            {
                var chart = await _ready.Task;
                await chart.InvokeVoidAsync("dispose");
                await chart.DisposeAsync();
            });
        }

        _self?.Dispose();
        _ending.Dispose();
    }

    /// <summary>Points change far more often than the frame around them; only the frame is ever rendered again.</summary>
    protected override bool ShouldRender() => _sent is null || !_sent.Equals(ShapeNow());

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            await DrawAsync(firstRender);
        }
        catch (Exception exception) when (ReaderGone.Explains(exception))
        {
            // Nobody waits for the chart.
        }
    }

    private async Task DrawAsync(bool firstRender)
    {
        var shape = ShapeNow();
        if (firstRender)
        {
            _sent = shape;
            _self = DotNetObjectReference.Create(this);
            var module = await Script.InvokeAsync<IJSObjectReference>("import", _ended, $"./{Assets["lib/charts.js"]}");
            _ready.SetResult(await module.InvokeAsync<IJSObjectReference>("create", _ended, _host, shape, _self));
            shape = ShapeNow();
        }

        if (_ready.Task.IsCompletedSuccessfully)
        {
            await ConfigureAsync(await _ready.Task, shape);
        }
    }

    // Other lines begin without points, so that they come before the points: a page sends those before the chart itself is told that it was rendered.
    private async Task ConfigureAsync(IJSObjectReference chart, Shape shape)
    {
        if (_sent is { } sent && !sent.Equals(shape))
        {
            _sent = shape;
            await chart.InvokeVoidAsync("configure", _ended, shape.ChangesFrom(sent));
        }
    }

    private async Task SendAsync(string method, byte[] frame)
    {
        var chart = await _ready.Task.WaitAsync(_ended);
        await ConfigureAsync(chart, ShapeNow());
        await chart.InvokeVoidAsync(method, _ended, frame);
    }

    private Shape ShapeNow() => Shape.Of(this);

    // For the first response: a chart of a group is drawn from it, before the circuit stands.
    private string? EarlyOptions => RendererInfo.IsInteractive || Group is null ? null : JsonSerializer.Serialize(ShapeNow(), JsonSerializerOptions.Web);

    private sealed record Tool(string Action, string Icon, string Label, string Hint)
    {
        public string LabelFor(string title) => $"{Label} {title}";
    }
}
