using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <summary>The recent past of one run: the newest points and events, bounded, oldest dropped first.</summary>
public sealed class RunTopic
{
    private const int MostPoints = 20_000;
    private const int MostEvents = 200;

    private readonly Lock _gate = new();
    private readonly List<Bell> _bells = [];
    private readonly Queue<RecentPoints> _points = new();
    private readonly Queue<RunEventRow> _events = new();

    // Up to where a key's points are no longer, or never were, in the window.
    private readonly Dictionary<string, SeriesPosition> _floors = new(StringComparer.Ordinal);
    private long _eventFloor = long.MaxValue;
    private long _pointCount;
    private RunRow? _row;

    public Bell Listen()
    {
        var bell = new Bell(gone =>
        {
            using (_gate.EnterScope())
            {
                _bells.Remove(gone);
            }
        });
        using (_gate.EnterScope())
        {
            _bells.Add(bell);
        }

        return bell;
    }

    public void Set(RunRow row)
    {
        using (_gate.EnterScope())
        {
            _row = row;
            if (row.Status.IsFinal())
            {
                // No more will come: whoever looks from now on reads the store, and a server that runs for months keeps no ended runs in memory.
                DropOldest(mostPoints: 0, mostEvents: 0);
            }

            Ring();
        }
    }

    public void Add(StoredReading stored)
    {
        using (_gate.EnterScope())
        {
            foreach (var segment in stored.Points)
            {
                var key = segment.Key.Value;
                _floors.TryAdd(key, segment.PreviousStep < 0 ? new SeriesPosition(stored.Attempt.Number, -1) : new SeriesPosition(stored.Attempt.Number, segment.PreviousStep));
                _points.Enqueue(new RecentPoints(key, stored.Attempt.Number, stored.Attempt.StartStep ?? 0, segment.Points));
                _pointCount += segment.Points.Count;
            }

            foreach (var e in stored.Events)
            {
                _eventFloor = Math.Min(_eventFloor, e.Sequence - 1);
                _events.Enqueue(e);
            }

            DropOldest(MostPoints, MostEvents);
            Ring();
        }
    }

    /// <summary>What lies after the cursor, when this window still holds all of it; null when the database must be asked.</summary>
    public RunUpdate? TryTake(IReadOnlyCollection<string> keys, SeriesCursor cursor, LiveViewer viewer)
    {
        using (_gate.EnterScope())
        {
            if (_row is null
                || (_eventFloor != long.MaxValue && cursor.EventSequence < _eventFloor)
                || viewer.Needed(keys).Any(key => _floors.TryGetValue(key, out var floor) && cursor[key] < floor))
            {
                return null;
            }

            var points = _points.Where(recent => new SeriesPosition(recent.Attempt, recent.Points.Steps[^1]) > cursor[recent.Key]).ToList();
            var events = _events.Where(e => e.Sequence > cursor.EventSequence).ToList();
            return viewer.Update(_row, keys, cursor, points, events, _floors.Keys);
        }
    }

    private void DropOldest(int mostPoints, int mostEvents)
    {
        while (_pointCount > mostPoints)
        {
            var dropped = _points.Dequeue();
            _pointCount -= dropped.Points.Count;
            _floors[dropped.Key] = new SeriesPosition(dropped.Attempt, dropped.Points.Steps[^1]);
        }

        while (_events.Count > mostEvents)
        {
            _eventFloor = _events.Dequeue().Sequence;
        }
    }

    private void Ring()
    {
        foreach (var bell in _bells)
        {
            bell.Ring();
        }
    }
}
