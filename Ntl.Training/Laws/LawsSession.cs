using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Ntl.Domain.Laws;

namespace Ntl.Training.Laws;

/// <summary>Laws fitted to some curves of a directory and judged on the others.</summary>
internal sealed class LawsSession(TextWriter output, CancellationToken cancellationToken)
{
    private readonly List<LossCurve> _curves = [];
    private readonly List<LossCurve> _scored = [];
    private readonly HashSet<string> _diverged = new(StringComparer.Ordinal);
    private int _trained;

    // A loss that ends so far above its lowest is no longer the training that the laws describe.
    private const double DivergedRatio = 1.5;

    /// <summary>Reads the training curves, then every other CSV file of the directory.</summary>
    /// <param name="directory">Holds the files.</param>
    /// <param name="train">Names of files in it.</param>
    /// <param name="warmupSteps">Of the trainings' straight warm-up, in place of the files' rows; null to tell it from the files.</param>
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
        _curves.AddRange(tables.Select(table => new LossCurve(table.Name, PathOf(table), [.. table.Losses])));
        _trained = trained.Count;
        // As in a fit: no law describes how a training begins.
        var skipped = new LawFitOptions().SkippedShare * _curves.Take(_trained).Max(curve => curve.Path.IntrinsicTime);
        _scored.AddRange(_curves.Select(curve => curve.Described(skipped)));
        _diverged.UnionWith(_curves.Skip(_trained)
            .Where(curve => curve.Points[^1].Loss > DivergedRatio * curve.Points.Min(point => point.Loss)).Select(curve => curve.Name));
        if (_scored.FindIndex(curve => curve.Points.IsEmpty) is >= 0 and var empty)
        {
            throw new FormatException(FormattableString.Invariant($"{tables[empty].Name}: all its losses are of the warm-up or of the first D = {skipped:g3}, which no law describes."));
        }

