using System.Collections.Immutable;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Curves;

/// <summary>Makes curves of what a file's runs logged: chooses the series, and tells what was taken and what was left out.</summary>
/// <param name="format">What the file is.</param>
/// <param name="word">What it calls a series: column, metric, tag.</param>
/// <param name="choice">What the reader chose.</param>
internal sealed class CurveAssembly(CurveFileFormat format, string word, CurveFileChoice choice)
{
    private const double HighestRate = 10; // of a series that is taken for a learning rate by a doubtful name
    private const double HighestLoss = 25; // nats/token: a model that knows nothing begins near the logarithm of its vocabulary

    private readonly List<string> _notes = [];
    private readonly List<LeftOutCurve> _leftOut = [];

    /// <summary>The column that counts steps; null where values bring their own.</summary>
    public string? StepColumn { get; init; }

    /// <summary>What the reader of the format has to tell.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Names to choose among.</summary>
    public required ImmutableArray<string> Series { get; init; }

    /// <summary>Makes the curves.</summary>
    /// <exception cref="CurveFileException">There is none; the message says why.</exception>
    public CurveFileOutcome Read(IReadOnlyList<RunLog> runs)
    {
        try
        {
            var loss = LossOf(runs);
            var rate = RateOf(runs);
            Tell(loss, rate);
            List<CurveSamples> curves = [];
            foreach (var run in runs)
            {
                if (CurveOf(run, loss, rate, runs.Count > 1) is { } curve)
                {
                    curves.Add(curve);
                }
            }

            _notes.AddRange(_leftOut.Select(run => $"Left out: '{run.Name}', {StepRanges.Count(run.Points, "loss", "losses")}: {run.Reason}."));
            return curves.Count == 0
                ? throw new CurveFileException("loss", Refusal(loss), Series)
                : new(format, [.. curves], Series, [.. _notes.Distinct(StringComparer.Ordinal)], []) { LossColumn = loss, RateColumn = rate, StepColumn = StepColumn, LeftOut = [.. _leftOut] };
        }
        catch (CurveFileException exception)
        {
            throw new CurveFileException(exception.Path, exception.Message, exception.Series.IsEmpty ? Series : exception.Series) { LeftOut = [.. _leftOut] };
        }
    }

    private string Refusal(string loss)
    {
        const int MostNamed = 5;
        var text = _leftOut is [var only]
            ? $"'{only.Name}' is no curve by its {word} '{CsvTable.Shorten(loss)}': {only.Reason}."
            : $"None of the {_leftOut.Count} runs is a curve by its {word} '{CsvTable.Shorten(loss)}': "
                + string.Join("; ", _leftOut.Take(MostNamed).Select(run => $"'{run.Name}': {run.Reason}")) + (_leftOut.Count > MostNamed ? "; …" : ".");
        return text;
    }

    // What was taken, and what else there was.
    private void Tell(string loss, string? rate)
    {
        var others = Series.Where(name => SeriesNames.LossRank(name) != SeriesNames.NotOne && !Is(name, loss)).ToList();
        _notes.Add($"Taken: loss from the {word} '{loss}'{KindWords(KindOf(loss))}, {(rate is null ? "no learning rate" : $"learning rate from '{rate}'")}"
            + $"{(StepColumn is null ? "" : $", step from '{StepColumn}'")}.{(others.Count == 0 ? "" : $" Other losses: {CurveFile.List(others)}.")}");
        if (SeriesNames.OtherQuantity(loss) is { } other)
        {
            _notes.Add($"By its name '{loss}' is {other}: the laws speak of nats per token.");
        }

        var rates = Series.Where(name => rate is not null && SeriesNames.RateRank(name) == SeriesNames.RateRank(rate) && !Is(name, rate)).ToList();
        if (rates.Count > 0)
        {
            _notes.Add($"Other learning rates: {CurveFile.List(rates)}.");
        }

        _notes.AddRange(Notes);
    }

    private static string KindWords(LossKind kind) => kind switch
    {
        LossKind.Training => " (training loss)",
        LossKind.Validation => " (validation loss)",
        _ => " (training or validation: the file does not say)",
    };

