using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Live;

/// <summary>One request for a window of some series, answered from one committed state.</summary>
internal sealed class SeriesQuery(NtlDbContext context, RunSpec spec, SeriesRequest request)
{
    private const int ElapsedPoints = 2_000;

    // A point this far back weighs e^-40 of a new one, less than a double can tell: a zoomed window reads no further back.
    private const double ForgottenTimescales = 40;

    private readonly AxisMap _map = new(spec, request.Axis);

    public async Task<SeriesWindow> RunAsync(int orphanPoints, CancellationToken cancellationToken)
    {
        string[] read = [.. request.Keys.Append(MetricKeys.ElapsedSeconds.Value).Distinct(StringComparer.Ordinal)];
        var stored = await StoredSeries.ReadAsync(context, request.Run, read, cancellationToken);
        await PlaceElapsedAsync(stored, cancellationToken);
        var firstStep = request.From is { } from ? _map.FirstStepFrom(from) : 0;
        var endStep = request.To is { } to ? _map.FirstStepFrom(Math.BitIncrement(to)) : long.MaxValue;

        List<ChartSeries> series = [];
        Dictionary<string, SeriesPosition> seen = new(StringComparer.Ordinal);
        foreach (var key in request.Keys)
        {
            List<StoredPart> parts = [.. stored.Parts.Where(part => string.Equals(part.Key, key, StringComparison.Ordinal))];
            series.Add(await ReadSeriesAsync(key, parts, firstStep, endStep, orphanPoints, cancellationToken));
            if (await LastPositionAsync(parts, cancellationToken) is { } last)
            {
                seen[key] = last;
            }
        }

        var lastEvent = await context.RunEvents.Where(e => e.RunId == request.Run.Value).MaxAsync(e => (long?)e.Sequence, cancellationToken);
        return new SeriesWindow(series, SeriesCursor.Start.Advance(seen, lastEvent));
    }

    private async Task<ChartSeries> ReadSeriesAsync(
        string key, List<StoredPart> parts, long firstStep, long endStep, int orphanPoints, CancellationToken cancellationToken)
    {
        List<(StoredPart Stored, SeriesPart Part)> visible = [];
        foreach (var stored in parts)
        {
            var end = Math.Min(endStep, stored.VisibleUntilStep);
            var (chunks, first) = await stored.ReadSummariesAsync(context, firstStep, end, cancellationToken);
            if (chunks.Count > 0)
            {
                visible.Add((stored, new SeriesPart(chunks, firstStep, end, first)));
            }
        }

        // Many attempts in one window: each shows at least its ends and extremes.
        const int FewestPerPart = 8;
        var reduced = await ReduceAsync(visible, Math.Max(request.MaxPoints, FewestPerPart * visible.Count), cancellationToken);
        var attempts = AttemptOfEach(reduced, visible);
        return new ChartSeries
        {
            Key = key,
            Steps = reduced.Steps,
            X = [.. reduced.Steps.Select((step, i) => _map.Place(key, attempts[i], step))],
            Y = reduced.Values,
            Smoothed = request.Smoothing > 0 ? await SmoothAsync(reduced, visible, cancellationToken) : null,
            TotalPoints = reduced.TotalCount,
            Seams = [.. reduced.PartStarts.Skip(1).Where(start => start < reduced.Steps.Length)],
            Orphans = request.IncludeOrphans ? await ReadOrphansAsync(parts, firstStep, endStep, orphanPoints, cancellationToken) : [],
        };
    }

    private async Task<ReducedSeries> ReduceAsync(
        List<(StoredPart Stored, SeriesPart Part)> visible, int maximumPoints, CancellationToken cancellationToken)
    {
        SeriesPart[] parts = [.. visible.Select(part => part.Part)];
        Dictionary<ChunkPlace, MetricSeries> loaded = [];
        var budget = maximumPoints;
        while (true)
        {
            var plan = SeriesReducer.Plan(parts, budget);
            await LoadAsync(visible, plan, loaded, cancellationToken);
            var reduced = plan.Reduce(place => loaded[place]);
            // The plan counts the window's edge chunks whole; when less of them lies within, bins half as long still fit.
            if (reduced.PointsPerBin == 1 || 2 * reduced.ShownCount > maximumPoints)
            {
                return reduced;
            }

            budget *= 2;
        }
    }

    private async Task LoadAsync(
        List<(StoredPart Stored, SeriesPart Part)> visible, SeriesReducer plan, Dictionary<ChunkPlace, MetricSeries> loaded, CancellationToken cancellationToken)
    {
        foreach (var needed in plan.Needed.Where(place => !loaded.ContainsKey(place)).GroupBy(place => place.Part).ToList())
        {
            var (stored, part) = visible[needed.Key];
            var chunks = await stored.ReadChunksAsync(context, [.. needed.Select(place => part.FirstChunk + place.Chunk)], cancellationToken);
            foreach (var place in needed)
            {
                loaded[place] = chunks[part.FirstChunk + place.Chunk];
            }
        }
    }

