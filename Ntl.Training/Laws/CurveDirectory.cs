using Ntl.Domain.Laws.Curves;

namespace Ntl.Training.Laws;

/// <summary>Reads the loss curves of a directory, by the same reader as the page and the API.</summary>
internal sealed class CurveDirectory
{
    /// <summary>In place of names: every curve of the directory.</summary>
    public const string Every = "*";

    private const string EventPrefix = "events.out.tfevents";

    private static readonly string[] s_endings = [".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".log"];

    private readonly DirectoryInfo _directory;
    private readonly CurveRequest _request;
    private readonly List<(string File, IReadOnlyList<string> Aliases, CurveFileOutcome Outcome)> _files = [];
    private readonly List<string> _notes = [];
    private readonly List<LeftOutCurve> _leftOut = [];

    private CurveDirectory(DirectoryInfo directory, CurveRequest request)
    {
        _directory = directory;
        _request = request;
    }

    /// <summary>
    /// Reads every log of a directory: its tables and JSON logs, and the event files in it and below it, those of one directory as one run.
    /// </summary>
    /// <param name="directory">Holds the files.</param>
    /// <param name="train"><see cref="Every"/>, or names of what is fitted to: files, with or without their ending, directories of event files, or runs within a
    /// file.</param>
    /// <param name="request">How they are read.</param>
    /// <exception cref="FormatException">There is no such directory or name, or what is to be fitted to cannot be read.</exception>
    public static LossTables Read(DirectoryInfo directory, IReadOnlyList<string> train, CurveRequest request)
    {
        if (!directory.Exists)
        {
            throw new FormatException($"There is no directory '{directory.FullName}'.");
        }

        var reading = new CurveDirectory(directory, request);
        reading.ReadFiles();
        reading.ReadEventFiles();
        return reading.Choose(train);
    }

    private void ReadFiles()
    {
        foreach (var file in _directory.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (s_endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase) && !file.Name.StartsWith(EventPrefix, StringComparison.Ordinal))
            {
                var outcome = file.Length > CurveFile.MaximumBytes ? TooLarge(file.Length) : CurveFile.Read(File.ReadAllBytes(file.FullName), file.Name, _request.Choice);
                _files.Add((file.Name, [Path.GetFileNameWithoutExtension(file.Name)], outcome));
            }
        }
    }

