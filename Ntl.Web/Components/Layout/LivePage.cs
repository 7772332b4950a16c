using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Ntl.Web.Components.Layout;

/// <summary>A component that follows something while it is on the page. Its loops end with it, and its disposal awaits them.</summary>
public abstract class LivePage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _loops = [];

    protected LivePage() => Ended = _ending.Token;

    /// <summary>Cancelled when the component leaves the page; may be asked for afterwards.</summary>
    protected CancellationToken Ended { get; }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_loops);
        _ending.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a loop on the renderer's context. Does nothing while the page is only being drawn for its first response.</summary>
    protected void Follow(Func<CancellationToken, Task> loop)
    {
        if (RendererInfo.IsInteractive)
        {
            _loops.Add(RunAsync(loop));
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> loop)
    {
        try
        {
            await loop(Ended);
        }
        catch (Exception exception) when (exception is JSDisconnectedException || (Ended.IsCancellationRequested && (ReaderGone.Explains(exception) || exception is JSException)))
        {
            // The component has left the page, or its reader has.
        }
        catch (Exception exception) when (!Ended.IsCancellationRequested)
        {
            // Shown by the nearest error boundary, which can start the component again.
            await DispatchExceptionAsync(exception);
        }
    }
}