    private async Task<IReadOnlyList<OrphanedTail>> ReadOrphansAsync(
        List<StoredPart> parts, long firstStep, long endStep, int orphanPoints, CancellationToken cancellationToken)
    {
        List<OrphanedTail> orphans = [];
        foreach (var stored in parts.Where(part => part.VisibleUntilStep != long.MaxValue))
        {
            var first = Math.Max(firstStep, stored.VisibleUntilStep);
            var (chunks, firstOrdinal) = await stored.ReadSummariesAsync(context, first, endStep, cancellationToken);
            if (chunks.Count == 0)
            {
                continue;
            }

            var tail = await ReduceAsync([(stored, new SeriesPart(chunks, first, endStep, firstOrdinal))], orphanPoints, cancellationToken);
            if (tail.ShownCount > 0)
            {
                orphans.Add(new OrphanedTail(stored.Attempt, [.. tail.Steps.Select(step => _map.Place(stored.Key, stored.Attempt, step))], tail.Values));
            }
        }

        return orphans;
    }

    // Over steps and over every point, before any is left out; begun anew where a later attempt goes on.
    private async Task<double[]> SmoothAsync(ReducedSeries reduced, List<(StoredPart Stored, SeriesPart Part)> visible, CancellationToken cancellationToken)
    {
        var timescale = TimeWeightedSmoothing.TimescaleOf(request.Smoothing, spec.TotalSteps);
        var smoothed = new double[reduced.Steps.Length];
        for (var i = 0; i < visible.Count; i++)
        {
            var (shown, end) = (reduced.PartStarts[i], i + 1 < visible.Count ? reduced.PartStarts[i + 1] : smoothed.Length);
            if (shown == end)
            {
                continue;
            }

            var average = new TimeWeightedSmoothing(timescale);
            var from = (long)Math.Max(0, reduced.Steps[shown] - (ForgottenTimescales * timescale));
            await foreach (var chunk in visible[i].Stored.ReadAroundAsync(context, from, visible[i].Part.EndStep, cancellationToken))
            {
                shown = Smooth(chunk, ref average, reduced, smoothed, shown, end);
            }
        }

        return smoothed;
    }

    private static int Smooth(MetricSeries chunk, ref TimeWeightedSmoothing average, ReducedSeries reduced, double[] smoothed, int shown, int end)
    {
        for (var i = 0; i < chunk.Count && shown < end; i++)
        {
            var (step, measured) = chunk[i];
            var value = average.Next(step, measured);
            if (step == reduced.Steps[shown])
            {
                smoothed[shown++] = value;
            }
        }

        return shown;
    }

    private async Task PlaceElapsedAsync(StoredSeries stored, CancellationToken cancellationToken)
    {
        if (request.Axis != SeriesAxis.Elapsed)
        {
            return;
        }

        foreach (var part in stored.Parts.Where(part => string.Equals(part.Key, MetricKeys.ElapsedSeconds.Value, StringComparison.Ordinal)))
        {
            // Rising values: the extremes of a bin are its ends, so straight lines between them are the curve to within a bin.
            var (chunks, first) = await part.ReadSummariesAsync(context, 0, long.MaxValue, cancellationToken);
            var reduced = await ReduceAsync([(part, new SeriesPart(chunks, 0, long.MaxValue, first))], ElapsedPoints, cancellationToken);
            _map.AddElapsed(part.Attempt, new MetricSeries(reduced.Steps, reduced.Values));
        }
    }

    private async Task<SeriesPosition?> LastPositionAsync(List<StoredPart> parts, CancellationToken cancellationToken)
    {
        if (parts.Count == 0)
        {
            return null;
        }

        var last = parts[^1];
        var step = await context.MetricChunks.Where(chunk => chunk.SeriesId == last.SeriesId).MaxAsync(chunk => chunk.LastStep, cancellationToken);
        return new SeriesPosition(last.Attempt, step);
    }

    private static int[] AttemptOfEach(ReducedSeries reduced, List<(StoredPart Stored, SeriesPart Part)> visible)
    {
        var attempts = new int[reduced.Steps.Length];
        for (var i = 0; i < visible.Count; i++)
        {
            var end = i + 1 < visible.Count ? reduced.PartStarts[i + 1] : attempts.Length;
            attempts.AsSpan(reduced.PartStarts[i]..end).Fill(visible[i].Stored.Attempt);
        }

        return attempts;
    }
}
