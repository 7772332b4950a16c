using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <summary>One subscription's view of a run: puts new points on its axis.</summary>
public sealed class LiveViewer(DatabaseReader reader, RunId run, RunSpec spec, SeriesAxis axis)
{
    // More than this many new points of one key are no update but a history: the chart asks for a reduced window instead.
    private const int MostNewPoints = 4_000;

    private readonly AxisMap _map = new(spec, axis);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>The keys whose points must be read for the wanted ones to be placed.</summary>
    public IEnumerable<string> Needed(IReadOnlyCollection<string> keys) =>
        axis == SeriesAxis.Elapsed && !keys.Contains(MetricKeys.ElapsedSeconds.Value, StringComparer.Ordinal)
            ? keys.Append(MetricKeys.ElapsedSeconds.Value)
            : keys;

    /// <summary>All that is stored after the cursor.</summary>
    public async Task<RunUpdate> ReadAsync(IReadOnlyCollection<string> keys, SeriesCursor cursor, CancellationToken cancellationToken)
    {
        await using var snapshot = await reader.OpenSnapshotAsync(cancellationToken);
        var context = snapshot.Context;
        var row = (await RunRows.ReadAsync(context, context.Runs.Where(r => r.Id == run.Value), cancellationToken)).Single();
        var events = await context.RunEvents.Where(e => e.RunId == run.Value && e.Sequence > cursor.EventSequence)
            .OrderBy(e => e.Sequence).ToListAsync(cancellationToken);
        var stored = await StoredSeries.ReadAsync(context, run, keys: null, cancellationToken);
        var wanted = Needed(keys).ToHashSet(StringComparer.Ordinal);
        List<RecentPoints> points = [];
        var isTooMuch = false;
        foreach (var part in stored.Parts.Where(part => wanted.Contains(part.Key) && part.Attempt >= cursor[part.Key].Attempt))
        {
            var firstStep = part.Attempt == cursor[part.Key].Attempt ? cursor[part.Key].Step + 1 : 0;
            isTooMuch |= await part.CountFromAsync(context, firstStep, cancellationToken) > MostNewPoints;
            if (!isTooMuch && await part.ReadFromAsync(context, firstStep, cancellationToken) is { Count: > 0 } found)
            {
                points.Add(new RecentPoints(part.Key, part.Attempt, part.StartStep, found));
            }
        }

        var update = Update(row, keys, cursor, isTooMuch ? [] : points, events.ConvertAll(RunQueries.ToRow), stored.Parts.Select(part => part.Key));
        return isTooMuch ? update with { MustReload = true } : update;
    }

    /// <summary>Makes an update of what was found after the cursor.</summary>
    public RunUpdate Update(
        RunRow row, IReadOnlyCollection<string> keys, SeriesCursor cursor, IReadOnlyList<RecentPoints> points, IReadOnlyList<RunEventRow> events, IEnumerable<string> storedKeys)
    {
        Dictionary<string, SeriesPosition> seen = new(StringComparer.Ordinal);
        foreach (var recent in points.Where(recent => string.Equals(recent.Key, MetricKeys.ElapsedSeconds.Value, StringComparison.Ordinal)))
        {
            _map.AddElapsed(recent.Attempt, recent.Points);
        }

        List<SeriesDelta> deltas = [];
        foreach (var group in points.GroupBy(recent => (recent.Key, recent.Attempt)).OrderBy(group => group.Key.Attempt))
        {
            var (key, attempt) = group.Key;
            var last = cursor[key];
            var after = attempt == last.Attempt ? last.Step : -1;
            if (attempt < last.Attempt || !Needed(keys).Contains(key, StringComparer.Ordinal))
            {
                continue;
            }

            List<long> steps = [];
            List<double> values = [];
            foreach (var part in group)
            {
                var from = part.Points.IndexOf(after + 1);
                steps.AddRange(part.Points.Steps[from..]);
                values.AddRange(part.Points.Values[from..]);
            }

            if (steps.Count == 0)
            {
                continue;
            }

            seen[key] = new SeriesPosition(attempt, steps[^1]);
            if (keys.Contains(key, StringComparer.Ordinal))
            {
                long? rewind = last.Attempt > 0 && attempt > last.Attempt ? group.First().StartStep : null;
                deltas.Add(new SeriesDelta(key, attempt, rewind, steps, steps.ConvertAll(step => _map.Place(key, attempt, step)), values));
            }
        }

        var newKeys = storedKeys.Where(_told.Add).Order(StringComparer.Ordinal).ToList();
        return new RunUpdate(row, deltas, events, newKeys, cursor.Advance(seen, events.Count > 0 ? events[^1].Sequence : null), MustReload: false);
    }
}
