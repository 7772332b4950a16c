using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Curves;

namespace Ntl.Training.Laws;

/// <summary>Laws fitted to some curves of a directory and judged on the others.</summary>
internal sealed class LawsSession(TextWriter output, CancellationToken cancellationToken)
{
    private readonly List<LossCurve> _curves = [];
    private readonly List<LossCurve> _scored = [];
    private readonly List<LeftOutCurve> _leftOut = [];
    private LossTables _read = new([], 0, LossKind.Unstated, [], []);
    private readonly HashSet<string> _diverged = new(StringComparer.Ordinal);
    private int _trained;

    // A loss that ends so far above its lowest is no longer the training that the laws describe.
    private const double DivergedRatio = 1.5;

    /// <summary>Reads the training curves, then every other log of the directory.</summary>
    /// <param name="directory">Holds the files.</param>
    /// <param name="train">Names of files or runs in it.</param>
    /// <param name="warmupSteps">Of the trainings' straight warm-up, in place of the files' rows; null to tell it from the files.</param>
    /// <param name="request">How the files are read; null for their columns by name.</param>
    /// <param name="skippedShare">Share of the greatest D before which no loss counts; null for that of a fit by default.</param>
    /// <exception cref="FormatException">A file is missing, or one that is fitted to cannot be read.</exception>
    public void Read(DirectoryInfo directory, IReadOnlyList<string> train, long? warmupSteps, CurveRequest? request = null, double? skippedShare = null)
    {
        _read = CurveDirectory.Read(directory, train, request ?? new());
        var tables = _read.Tables;
        // The trainings that are fitted to share a warm-up; a log that is only judged may be of another family.
        var logs = tables.Take(_read.Trained).Where(table => table.Schedule is null).Select(table => table.Rates).ToList();
        var warmup = warmupSteps ?? (logs.Count == 0 ? 0 : UnseenWarmup.StepsOf(logs));
        _curves.AddRange(tables.Select(table => new LossCurve(table.Name, PathOf(table), [.. table.Losses])));
        _trained = _read.Trained;
        // As in a fit: no law describes how a training begins.
        var skipped = (skippedShare ?? new LawFitOptions().SkippedShare) * _curves.Take(_trained).Max(curve => curve.Path.IntrinsicTime);
        _scored.AddRange(_curves.Select(curve => curve.Described(skipped)));
        LeaveOutUndescribed(skipped);
        _diverged.UnionWith(_curves.Where(HasDiverged).Select(curve => curve.Name));

        RatePath PathOf(LossTable table) => table.Schedule is { } schedule ? RatePath.Of(schedule)
            : warmupSteps is { } given ? UnseenWarmup.Warmed(table.Rates, given)
            : UnseenWarmup.PathOf(table.Rates, warmup);
    }

    private static bool HasDiverged(LossCurve curve) => curve.Points[^1].Loss > DivergedRatio * curve.Points.Min(point => point.Loss);

    // A curve without a loss that a law describes: an error where it is fitted to, told where it is judged.
    private void LeaveOutUndescribed(double skipped)
    {
        for (var i = _scored.Count - 1; i >= 0; i--)
        {
            if (!_scored[i].Points.IsEmpty)
            {
                continue;
            }

            var reason = FormattableString.Invariant($"all its losses are of the warm-up or of the first D = {skipped:g3}, which no law describes");
            if (i < _trained)
            {
                throw new FormatException($"{_curves[i].Name}: {reason}.");
            }

            _leftOut.Add(new(_curves[i].Name, _curves[i].Points.Length, reason));
            _curves.RemoveAt(i);
            _scored.RemoveAt(i);
        }
    }

    /// <summary>Tells what was taken of each file, and what was left out.</summary>
    /// <param name="text">Takes a line per sentence; apart from the results.</param>
    public void Tell(TextWriter text)
    {
        text.WriteLine($"The fit uses the {LossKinds.NameOf(_read.Kind)}.");
        foreach (var note in _read.Notes)
        {
            text.WriteLine(note);
        }

        foreach (var curve in _curves.Take(_trained).Where(curve => _diverged.Contains(curve.Name)))
        {
            text.WriteLine(FormattableString.Invariant(
                $"{curve.Name} diverged: it ends more than {DivergedRatio} times as high as its lowest loss. ")
                + "No law describes that, and the fit uses it: leave it out of --train.");
        }

        foreach (var left in LeftOut)
        {
            text.WriteLine($"Left out: {left.Name} ({StepCount(left.Points)}): {left.Reason}.");
        }
    }

    private IEnumerable<LeftOutCurve> LeftOut => _read.LeftOut.Concat(_leftOut);

    private static string StepCount(int points) => points == 1 ? "1 loss" : FormattableString.Invariant($"{points} losses");

    /// <summary>Fits the laws and prints how they meet the curves.</summary>
    /// <param name="kinds">Which laws.</param>
    /// <param name="isAuto">Whether also every curve is answered by the law that is chosen for its peak.</param>
    /// <param name="published">Published numbers to judge beside them.</param>
    /// <param name="options">Of the fits.</param>
    /// <param name="isJson">Whether the answer is one line of JSON in place of tables.</param>
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
            WriteJson(new
            {
                train = _curves.Take(_trained).Select(curve => curve.Name),
                test = _curves.Skip(_trained).Select(curve => curve.Name),
                diverged = _diverged.Count == 0 ? null : _diverged,
                lossKind = LossKinds.NameOf(_read.Kind),
                leftOut = LeftOut.Select(left => new { name = left.Name, points = left.Points, reason = left.Reason }),
                laws = rows.Select(Json),
            });
            return;
        }

        LawsText.Write(output, rows, _trained);
        foreach (var name in _curves.Skip(_trained).Select(curve => curve.Name).Where(_diverged.Contains))
        {
            output.WriteLine(FormattableString.Invariant(
                $"{name} diverged: it ends more than {DivergedRatio} times as high as its lowest loss. No law describes that; it is not in the mean."));
        }
    }

    /// <summary>Measures how often each law's 90 % band holds the final loss of a curve that was kept out of the fit, and prints it.</summary>
    /// <param name="kinds">Which laws.</param>
    /// <param name="options">Of the fits.</param>
    /// <param name="isJson">Whether the answer is one line of JSON in place of tables.</param>
    public void Cover(IReadOnlyList<LawKind> kinds, LawFitOptions options, bool isJson)
    {
        List<LossCurve> curves = [.. _curves.Where(curve => !HasDiverged(curve))];
        List<CoverageRow> rows = [];
        foreach (var kind in kinds)
        {
            foreach (var study in Enum.GetValues<CoverageStudy>())
            {
                rows.AddRange(CoverageRow.Of(kind, study, BandCoverage.Of(kind, study, curves, options, cancellationToken)));
            }
        }

        if (isJson)
        {
            WriteJson(new { curves = curves.Count, coverage = rows.Select(row => row.Json) });
        }
        else
        {
            CoverageRow.Write(output, rows);
        }
    }

    private void WriteJson(object answer) => output.WriteLine(JsonSerializer.Serialize(answer));

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
