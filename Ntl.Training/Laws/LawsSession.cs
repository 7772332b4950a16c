using System.Diagnostics;
using System.Text.Json;
using Ntl.Domain.Laws;

namespace Ntl.Training.Laws;

/// <summary>Laws fitted to some curves of a directory and judged on the others.</summary>
internal sealed class LawsSession(TextWriter output, CancellationToken cancellationToken)
{
    private readonly List<LossCurve> _curves = [];
    private readonly List<LossCurve> _scored = [];
    private int _trained;

    /// <summary>Reads the training curves, then every other CSV file of the directory.</summary>
    /// <param name="directory">Holds the files.</param>
    /// <param name="train">Names of files in it.</param>
    /// <param name="warmupSteps">Of the warm-up that the files do not show; null to tell it from the first file that is at its peak.</param>
    /// <exception cref="FormatException">A file is missing, or one of its lines is wrong.</exception>
    public void Read(DirectoryInfo directory, IReadOnlyList<string> train, long? warmupSteps)
    {
        if (!directory.Exists)
        {
            throw new FormatException($"There is no directory '{directory.FullName}'.");
        }

        var files = directory.GetFiles("*.csv").OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var known = $"there {(files.Count == 0 ? "is no CSV file" : "are " + string.Join(", ", files.Select(file => file.Name)))}";
        var trained = train.Select(name => files.Find(file => string.Equals(file.Name, name, StringComparison.Ordinal))
            ?? throw new FormatException($"--train: there is no file '{name}' in '{directory.FullName}'; {known}.")).ToList();
        if (trained.Count == 0 || trained.Distinct().Count() != trained.Count)
        {
            throw new FormatException(trained.Count == 0 ? $"--train: name at least one file; {known}." : "--train: a file is named twice.");
        }

        var tables = trained.Concat(files.Except(trained)).Select(LossTable.Read).ToList();
        var warmup = warmupSteps ?? UnseenWarmup.StepsOf([.. tables.Select(table => table.Rates)]);
        _curves.AddRange(tables.Select(table => new LossCurve(table.Name, UnseenWarmup.PathOf(table.Rates, warmup), [.. table.Losses])));
        _trained = trained.Count;
        // As in a fit: no law describes how a training begins.
        var skipped = new LawFitOptions().SkippedShare * _curves.Take(_trained).Max(curve => curve.Path.IntrinsicTime);
        _scored.AddRange(_curves.Select(curve => curve.Described(skipped)));
        if (_scored.FindIndex(curve => curve.Points.IsEmpty) is >= 0 and var empty)
        {
            throw new FormatException(FormattableString.Invariant($"{tables[empty].Name}: all its losses are of the warm-up or of the first D = {skipped:g3}, which no law describes."));
        }
    }

    /// <summary>Fits the laws and prints how they meet the curves.</summary>
    /// <param name="kinds">Which laws.</param>
    /// <param name="published">Published numbers to judge beside them.</param>
    /// <param name="replicates">Of the bootstrap.</param>
    /// <param name="isJson">Whether the last line is JSON, and the only one.</param>
    public void Run(IReadOnlyList<LawKind> kinds, IReadOnlyDictionary<string, MultiPowerLaw> published, int replicates, bool isJson)
    {
        List<LawRow> rows = [.. published.Select(pair => RowOf($"multiPower-{pair.Key}", $"Multi-Power Law, published {pair.Key}", pair.Value, null, 0))];
        foreach (var kind in kinds)
        {
            var start = Stopwatch.GetTimestamp();
            LawFitting.Fit(kind, _curves[.._trained], new() { Replicates = 0, LeaveOneOut = false }, cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var fit = LawFitting.Fit(kind, _curves[.._trained], new() { Replicates = replicates }, cancellationToken);
            rows.Add(RowOf(LawNames.KeyOf(kind), LawNames.TitleOf(kind), fit.Law, fit, seconds));
        }

        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                train = _curves.Take(_trained).Select(curve => curve.Name),
                test = _curves.Skip(_trained).Select(curve => curve.Name),
                laws = rows.Select(Json),
            }));
        }
        else
        {
            LawsText.Write(output, rows, _trained);
        }
    }

    private LawRow RowOf(string name, string title, LossLaw law, LawFit? fit, double seconds)
    {
        List<CurveScore> scores = [.. _scored.Select(curve => ScoreOf(law, curve))];
        return new(name, title, law, fit, seconds, scores, scores.Count > _trained ? scores.Skip(_trained).Average(score => score.MeanError) : null);
    }

    // Every row counts alike, and the last one is the final loss: nothing is averaged.
    private static CurveScore ScoreOf(LossLaw law, LossCurve curve)
    {
        Span<double> predicted = [0];
        law.Predict(curve.Path, [curve.Points[^1].Updates], predicted);
        return new(curve.Name, law.MeanError(curve), curve.Points[^1].Loss, predicted[0]);
    }

    private object Json(LawRow row) => new
    {
        law = row.Name,
        title = row.Title,
        parameters = (row.Fit?.Parameters ?? row.Law.Parameters).Select(parameter => new { symbol = parameter.Symbol, name = parameter.Name, value = parameter.Value, low = parameter.Low, high = parameter.High, unit = parameter.Unit }),
        modes = row.Law is RiverValleyLaw { Kind: not LawKind.Equilibrium } valley ? valley.Modes.Select(mode => new { coolingRate = mode.CoolingRate, heat = mode.Heat }) : null,
        trainMae = row.Scores.Take(_trained).Average(score => score.MeanError),
        meanTestMae = row.MeanTestError,
        mae = row.Scores.ToDictionary(score => score.Name, score => score.MeanError, StringComparer.Ordinal),
        finals = _curves.Zip(row.Scores).ToDictionary(pair => pair.First.Name, pair => FinalOf(row, pair.First, pair.Second), StringComparer.Ordinal),
        leaveOneOut = row.Fit?.LeaveOneOut.ToDictionary(score => score.Name, score => new { mae = score.MeanError, finalError = score.FinalError }, StringComparer.Ordinal),
        fitSeconds = row.Seconds,
        cautions = row.Fit?.Cautions,
    };

    private static object FinalOf(LawRow row, LossCurve curve, CurveScore score)
    {
        var forecast = row.Fit?.Forecast(curve.Path, points: 2);
        return new { predicted = score.PredictedFinal, measured = score.MeasuredFinal, low = forecast?.FinalLow, high = forecast?.FinalHigh, cautions = forecast?.Cautions };
    }
}