    // A plain "loss" beside a validation loss is the training's.
    private LossKind KindOf(string series) =>
        SeriesNames.KindOf(series) is not LossKind.Unstated and var told ? told
        : Series.Any(name => !Is(name, series) && SeriesNames.LossRank(name) != SeriesNames.NotOne && SeriesNames.KindOf(name) == LossKind.Validation) ? LossKind.Training
        : LossKind.Unstated;

    private string LossOf(IReadOnlyList<RunLog> runs)
    {
        if (choice.Loss is not null)
        {
            return Known("loss", choice.Loss, runs);
        }

        var ranked = Series.Select(name => (Name: name, Rank: SeriesNames.LossRank(name)))
            .Where(series => series.Rank != SeriesNames.NotOne)
            .Select(series => (series.Name, series.Rank, Points: runs.Max(run => run.Count(series.Name)))).ToList();
        if (ranked.Count == 0)
        {
            var hints = Series.Select(name => (name, Other: SeriesNames.OtherQuantity(name))).Where(pair => pair.Other is not null).Take(3).Select(pair => $" '{pair.name}' is {pair.Other}.");
            throw new CurveFileException("loss", $"No {word} is called loss; choose one of {CurveFile.List(Series)}.{string.Concat(hints)}", Series);
        }

        var best = ranked.Exists(series => series.Points > 0) ? ranked.Where(series => series.Points > 0).Min(series => series.Rank) : ranked.Min(series => series.Rank);
        var equal = ranked.Where(series => series.Rank == best).ToList();
        const int Doubtful = 2;
        if (best == Doubtful && equal.Count > 1)
        {
            throw new CurveFileException("loss", $"Several {word}s could be the loss; choose one of {CurveFile.List([.. equal.Select(series => series.Name)])}.", Series);
        }

        return equal
            .OrderByDescending(series => KindOf(series.Name) == LossKind.Validation && HasEnough(series.Name, runs))
            .ThenByDescending(series => runs.Count(run => run.Count(series.Name) >= CurveSamples.FewestSamples))
            .ThenByDescending(series => series.Points)
            .ThenBy(series => KindOf(series.Name) switch { LossKind.Validation => 0, LossKind.Unstated => 1, _ => 2 })
            .First().Name;
    }

    // Enough validations in every run that has a loss at all.
    private static bool HasEnough(string series, IReadOnlyList<RunLog> runs) =>
        runs.Where(run => run.Series.Any(name => SeriesNames.LossRank(name) != SeriesNames.NotOne && run.Count(name) >= CurveSamples.FewestSamples))
            .ToList() is { Count: > 0 } full && full.TrueForAll(run => run.Count(series) >= CurveSamples.EnoughSamples);

    private string? RateOf(IReadOnlyList<RunLog> runs) =>
        choice.Rate is not null
            ? Known("rate", choice.Rate, runs)
            : Series.Select(name => (Name: name, Rank: SeriesNames.RateRank(name)))
                .Where(series => series.Rank == 0 || (series.Rank != SeriesNames.NotOne && runs.Max(run => run.Highest(series.Name)) < HighestRate))
                .OrderBy(series => series.Rank).ThenByDescending(series => runs.Max(run => run.Count(series.Name)))
                .Select(series => series.Name).FirstOrDefault();

    private string Known(string field, string chosen, IReadOnlyList<RunLog> runs) =>
        runs.Any(run => run.Series.Contains(chosen, StringComparer.Ordinal))
            ? chosen
            : throw new CurveFileException(field, $"There is no {word} '{CsvTable.Shorten(chosen)}'; there are {CurveFile.List(Series)}.", Series);

