using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Layout;

/// <summary>A component that follows something while it is on the page. Its loops end with it, and its disposal awaits them.</summary>
public abstract class LivePage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _loops = [];

    /// <summary>Cancelled when the component leaves the page.</summary>
    protected CancellationToken Ended => _ending.Token;

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
            await loop(_ending.Token);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The component has left the page.
        }
        catch (Exception exception) when (!_ending.IsCancellationRequested)
        {
            // Shown by the nearest error boundary, which can start the component again.
            await DispatchExceptionAsync(exception);
        }
    }
}
