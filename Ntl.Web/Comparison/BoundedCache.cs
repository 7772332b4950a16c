namespace Ntl.Web.Comparison;

/// <summary>What was made before, up to a weight in all: what has not been asked for the longest goes first. For any number of threads.</summary>
/// <param name="mostWeight">The sum of the weights kept, in the unit of <see cref="Keep"/>.</param>
internal sealed class BoundedCache<TKey, TValue>(long mostWeight)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new(); // the last asked for first
    private long _weight;

    /// <summary>What is kept under a key; null for nothing.</summary>
    public TValue? Find(TKey key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Value;
        }
    }

    /// <summary>Keeps a value in the place of what the key had; one that is too heavy by itself is not kept.</summary>
    public void Keep(TKey key, TValue value, long weight)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var old))
            {
                Drop(old);
            }

            if (weight > mostWeight)
            {
                return;
            }

            _entries.Add(key, _byUse.AddFirst(new Entry(key, value, weight)));
            _weight += weight;
            while (_weight > mostWeight)
            {
                Drop(_byUse.Last!);
            }
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
        _weight -= node.Value.Weight;
    }

    private sealed record Entry(TKey Key, TValue Value, long Weight);
}