    private CurveSamples? CurveOf(RunLog run, string loss, string? rate, bool isOneOfMany)
    {
        List<string> notes = [];
        foreach (var (field, series) in new[] { ("loss", (string?)loss), ("rate", rate) })
        {
            if (run.Failure(series) is { } failure)
            {
                throw new CurveFileException(field, failure.Message, Series);
            }
        }

        var read = run.Resolve(name => Is(name, loss) || Is(name, rate) || SeriesNames.LossRank(name) != SeriesNames.NotOne || SeriesNames.RateRank(name) is 0 or 1, notes);
        var losses = read.GetValueOrDefault(loss) ?? SeriesReading.None;
        TellSeries(losses, "loss", "losses", notes);
        var name = run.Name;
        if (losses.IsDiverged)
        {
            var from = losses.NotFinite[losses.NotFinite.Count - losses.Samples.Reverse().TakeWhile(sample => !double.IsFinite(sample.Loss)).Count()];
            if (!choice.KeepDiverged)
            {
                Leave(run.Name, losses, FormattableString.Invariant(
                    $"the run diverged: its loss is not finite from step {from} to its end. Keep diverged runs to take it up to its last finite loss"));
                return null;
            }

            name = FormattableString.Invariant($"{name} (diverged at step {from})");
            notes.Add(FormattableString.Invariant($"The run diverged: its loss is not finite from step {from} on. It was kept up to its last finite loss, which is no final loss."));
        }

        if (losses.Positive.Count < CurveSamples.FewestSamples || losses.NotPositive.Count > losses.Positive.Count)
        {
            Leave(run.Name, losses, ShortReason(losses));
            return null;
        }

        if (losses.Positive.Order(Comparer<LossSample>.Create((a, b) => a.Loss.CompareTo(b.Loss))).ElementAt(losses.Positive.Count / 2).Loss is > HighestLoss and var middle)
        {
            notes.Add(FormattableString.Invariant($"Half of the losses are above {middle:g3}: nats per token are hardly ever so many. Is it a perplexity, or a sum?"));
        }

        if (ExplosionRule.Current.Why(losses.Positive[^1].Loss, null, losses.Positive.Min(sample => sample.Loss)) is { } exploded)
        {
            notes.Add($"{exploded} No law describes that: do not fit to it.");
        }

        if (losses.Positive.Count < CurveSamples.EnoughSamples)
        {
            var (count, fewest) = (losses.Positive.Count, TrainingCurve.FewestPoints);
            notes.Add(count < fewest
                ? $"It has only {count} losses. A fit needs at least {fewest} after the warm-up, so no law can be fitted to it."
                : $"It has only {count} losses. It can be used for a fit only if at least {fewest} of them come after the warm-up and the skipped start.");
        }

        var rates = RatesOf(rate is null ? SeriesReading.None : read.GetValueOrDefault(rate) ?? SeriesReading.None, losses, notes);
        CheckStart(losses.Positive, rates, notes);
        _notes.AddRange(notes.Select(note => isOneOfMany ? $"'{run.Name}': {note}" : note));
        return new(name, [.. losses.Positive], rates) { LossColumn = loss, Kind = KindOf(loss), Others = OthersOf(read, loss) };
    }

    // Rates before the first row are taken as a straight warm-up, which must not be most of a training.
    private void CheckStart(IReadOnlyList<LossSample> losses, ImmutableArray<RatePoint> rates, List<string> notes)
    {
        const double UnixTime = 1e9; // seconds from 1970 to 2001
        const long ManyUpdates = 100_000_000;
        var (first, last) = (rates.IsEmpty ? losses[0].Step : Math.Min(losses[0].Step, rates[0].Step), losses[^1].Step);
        if (first >= UnixTime && last - first < first / 2)
        {
            throw new CurveFileException("step", FormattableString.Invariant(
                $"The steps are from {first} to {last}: these look like times, not numbers of updates. ")
                + "Choose the column that counts updates.", Series);
        }

        if (!rates.IsEmpty && first > last / 2)
        {
            notes.Add(FormattableString.Invariant($"The file begins at step {first} and ends at step {last}: ")
                + "more than half of the training is missing. "
                + "The rates before that are taken for a straight warm-up; a law needs the true ones.");
        }

        if (last >= ManyUpdates)
        {
            notes.Add(FormattableString.Invariant($"The last step is {last}: are these updates, which a law needs, or tokens or samples?"));
        }
    }