        RatePath PathOf(LossTable table) => warmupSteps is { } given ? UnseenWarmup.Warmed(table.Rates, given) : UnseenWarmup.PathOf(table.Rates, warmup);
    }

    /// <summary>Fits the laws and prints how they meet the curves.</summary>
    /// <param name="kinds">Which laws.</param>
    /// <param name="isAuto">Whether also every curve is answered by the law that is chosen for its peak.</param>
    /// <param name="published">Published numbers to judge beside them.</param>
    /// <param name="options">Of the fits.</param>
    /// <param name="isJson">Whether the last line is JSON, and the only one.</param>
    public void Run(
        IReadOnlyList<LawKind> kinds, bool isAuto, IReadOnlyDictionary<string, MultiPowerLaw> published, LawFitOptions options, bool isJson)
    {
        List<LawRow> rows = [.. published.Select(pair => RowOf($"multiPower-{pair.Key}", $"Multi-Power Law, published {pair.Key}", pair.Value, null, 0))];
        List<LawRow> fitted = [.. (isAuto ? LawNames.All : kinds).Select(kind => FittedRow(kind, options))];
        rows.AddRange(fitted.Where(row => kinds.Contains(row.Law.Kind)));
        if (isAuto)
        {
            rows.Add(ChosenRow(fitted));
        }

        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                train = _curves.Take(_trained).Select(curve => curve.Name),
                test = _curves.Skip(_trained).Select(curve => curve.Name),
                diverged = _diverged.Count == 0 ? null : _diverged,
                laws = rows.Select(Json),
            }));
        }
        else
        {
            LawsText.Write(output, rows, _trained);
            foreach (var name in _diverged)
            {
                output.WriteLine(FormattableString.Invariant(
                    $"{name} diverged: it ends more than {DivergedRatio} times as high as its lowest loss. No law describes that; it is not in the mean."));
            }
        }
    }

    private LawRow FittedRow(LawKind kind, LawFitOptions options)
    {
        var start = Stopwatch.GetTimestamp();
        LawFitting.Fit(kind, _curves[.._trained], options with { Replicates = 0, LeaveOneOut = false }, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var fit = LawFitting.Fit(kind, _curves[.._trained], options, cancellationToken);
        return RowOf(LawNames.KeyOf(kind), LawNames.TitleOf(kind), fit.Law, fit, seconds);
    }

    // The law that stands for the row is that of curves of the fitted peaks.
    private LawRow ChosenRow(IReadOnlyList<LawRow> fitted)
    {
        List<LawFit> fits = [.. fitted.Select(row => row.Fit).OfType<LawFit>()];
        List<LawChoice> choices = [.. _curves.Select(curve => LawChoice.Of(fits, [curve.Path.Peak])!)];
        List<CurveScore> scores = [.. _scored.Zip(choices, (curve, choice) => ScoreOf(choice.Fit.Law, curve))];
        var usual = LawChoice.Of(fits, [])!.Fit;
        var seconds = fitted.Sum(row => row.Seconds);
        return new("auto", "the law chosen for each curve", usual.Law, usual, seconds, scores, MeanTestError(scores)) { Choices = choices };
    }

    private LawRow RowOf(string name, string title, LossLaw law, LawFit? fit, double seconds)
    {
        List<CurveScore> scores = [.. _scored.Select(curve => ScoreOf(law, curve))];
        return new(name, title, law, fit, seconds, scores, MeanTestError(scores));
    }

    // No law knows of divergence: a curve that diverged is scored, but is no part of the mean.
    private double? MeanTestError(List<CurveScore> scores)
    {
        List<double> errors = [.. scores.Skip(_trained).Where(score => !_diverged.Contains(score.Name)).Select(score => score.MeanError)];
        return errors.Count == 0 ? null : errors.Average();
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
        modes = ModesOf(row.Law)?.Select(mode => new { coolingRate = mode.CoolingRate, heat = mode.Heat }),
        trainMae = row.Scores.Take(_trained).Average(score => score.MeanError),
        meanTestMae = row.MeanTestError,
        mae = row.Scores.ToDictionary(score => score.Name, score => score.MeanError, StringComparer.Ordinal),
        finals = _curves.Zip(row.Scores)
            .ToDictionary(pair => pair.First.Name, pair => FinalOf(FitFor(row, pair.First), pair.First, pair.Second), StringComparer.Ordinal),
        leaveOneOut = row.Fit?.LeaveOneOut.ToDictionary(score => score.Name, score => new { mae = score.MeanError, finalError = score.FinalError }, StringComparer.Ordinal),
        fitSeconds = row.Seconds,
        cautions = row.Fit?.Cautions,
        chosen = row.Choices is { } choices
            ? _curves.Zip(choices, (curve, choice) => (curve.Name, Law: LawNames.KeyOf(choice.Fit.Law.Kind), choice.Reason))
                .ToDictionary(chosen => chosen.Name, chosen => new { law = chosen.Law, because = chosen.Reason }, StringComparer.Ordinal)
            : null,
    };

    // A mode in equilibrium has no cooling rate that JSON could hold.
    private static ImmutableArray<ValleyMode>? ModesOf(LossLaw law) => law switch
    {
        RiverValleyLaw { Kind: not LawKind.Equilibrium } valley => valley.Modes,
        PeakTransferLaw transfer => transfer.Modes,
        _ => null,
    };

    private LawFit? FitFor(LawRow row, LossCurve curve) => row.Choices is { } choices ? choices[_curves.IndexOf(curve)].Fit : row.Fit;

    private static object FinalOf(LawFit? fit, LossCurve curve, CurveScore score)
    {
        var forecast = fit?.Forecast(curve.Path, points: 2);
        return new { predicted = score.PredictedFinal, measured = score.MeasuredFinal, low = forecast?.FinalLow, high = forecast?.FinalHigh, cautions = forecast?.Cautions };
    }
}
