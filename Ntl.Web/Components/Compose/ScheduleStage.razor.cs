using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Web.Components.Layout;

namespace Ntl.Web.Components.Compose;

/// <summary>The curve with its handles over the time line of phases. The browser draws it and keeps all inside its box (wwwroot-assets/src/composer).</summary>
public sealed partial class ScheduleStage : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _ended;
    private ElementReference _host;
    private DotNetObjectReference<ScheduleStage>? _self;
    private IJSObjectReference? _stage;

    public ScheduleStage() => _ended = _ending.Token;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <summary>What to draw first.</summary>
    [Parameter, EditorRequired]
    public Func<object> Model { get; set; } = null!;

    /// <summary>A hand moved something: what, whether it has let go, and whether it goes on with the last move.</summary>
    [Parameter]
    public EventCallback<(StageGesture Gesture, bool IsFinal, bool GoesOn)> Moved { get; set; }

    /// <summary>Draws the schedule as it is now. Does nothing before the stage stands: it then begins with it.</summary>
    public async Task ShowAsync()
    {
        if (_stage is not null)
        {
            await _stage.InvokeVoidAsync("show", _ended, Model());
        }
    }

    /// <summary>Moves the focus to the selected phase.</summary>
    public async Task FocusPhaseAsync()
    {
        if (_stage is not null)
        {
            await _stage.InvokeVoidAsync("focusPhase", _ended);
        }
    }

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task OnGestureAsync(StageGesture gesture, bool isFinal, bool goesOn) => Moved.InvokeAsync((gesture, isFinal, goesOn));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_stage is not null)
        {
            var stage = _stage;
            await ReaderGone.LeaveAsync(async () =>
            {
                await stage.InvokeVoidAsync("dispose");
                await stage.DisposeAsync();
            });
        }

        _self?.Dispose();
        _ending.Dispose();
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => false;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        try
        {
            var module = await Script.InvokeAsync<IJSObjectReference>("import", _ended, $"./{Assets["lib/composer.js"]}");
            _stage = await module.InvokeAsync<IJSObjectReference>("create", _ended, _host, _self);
            await ShowAsync();
        }
        catch (Exception exception) when (ReaderGone.Explains(exception))
        {
            // The reader has gone.
        }
    }
}
