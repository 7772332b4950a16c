namespace Ntl.Domain.Laws.Curves;

/// <summary>What one run logged, in the order in which it was written: values of named series at steps, and restarts.</summary>
/// <param name="name">The run's.</param>
/// <param name="isTable">Whether it is a table's, where a step that begins anew is no restart but another run or an epoch.</param>
internal sealed class RunLog(string name, bool isTable)
{
    private const int MostSeries = 10_000;
    private const int Restart = -1;

    // More steps out of order than this are no restarts: the rows are not sorted.
    private const int MostRestarts = 4;
    private const int RowsPerRestart = 20;
    private const double RepeatedShare = 0.2;

    private readonly List<(int Series, long Step, double Value, int Line)> _entries = [];
    private readonly List<string> _names = [];
    private readonly List<int> _counts = [];
    private readonly List<double> _highest = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CurveFileException> _failures = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    /// <summary>The series' names.</summary>
    public IReadOnlyCollection<string> Series => _names;

    public void Add(string series, long step, double value, int line)
    {
        var place = Place(series);
        _entries.Add((place, step, value, line));
        if (double.IsFinite(value))
        {
            _counts[place] += value > 0 ? 1 : 0;
            _highest[place] = Math.Max(_highest[place], value);
        }
    }

    /// <summary>A new attempt begins: what was logged before at its step or later is void.</summary>
    public void AddRestart(long step) => _entries.Add((Restart, step, 0, 0));

    /// <summary>A series that has a cell that is no number: it is a problem only for who takes it.</summary>
    public void Fail(string series, CurveFileException problem)
    {
        Place(series);
        _failures.TryAdd(series, problem);
    }

    /// <summary>The problem of a series; null where it has none.</summary>
    public CurveFileException? Failure(string? series) => series is null ? null : _failures.GetValueOrDefault(series);

    /// <summary>Finite values above 0 of a series, before restarts are looked at.</summary>
    public int Count(string series) => _known.TryGetValue(series, out var place) ? _counts[place] : 0;

    /// <summary>The highest finite value of a series; 0 without one above it.</summary>
    public double Highest(string series) => _known.TryGetValue(series, out var place) ? _highest[place] : 0;

    /// <summary>Puts the series in order.</summary>
    /// <param name="isWatched">Whether a series is read, and a step of it that goes back says that the run was resumed: losses and learning
    /// rates.</param>
    /// <param name="notes">Takes what there is to tell.</param>
    /// <exception cref="CurveFileException">A table's steps begin anew.</exception>
    public IReadOnlyDictionary<string, SeriesReading> Resolve(Func<string, bool> isWatched, List<string> notes)
    {
        var lines = _names.ConvertAll(name => isWatched(name) ? new SeriesLine() : null);
        foreach (var rows in _entries.Where(entry => entry.Series != Restart && lines[entry.Series] is not null).GroupBy(entry => entry.Series))
        {
            lines[rows.Key]!.IsUnsorted = IsUnsorted([.. rows.Select(row => row.Step)]);
        }

        if (lines.Exists(line => line is { IsUnsorted: true }))
        {
            notes.Add("The rows do not stand in the order of their steps and were sorted.");
        }

        foreach (var (series, step, value, row) in _entries)
        {
            if (series == Restart)
            {
                Purge(lines, step, "a START record", notes);
            }
            else if (lines[series] is { } line)
            {
                if (!line.IsUnsorted && step < line.LastStep)
                {
                    CheckRestart(line, step, row);
                    Purge(lines, step, isTable ? FormattableString.Invariant($"line {row}") : "its steps overlap", notes);
                }

                line.Add(step, value);
            }
        }

        return Enumerable.Range(0, lines.Count).Where(place => lines[place] is not null).ToDictionary(place => _names[place], place => lines[place]!.Read(), StringComparer.Ordinal);
    }

    private static void Purge(List<SeriesLine?> lines, long step, string how, List<string> notes)
    {
        var reached = lines.Max(line => line?.LastStep);
        var dropped = lines.Sum(line => line?.Drop(step) ?? 0);
        if (dropped > 0)
        {
            notes.Add(FormattableString.Invariant($"The run was resumed at step {step} after it had come to step {reached} ({how}): ")
                + $"the later attempt stands, and {StepRanges.Count(dropped, "value", "values")} of the earlier one from that step on were left out.");
        }
    }

    private void CheckRestart(SeriesLine line, long step, int row)
    {
        const int Few = 4;
        if (isTable && line.From(step) is var dropped && dropped >= Few && 2 * dropped > line.Count)
        {
            throw new CurveFileException(
                "step",
                FormattableString.Invariant($"Steps begin anew at line {row}: {step} follows {line.LastStep}. The file holds several runs one below the other, ")
                + "or counts the steps of each epoch; give each run a file, or a column with the step of the whole run.",
                []);
        }
    }

    private static bool IsUnsorted(List<long> steps)
    {
        var backs = steps.Zip(steps.Skip(1)).Count(pair => pair.Second < pair.First);
        var isSome = backs > Math.Max(MostRestarts, steps.Count / RowsPerRestart) || (backs > 1 && backs == steps.Count - 1);
        return isSome && steps.Count - steps.Distinct().Count() < RepeatedShare * steps.Count;
    }

    private int Place(string series)
    {
        if (!_known.TryGetValue(series, out var place))
        {
            if (_names.Count == MostSeries)
            {
                throw new CurveFileException(FormattableString.Invariant($"The file has more than {MostSeries:N0} series."));
            }

            _known.Add(series, place = _names.Count);
            _names.Add(series);
            _counts.Add(0);
            _highest.Add(0);
        }

        return place;
    }
}