    // TensorBoard takes all event files of a directory for one run, and so does this.
    private void ReadEventFiles()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8 };
        foreach (var run in _directory.EnumerateFiles($"{EventPrefix}*", options).GroupBy(file => file.DirectoryName!, StringComparer.Ordinal).OrderBy(run => run.Key, StringComparer.Ordinal))
        {
            var files = run.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
            var below = Path.GetRelativePath(_directory.FullName, run.Key).Replace('\\', '/');
            var isHere = string.Equals(below, ".", StringComparison.Ordinal);
            var name = !isHere ? below : files[0].Name;
            var size = files.Sum(file => file.Length);
            if (size > CurveFile.MaximumBytes)
            {
                _files.Add((name, [], TooLarge(size)));
                continue;
            }

            var contents = files.ConvertAll(file => File.ReadAllBytes(file.FullName));
            var alone = files.Zip(contents, (file, content) => CurveFile.Read(content, file.Name, _request.Choice, CurveFileFormat.TensorBoard)).ToList();
            if (files.Count > 1 && AreRunsOfTheirOwn(alone))
            {
                _notes.Add($"{name}: the event files of this directory all begin at the start of a training; each was read as a run of its own.");
                _files.AddRange(files.Zip(alone, (file, outcome) => (isHere ? file.Name : $"{below}/{file.Name}", (IReadOnlyList<string>)[], outcome)));
                continue;
            }

            var joined = CurveFile.Read(contents.SelectMany(content => content).ToArray(), name, _request.Choice, CurveFileFormat.TensorBoard);
            _files.Add((name, [.. files.Select(file => isHere ? file.Name : $"{below}/{file.Name}"), .. isHere ? [_directory.Name] : Array.Empty<string>()], joined));
        }
    }

    // An attempt that goes on begins after the first one's start; files that all begin there are trainings that only share a directory.
    private static bool AreRunsOfTheirOwn(List<CurveFileOutcome> alone) =>
        alone.TrueForAll(outcome => outcome.Curves is [var curve] && curve.Losses[0].Step <= alone[0].Curves[0].Losses[0].Step);

    private static CurveFileOutcome TooLarge(long bytes) => new(null, [], [], [], [new("file", FormattableString.Invariant(
        $"The file has {bytes:N0} bytes; at most {CurveFile.MaximumBytes:N0} are read."))]);

    private LossTables Choose(IReadOnlyList<string> train)
    {
        List<Found> found = [];
        foreach (var (file, aliases, outcome) in _files)
        {
            foreach (var curve in outcome.Curves)
            {
                var isNamed = outcome.Format == CurveFileFormat.WandbCsv;
                var name = isNamed ? curve.Name : file + (curve.Name.Contains("(diverged", StringComparison.Ordinal) ? curve.Name[curve.Name.LastIndexOf(" (diverged", StringComparison.Ordinal)..] : "");
                found.Add(new(found.Exists(other => string.Equals(other.Name, name, StringComparison.Ordinal)) ? $"{file}: {name}" : name, file, [file, .. aliases, curve.Name], curve));
            }

            _notes.AddRange(outcome.Notes.Where(note => !note.StartsWith("Left out:", StringComparison.Ordinal)).Select(note => $"{file}: {note}"));
            _leftOut.AddRange(outcome.Curves.IsEmpty
                ? outcome.Problems.Select(problem => new LeftOutCurve(file, outcome.LeftOut.Sum(run => run.Points), problem.Message.TrimEnd('.')))
                : outcome.LeftOut.Select(run => run with { Name = $"{file}: {run.Name}" }));
        }

        var trained = Trained(train, found);
        var kind = LossKinds.Common([.. trained.Select(curve => curve.Samples.Kinds)], [.. found.Except(trained).Select(curve => curve.Samples.Kinds)]);
        List<LossTable> tables = [];
        foreach (var (curve, isTrained) in trained.Select(curve => (curve, true)).Concat(found.Except(trained).Select(curve => (curve, false))))
        {
            if (TableOf(curve, kind, isTrained) is { } table)
            {
                tables.Add(table);
            }
        }

        var names = trained.Select(curve => curve.Name).ToHashSet(StringComparer.Ordinal);
        var count = tables.Count(table => names.Contains(table.Name));
        return new(tables, count, kind, _notes, _leftOut);
    }

    private List<Found> Trained(IReadOnlyList<string> train, List<Found> found)
    {
        if (train is [Every] && found.Count > 0)
        {
            return found;
        }

        List<Found> trained = [];
        foreach (var name in train)
        {
            var own = found.FindAll(curve => curve.Is(name));
            if (own.Count == 0)
            {
                var file = _files.Find(file => string.Equals(file.File, name, StringComparison.Ordinal) || file.Aliases.Contains(name, StringComparer.Ordinal));
                throw new FormatException(file.Outcome is { } outcome
                    ? $"--train {file.File}: {outcome.Problems[0].Message}"
                    : $"--train: there is no curve '{name}' in '{_directory.FullName}'; {Known(found)}.");
            }

            if (own.Exists(trained.Contains))
            {
                throw new FormatException($"--train: '{name}' is named twice.");
            }

            trained.AddRange(own);
        }

        return trained.Count > 0 ? trained : throw new FormatException($"--train: name at least one curve; {Known(found)}.");
    }

    private string Known(List<Found> found) =>
        found.Count > 0 ? $"there are {string.Join(", ", found.Select(curve => curve.Name))}"
        : _leftOut.Count == 0 ? "there is no log of a training"
        : $"nothing there is a loss curve: {string.Join("; ", _leftOut.Take(5).Select(file => $"{file.Name}: {file.Reason}"))}";

    // Null, and told, where a curve cannot be used; for a curve to be fitted to that is an error, but where the others have another kind
    // of loss.
    private LossTable? TableOf(Found curve, LossKind kind, bool isTrained)
    {
        if (curve.Samples.OfKind(kind) is not { } samples)
        {
            _leftOut.Add(new(curve.Name, curve.Samples.Losses.Length, $"it has only its {LossKinds.NameOf(curve.Samples.Kind)}, and the fit uses one kind, {LossKinds.NameOf(kind)}"));
            return null;
        }

        if (samples.Kind == LossKind.Unstated && kind != LossKind.Unstated)
        {
            _notes.Add($"{curve.Name}: '{samples.LossColumn}' does not say whether it is a training or a validation loss; it was taken for the {LossKinds.NameOf(kind)} of the others.");
        }
        else if (samples != curve.Samples)
        {
            _notes.Add($"{curve.Name}: the fit uses its {LossKinds.NameOf(kind)}, '{samples.LossColumn}', which every curve fitted to has.");
        }

        var points = CurveSamples.Points(samples.Losses);
        if (samples.HasRates)
        {
            return new(curve.Name, samples.RatesToTheEnd, points, null);
        }

        var schedule = _request.ScheduleOf(curve.Name, curve.File);
        var reason = schedule is null ? "it tells no learning rate: name its column with --rate, or give the schedule with --schedule"
            : samples.Steps > schedule.TotalSteps ? FormattableString.Invariant($"it has a loss at step {samples.Steps - 1}, but its schedule ends after {schedule.TotalSteps} steps")
            : null;
        if (reason is null)
        {
            return new(curve.Name, [], points, schedule);
        }

        _leftOut.Add(new(curve.Name, samples.Losses.Length, reason));
        return isTrained ? throw new FormatException($"--train {curve.Name}: {reason}.") : null;
    }

    private sealed record Found(string Name, string File, IReadOnlyList<string> Aliases, CurveSamples Samples)
    {
        public bool Is(string name) => string.Equals(Name, name, StringComparison.Ordinal) || Aliases.Contains(name, StringComparer.Ordinal);
    }
}
