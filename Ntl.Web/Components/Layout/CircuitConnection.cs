using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Ntl.Web.Components.Layout;

/// <summary>
/// Whether the reader's browser is connected. What is sent to a browser that has gone is lost without an error for a minute, so live
/// pages drop the wait when the connection goes and send again, from the last point that the browser confirmed, when it is back.
/// </summary>
internal sealed class CircuitConnection : CircuitHandler, IDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _lost = new();

    /// <summary>Cancelled when the connection that exists now goes down.</summary>
    public CancellationToken Lost
    {
        get
        {
            lock (_gate)
            {
                return _lost.Token;
            }
        }
    }

    /// <summary>Completes while there is a connection.</summary>
    public Task WhenUpAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _up.Task.WaitAsync(cancellationToken);
        }
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _up.TrySetResult();
        }

        return Task.CompletedTask;
    }

    public override async Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        CancellationTokenSource lost;
        lock (_gate)
        {
            lost = _lost;
            _lost = new();
            _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await lost.CancelAsync();
        lost.Dispose();
    }

    public void Dispose() => _lost.Dispose();
}
