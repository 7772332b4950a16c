using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Web.Live;

namespace Ntl.Web.Thermodynamics;

/// <summary>All points of a run that its thermodynamics are made of, in memory: read from the store once, then kept up by the live feed. For one thread.</summary>
internal sealed class RunPoints(RunId run, RunSpec spec)
{
    private readonly Dictionary<string, Column> _columns = new(StringComparer.Ordinal);

    /// <summary>Where a live subscription goes on.</summary>
    public SeriesCursor Cursor { get; private set; } = SeriesCursor.Start;

    /// <summary>The keys that have points.</summary>
    public IReadOnlyCollection<string> Keys => _columns.Keys;

    /// <summary>Whether the run's thermodynamics are made of this key too.</summary>
    public static bool IsNeeded(string key) => IsProbe(key)
        || string.Equals(key, MetricKeys.TrainLoss.Value, StringComparison.Ordinal)
        || string.Equals(key, MetricKeys.ValidationLoss.Value, StringComparison.Ordinal)
        || string.Equals(key, MetricKeys.LearningRate.Value, StringComparison.Ordinal)
        || string.Equals(key, MetricKeys.GradientNorm.Value, StringComparison.Ordinal)
        || string.Equals(key, MetricKeys.ElapsedSeconds.Value, StringComparison.Ordinal);

    public static bool IsProbe(string key) => string.Equals(new MetricKey(key).Section, ProbeKeys.Section, StringComparison.Ordinal);

    /// <summary>Reads what is stored.</summary>
    /// <param name="series">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="spec">Its spec.</param>
    /// <param name="storedKeys">Those that have points.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<RunPoints> ReadAsync(ISeriesQueries series, RunId run, RunSpec spec, IEnumerable<string> storedKeys, CancellationToken cancellationToken)
    {
        var points = new RunPoints(run, spec);
        string[] needed = [.. storedKeys.Where(IsNeeded)];
        if (needed.Length == 0)
        {
            return points; // no key would mean all
        }

        Dictionary<string, SeriesPosition> seen = new(StringComparer.Ordinal);
        await foreach (var part in series.ReadAllAsync(run, needed, cancellationToken))
        {
            var end = part.Steps.Count;
            while (end > 0 && part.Steps[end - 1] >= part.VisibleUntilStep)
            {
                end--;
            }

            points.ColumnOf(part.Key).Add(part.Attempt, part.Steps.Take(end), part.Values.Take(end), end);
            seen[part.Key] = new(part.Attempt, part.Steps[^1]);
        }

        points.Cursor = points.Cursor.Advance(seen);
        return points;
    }

    /// <summary>Takes what is new.</summary>
    /// <returns>Whether a probe or a validation was in it.</returns>
    public bool Add(RunUpdate update)
    {
        var isMeasured = false;
        foreach (var delta in update.Deltas)
        {
            if (delta.RewindToStep is { } rewind)
            {
                foreach (var column in _columns.Values)
                {
                    column.Rewind(delta.Attempt, rewind);
                }
            }

            ColumnOf(delta.Key).Add(delta.Attempt, delta.Steps, delta.Values, delta.Steps.Count);
            isMeasured |= IsProbe(delta.Key) || string.Equals(delta.Key, MetricKeys.ValidationLoss.Value, StringComparison.Ordinal);
        }

        Cursor = update.Cursor;
        return isMeasured;
    }

    /// <summary>What there is now; later points do not change it.</summary>
    public RunRecord ToRecord() => new(run, spec, _columns.ToDictionary(pair => new MetricKey(pair.Key), pair => pair.Value.ToSeries()));

    private Column ColumnOf(string key)
    {
        if (!_columns.TryGetValue(key, out var column))
        {
            _columns.Add(key, column = new());
        }

        return column;
    }

    private sealed class Column
    {
        private readonly List<long> _steps = [];
        private readonly List<double> _values = [];
        private int _attempt;
        private MetricSeries? _series;

        public void Add(int attempt, IEnumerable<long> steps, IEnumerable<double> values, int count)
        {
            _attempt = attempt;
            _steps.EnsureCapacity(_steps.Count + count);
            _steps.AddRange(steps);
            _values.AddRange(values);
            _series = null;
        }

        // What a later attempt has not measured again yet does not count any more either.
        public void Rewind(int attempt, long step)
        {
            var from = _steps.BinarySearch(step);
            from = from >= 0 ? from : ~from;
            if (attempt > _attempt && from < _steps.Count)
            {
                _steps.RemoveRange(from, _steps.Count - from);
                _values.RemoveRange(from, _values.Count - from);
                _series = null;
            }
        }

        public MetricSeries ToSeries() => _series ??= new([.. _steps], [.. _values]);
    }
}
