namespace Ntl.Domain.Metrics;

/// <summary>Reduces a series of any length to what a chart can draw, extremes and ends kept.</summary>
/// <remarks>
/// <para>
/// Points are binned by their position in their attempt, in bins of a power of two: the smallest that fits the budget. Each bin
/// gives its minimum and maximum in step order; each part also its first and last point. Because bins are counted from the attempt's first
/// point, appending never moves an old bin, and the same data gives the same picture.
/// </para>
/// <para>
/// Two steps, so that a store reads points once and only where it must: plan with summaries, load <see cref="Needed"/>, reduce. A whole
/// series whose bins are at least <see cref="ChunkSummary.PointsPerBin"/> needs no points at all; a window then needs at most its two edge chunks.
/// </para>
/// </remarks>
public sealed class SeriesReducer
{
    private const int FewestPoints = 8;

    private readonly IReadOnlyList<SeriesPart> _parts;
    private readonly int _binShift;

    private SeriesReducer(IReadOnlyList<SeriesPart> parts, int binShift)
    {
        _parts = parts;
        _binShift = binShift;
    }

    /// <summary>Points in a bin; a power of two.</summary>
    public long PointsPerBin => 1L << _binShift;

    /// <summary>The chunks whose points <see cref="Reduce(Func{ChunkPlace, MetricSeries})"/> asks for.</summary>
    public IEnumerable<ChunkPlace> Needed =>
        from part in Enumerable.Range(0, _parts.Count)
        from chunk in Enumerable.Range(0, _parts[part].Chunks.Count)
        where NeedsPoints(_parts[part], _parts[part].Chunks[chunk])
        select new ChunkPlace(part, chunk);

    /// <summary>Chooses the bins.</summary>
    /// <param name="parts">What is shown of each attempt, in order.</param>
    /// <param name="maximumPoints">The budget; ≥ 8 and 4 for each part. A part with points takes at least its ends and extremes.</param>
    public static SeriesReducer Plan(IReadOnlyList<SeriesPart> parts, int maximumPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, FewestPoints);
        var shift = 0;
        while (shift < 62 && PointsAtMost(parts, shift) > maximumPoints)
        {
            shift++;
        }

