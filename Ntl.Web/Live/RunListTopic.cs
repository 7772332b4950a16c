using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <summary>Those who follow the list of runs, each with the rows that changed since it last looked: the newest state of each, so never more than there are runs.</summary>
public sealed class RunListTopic
{
    private readonly Lock _gate = new();
    private readonly List<RunListListener> _listeners = [];

    public RunListListener Listen()
    {
        var listener = new RunListListener(gone =>
        {
            using (_gate.EnterScope())
            {
                _listeners.Remove(gone);
            }
        });
        using (_gate.EnterScope())
        {
            _listeners.Add(listener);
        }

        return listener;
    }

    public void Publish(IReadOnlyList<RunRow> rows)
    {
        using (_gate.EnterScope())
        {
            foreach (var listener in _listeners)
            {
                listener.Add(rows);
            }
        }
    }
}
