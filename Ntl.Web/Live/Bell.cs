using System.Threading.Channels;

namespace Ntl.Web.Live;

/// <summary>Wakes one waiter; rung many times before it looks, it wakes it once.</summary>
public sealed class Bell(Action<Bell> onDispose) : IDisposable
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rung.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _rung.Reader.ReadAsync(cancellationToken);

    /// <summary>Forgets rings up to now: the caller is about to look.</summary>
    public void Clear() => _rung.Reader.TryRead(out _);

    public void Dispose() => onDispose(this);
}
