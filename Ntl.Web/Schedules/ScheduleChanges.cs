using System.Runtime.CompilerServices;
using Ntl.Web.Live;

namespace Ntl.Web.Schedules;

/// <summary>Wakes those who look at schedules when one has changed.</summary>
internal sealed class ScheduleChanges
{
    private readonly Lock _gate = new();
    private readonly List<(string? Id, Bell Bell)> _watchers = [];

    /// <summary>Tells that a committed change is there to be read.</summary>
    public void Publish(string id)
    {
        using (_gate.EnterScope())
        {
            foreach (var (watched, bell) in _watchers)
            {
                if (watched is null || string.Equals(watched, id, StringComparison.Ordinal))
                {
                    bell.Ring();
                }
            }
        }
    }

    public async IAsyncEnumerable<bool> WatchAsync(string? id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bell = new Bell(Remove);
        using (_gate.EnterScope())
        {
            _watchers.Add((id, bell));
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            await bell.WaitAsync(cancellationToken);
            yield return true;
        }
    }

    private void Remove(Bell bell)
    {
        using (_gate.EnterScope())
        {
            _watchers.RemoveAll(watcher => watcher.Bell == bell);
        }
    }
}