        return new(parts, shift);
    }

    /// <summary>Reduces points that are in memory.</summary>
    /// <param name="points">All points of one attempt.</param>
    /// <param name="maximumPoints">The budget; ≥ 8.</param>
    public static ReducedSeries Reduce(MetricSeries points, int maximumPoints)
    {
        var chunks = points.Count == 0 ? [] : MetricChunks.Append(MetricSeries.Empty, points);
        var plan = Plan([new([.. chunks.Select(ChunkSummary.Of)])], maximumPoints);
        return plan.Reduce(place => chunks[place.Chunk]);
    }

    /// <summary>Reduces.</summary>
    /// <param name="load">Gives the points of a chunk in <see cref="Needed"/>.</param>
    public ReducedSeries Reduce(Func<ChunkPlace, MetricSeries> load)
    {
        var picture = new Picture();
        for (var part = 0; part < _parts.Count; part++)
        {
            picture.Begin();
            for (var chunk = 0; chunk < _parts[part].Chunks.Count; chunk++)
            {
                var summary = _parts[part].Chunks[chunk];
                var firstOrdinal = (long)(_parts[part].FirstChunk + chunk) * MetricChunkCodec.MaximumPoints;
                if (NeedsPoints(_parts[part], summary))
                {
                    AddPoints(picture, load(new(part, chunk)), _parts[part], firstOrdinal);
                }
                else if (Overlaps(_parts[part], summary))
                {
                    AddBins(picture, summary, firstOrdinal);
                }
            }

            picture.End();
        }

        return picture.ToSeries(PointsPerBin);
    }

    private void AddPoints(Picture picture, MetricSeries chunk, SeriesPart part, long firstOrdinal)
    {
        var end = chunk.IndexOf(part.EndStep);
        for (var start = chunk.IndexOf(part.FirstStep); start < end;)
        {
            var bin = (firstOrdinal + start) >> _binShift;
            var length = (int)Math.Min(end - start, ((bin + 1) << _binShift) - (firstOrdinal + start));
            picture.Add(bin, MetricBin.Of(chunk.Steps.Slice(start, length), chunk.Values.Slice(start, length)));
            start += length;
        }
    }

    private void AddBins(Picture picture, ChunkSummary summary, long firstOrdinal)
    {
        for (var i = 0; i < summary.Bins.Length; i++)
        {
            picture.Add((firstOrdinal + i * ChunkSummary.PointsPerBin) >> _binShift, summary.Bins[i]);
        }
    }

    private bool NeedsPoints(SeriesPart part, ChunkSummary chunk) =>
        Overlaps(part, chunk)
        && (PointsPerBin < ChunkSummary.PointsPerBin || chunk.FirstStep < part.FirstStep || chunk.LastStep >= part.EndStep);

    private static bool Overlaps(SeriesPart part, ChunkSummary chunk) => chunk.LastStep >= part.FirstStep && chunk.FirstStep < part.EndStep;

    // Exact but for the edge chunks, which are counted whole: their points are not loaded yet.
    private static long PointsAtMost(IReadOnlyList<SeriesPart> parts, int shift)
    {
        var points = 0L;
        foreach (var part in parts)
        {
            var (first, end) = (-1L, 0L);
            for (var i = 0; i < part.Chunks.Count; i++)
            {
                if (Overlaps(part, part.Chunks[i]))
                {
                    var ordinal = (long)(part.FirstChunk + i) * MetricChunkCodec.MaximumPoints;
                    first = first < 0 ? ordinal : first;
                    end = ordinal + part.Chunks[i].Count;
                }
            }

            var bins = first < 0 ? 0 : ((end - 1) >> shift) - (first >> shift) + 1;
            points += shift == 0 ? bins : bins == 0 ? 0 : 2 * bins + 2;
        }

        return points;
    }

    /// <summary>The points chosen so far, and the bin that is still growing.</summary>
    private sealed class Picture
    {
        private readonly List<long> _steps = [];
        private readonly List<double> _values = [];
        private readonly List<int> _partStarts = [];
        private MetricBin? _open;
        private long _openIndex;
        private MetricPoint? _last;
        private long _totalCount;
        private long _nonFiniteCount;

        public void Begin()
        {
            _partStarts.Add(_steps.Count);
            _last = null;
        }

        public void Add(long index, in MetricBin bin)
        {
            if (_last is null)
            {
                Show(bin.First);
            }

            if (_open is { } open && _openIndex == index)
            {
                _open = open.With(bin);
            }
            else
            {
                Close();
                (_open, _openIndex) = (bin, index);
            }

            _last = bin.Last;
            _totalCount += bin.Count;
            _nonFiniteCount += bin.NonFiniteCount;
        }

        public void End()
        {
            Close();
            if (_last is { } last)
            {
                Show(last);
            }
        }

        public ReducedSeries ToSeries(long pointsPerBin) =>
            new([.. _steps], [.. _values], [.. _partStarts], _totalCount, _nonFiniteCount, pointsPerBin);

        private void Close()
        {
            if (_open is not { } bin)
            {
                return;
            }

            if (bin.Count == 1)
            {
                Show(bin.First); // as measured, NaN and ±∞ included
            }
            else if (bin.Minimum.Step < bin.Maximum.Step)
            {
                Show(bin.Minimum);
                Show(bin.Maximum);
            }
            else
            {
                Show(bin.Maximum);
                Show(bin.Minimum);
            }

            _open = null;
        }

        // A bin's extreme may be the part's first point, or the bin's other extreme.
        private void Show(MetricPoint point)
        {
            if (_steps.Count == _partStarts[^1] || point.Step > _steps[^1])
            {
                _steps.Add(point.Step);
                _values.Add(point.Value);
            }
        }
    }
}