    private static string ShortReason(SeriesReading losses) =>
        losses.NotPositive.Count > losses.Positive.Count ? $"{losses.NotPositive.Count} of its {losses.Samples.Count} values are 0 or below, which no loss in nats is"
        : losses.Samples.Count == 0 ? "it has no loss there"
        : (losses.Positive.Count == 0 ? "it has no finite loss"
            : $"it has {StepRanges.Count(losses.Positive.Count, "loss", "losses")} ({StepRanges.Say(losses.Positive.Select(sample => sample.Step), 0)})")
            + $"; a curve needs {CurveSamples.FewestSamples}";

    private void Leave(string run, SeriesReading losses, string reason) => _leftOut.Add(new(run, losses.Positive.Count, reason));

    private static void TellSeries(SeriesReading series, string one, string many, List<string> notes)
    {
        if (series.NotFinite.Count > 0)
        {
            notes.Add(series.IsFilledWithNaN
                ? $"NaN stands in {StepRanges.Count(series.NotFinite.Count, "step", "steps")} between the values again and again: taken as no {one} logged there."
                : $"{StepRanges.Count(series.NotFinite.Count, one, many)} not finite, left out: {StepRanges.Say(series.NotFinite)}.");
        }

        if (series.NotPositive.Count > 0 && one is "loss")
        {
            notes.Add($"{StepRanges.Count(series.NotPositive.Count, one, many)} of 0 or below, left out: {StepRanges.Say(series.NotPositive)}.");
        }

        if (series.Repeated.Count > 0)
        {
            notes.Add($"{StepRanges.Count(series.Repeated.Count, "step has", "steps have")} several {many} that differ; the last one in the file stands: {StepRanges.Say(series.Repeated)}.");
        }

        if (series.Gaps is { Count: > 0 } gaps && one is "loss")
        {
            notes.Add($"No {one} logged at {StepRanges.Say(gaps)}; nothing was filled in.");
        }
    }

    private ImmutableArray<RatePoint> RatesOf(SeriesReading rates, SeriesReading losses, List<string> notes)
    {
        if (rates.Samples.FirstOrDefault(sample => double.IsFinite(sample.Loss) && sample.Loss < 0) is { Loss: < 0 } wrong)
        {
            throw new CurveFileException("rate", FormattableString.Invariant($"A learning rate is at least 0, but {wrong.Loss} at step {wrong.Step} is not."), Series);
        }

        TellSeries(rates, "learning rate", "learning rates", notes);
        List<RatePoint> points = [.. rates.Samples.Where(sample => double.IsFinite(sample.Loss)).Select(sample => new RatePoint(sample.Step, sample.Loss))];
        if (points.Count > 0 && points.TrueForAll(point => point.Rate == 0))
        {
            throw new CurveFileException("rate", "Every learning rate is 0.", Series);
        }

        const double Share = 0.9;
        if (points.Count > 0 && points[^1].Step < Share * losses.Positive[^1].Step)
        {
            notes.Add(FormattableString.Invariant($"The learning rates end at step {points[^1].Step}; the last one is held to the last loss, at step {losses.Positive[^1].Step}."));
        }

        if (points.Count > 0 && points.Max(point => point.Rate) > 1)
        {
            notes.Add(FormattableString.Invariant($"The highest learning rate is {points.Max(point => point.Rate):g4}. Is it one?"));
        }

        return [.. points];
    }

    private ImmutableArray<LossSeries> OthersOf(IReadOnlyDictionary<string, SeriesReading> read, string loss) =>
    [
        .. read.Where(pair => !Is(pair.Key, loss) && SeriesNames.LossRank(pair.Key) <= 1 && KindOf(pair.Key) != KindOf(loss) && KindOf(pair.Key) != LossKind.Unstated)
            .Where(pair => !pair.Value.IsDiverged && pair.Value.Positive.Count >= CurveSamples.EnoughSamples)
            .GroupBy(pair => KindOf(pair.Key))
            .Select(kind => kind.OrderBy(pair => SeriesNames.LossRank(pair.Key)).ThenByDescending(pair => pair.Value.Positive.Count).First())
            .Select(pair => new LossSeries(pair.Key, KindOf(pair.Key), [.. pair.Value.Positive])),
    ];

    private static bool Is(string series, string? wanted) => string.Equals(series, wanted, StringComparison.Ordinal);
}
