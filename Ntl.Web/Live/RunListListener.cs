using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <summary>One follower of the list of runs.</summary>
public sealed class RunListListener : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, RunRow> _changed = [];
    private readonly Bell _bell;

    public RunListListener(Action<RunListListener> onDispose) => _bell = new Bell(_ => onDispose(this));

    public void Add(IReadOnlyList<RunRow> rows)
    {
        using (_gate.EnterScope())
        {
            foreach (var row in rows)
            {
                _changed[row.Id] = row;
            }
        }

        _bell.Ring();
    }

    /// <summary>Waits for changes and takes all of them.</summary>
    public async Task<IReadOnlyList<RunRow>> TakeAsync(CancellationToken cancellationToken)
    {
        await _bell.WaitAsync(cancellationToken);
        using (_gate.EnterScope())
        {
            List<RunRow> taken = [.. _changed.Values];
            _changed.Clear();
            return taken;
        }
    }

    public void Dispose() => _bell.Dispose();
}
