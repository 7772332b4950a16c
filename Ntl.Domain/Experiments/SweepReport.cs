using System.Collections.Immutable;
using Ntl.Domain.Leaderboard.Statistics;
using Ntl.Domain.Numbers;
using Ntl.Domain.Thermodynamics.Runs;
using static Ntl.Domain.Experiments.ReportDraft;

namespace Ntl.Domain.Experiments;

/// <summary>Which settings of a sweep end lowest, and which differ significantly from the best.</summary>
internal static class SweepReport
{
    private const string Title = "Sweep: which settings end lowest?";
    private const double Confidence = 0.95;

    // How often any cell equal to the best may be called worse.
    private const double Level = 0.05;

    private const int MostNamed = 8;

    public static ExperimentReport Of(IReadOnlyList<RunRecord> records)
    {
        var cells = SweepCell.Of(records);
        if (cells.Count == 0)
        {
            var empty = new ReportDraft(ExperimentKind.Sweep, records, "cell");
            empty.Missing.Add("No run of the sweep can be read.");
            return empty.Done(Title);
        }

        ImmutableArray<SweepKnob> knobs = [.. cells[0].Place.Settings.Select(setting => setting.Knob)];
        var draft = new ReportDraft(
            ExperimentKind.Sweep, records, [.. knobs.Select(SweepKnobs.TitleOf), "mean final loss (nats/token)", "95 % interval", "n", "p against the best (Holm)", "state"]);
        var best = Best(cells);
        var p = best is null ? [] : Tests(cells, best);
        AddDesign(draft, cells);
        AddBest(draft, cells, best, p);
        AddStops(draft, cells);
        foreach (var cell in cells.OrderBy(cell => cell.Diverged > 0).ThenBy(cell => cell.Loss?.Mean ?? double.PositiveInfinity))
        {
            AddRow(draft, cell, best, p);
        }

        SweepPlots.Add(draft, cells, knobs, best);
        return draft.Done(Title);
    }

    // A cell with fewer seeds than others may have had the lucky ones only.
    private static SweepCell? Best(List<SweepCell> cells)
    {
        List<SweepCell> known = [.. cells.Where(cell => cell.Loss is not null)];
        var most = known.Select(cell => cell.Finals.Length).DefaultIfEmpty().Max();
        return known.Where(cell => cell.Finals.Length == most).MinBy(cell => cell.Loss!.Value.Mean);
    }

    private static Dictionary<SweepCell, double> Tests(List<SweepCell> cells, SweepCell best)
    {
        List<SweepCell> others = [.. cells.Where(cell => cell != best && cell.Loss is not null)];
        var p = HolmCorrection.Adjust([.. others.Select(cell => WelchTest.Of(cell.Loss!.Value, best.Loss!.Value).P)]);
        return others.Zip(p).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static void AddDesign(ReportDraft draft, List<SweepCell> cells)
    {
        var (runs, finished) = (cells.Sum(cell => cell.Members.Count), cells.Sum(cell => cell.Finals.Length));
        draft.Sentences.Add(FormattableString.Invariant(
            $"{cells.Count} cells with {cells.Max(cell => cell.Members.Count)} seeds each; {finished} of {runs} runs have finished. Every cell has the same seeds, so that cells are paired; the test below is Welch's, which leaves the pairing unused."));
        List<SweepCell> lost = [.. cells.Where(cell => cell.Diverged > 0)];
        if (lost.Count > 0)
        {
            var seeds = lost.Sum(cell => cell.Diverged);
            draft.Sentences.Add(FormattableString.Invariant(
                $"{seeds} {(seeds == 1 ? "run" : "runs")} in {lost.Count} {(lost.Count == 1 ? "cell" : "cells")} diverged or exploded. A diverged run counts as ∞, so such a cell has no finite mean and stands last: {Named(lost)}."));
        }

        List<SweepCell> open = [.. cells.Where(cell => !cell.IsWhole && cell.Diverged == 0)];
        if (open.Count > 0)
        {
            draft.Missing.Add(FormattableString.Invariant(
                $"{open.Count} of {cells.Count} cells do not have all of their seeds yet. Their means are of fewer seeds, and where the others were stopped or failed, of the better ones."));
        }
    }

    private static void AddBest(ReportDraft draft, List<SweepCell> cells, SweepCell? best, Dictionary<SweepCell, double> p)
    {
        if (best?.Loss is not { } loss)
        {
            draft.Missing.Add(cells.Exists(cell => cell.Diverged > 0) ? "No cell has a finite mean yet." : "No run has finished yet.");
            return;
        }

        draft.Sentences.Add($"Lowest mean: {best.Place.Cell}, {NumberFormat.Loss(loss.Mean)} nats/token{(loss.Count > 1 ? $", 95 % interval {Range(loss)}" : "")}, n {loss.Count}.");
        if (p.Count == 0)
        {
            return;
        }

        draft.Sentences.Add($"It is the least of {p.Count + 1} means, chosen by its own luck, and so biased low{Bias(cells)}. Repeat it with fresh seeds before you trust its loss.");
        List<SweepCell> tied = [.. p.Where(pair => pair.Value > Level && pair.Key.Finals.Length > 1 && loss.Count > 1).Select(pair => pair.Key).OrderBy(cell => cell.Loss!.Value.Mean)];
        var untold = p.Count(pair => pair.Key.Finals.Length < 2 || loss.Count < 2);
        draft.Sentences.Add(
            tied.Count > 0 ? $"Not significantly different from it at 5 % (Welch's test, Holm's correction over {p.Count}): {Named(tied)}."
            : untold < p.Count ? $"Every other cell of two seeds or more differs significantly from it at 5 % (Welch's test, Holm's correction over {p.Count})."
            : "No other cell can be compared with it yet.");
        if (untold > 0)
        {
            draft.Missing.Add(FormattableString.Invariant($"{untold} comparisons with the best cell lack two finished seeds on a side, without which nothing is known of their error."));
        }
    }

    // Blom's expected least of m normal draws: how far the best of equal cells lies below the truth.
    private static string Bias(List<SweepCell> cells)
    {
        List<SampleMean> known = [.. cells.Where(cell => cell.Loss is { Count: > 1 }).Select(cell => cell.Loss!.Value)];
        var degrees = known.Sum(loss => loss.Count - 1);
        if (known.Count < 2 || degrees == 0)
        {
            return "";
        }

        var spread = Math.Sqrt(known.Sum(loss => loss.StandardDeviation * loss.StandardDeviation * (loss.Count - 1)) / degrees);
        var error = spread / Math.Sqrt(known.Average(loss => loss.Count));
        var bias = -error * StandardNormal.Quantile((1 - 0.375) / (known.Count + 0.25));
        return $": were all cells equal and independent, it would lie about {Number(bias, 2)} nats/token too low (Blom's approximation, seed spread {Number(spread, 2)})";
    }

    private static void AddStops(ReportDraft draft, List<SweepCell> cells)
    {
        if (cells[0].Place.Stop is not { } rule)
        {
            return;
        }

        List<RunRecord> stopped = [.. cells.SelectMany(cell => cell.Stopped)];
        draft.Sentences.Add(FormattableString.Invariant($"{stopped.Count} members were stopped early by the rule: more than {rule.Spreads:G3} seed spreads above the median of comparable members at {string.Join(" or ", rule.Rungs.Select(rung => $"{100 * rung:0.#} %"))} of the steps. They never count as finished."));
    }

    private static void AddRow(ReportDraft draft, SweepCell cell, SweepCell? best, Dictionary<SweepCell, double> p)
    {
        var isTested = p.TryGetValue(cell, out var value) && cell.Finals.Length > 1 && best!.Finals.Length > 1;
        draft.Row(
        [
            .. cell.Place.Settings.Select(setting => setting.Text),
            cell.Loss is { } mean ? NumberFormat.Loss(mean.Mean) : cell.Diverged > 0 ? "∞" : "–",
            cell.Loss is { Count: > 1 } loss ? Range(loss) : "–",
            cell.Note,
            cell == best ? "best" : !isTested ? "–" : value > Level ? $"{Number(value, 2)}, tied" : Number(value, 2),
            State(cell),
        ]);
    }

    private static string State(SweepCell cell)
    {
        List<string> parts = [];
        List<RunRecord> stopped = [.. cell.Stopped];
        if (stopped.Count > 0)
        {
            parts.Add($"stopped by the rule: {string.Join(", ", stopped.Select(LastLoss))}");
        }

        if (cell.Diverged > 0)
        {
            parts.Add(FormattableString.Invariant($"{cell.Diverged} diverged or exploded{(cell.Finals.Length > 0 ? $", the {(cell.Finals.Length == 1 ? "other" : $"other {cell.Finals.Length}")} at {string.Join(", ", cell.Finals.Select(loss => NumberFormat.Loss(loss)))}" : "")}"));
        }

        var failed = cell.Members.Count(record => record.EndedEarly is not null && !record.Final.HasDiverged && !SweepCell.IsStopped(record));
        if (failed > 0)
        {
            parts.Add(FormattableString.Invariant($"{failed} ended early"));
        }

        var open = cell.Members.Count - cell.Finals.Length - cell.Diverged - stopped.Count - failed;
        if (open > 0)
        {
            parts.Add(FormattableString.Invariant($"{open} not finished"));
        }

        return parts.Count == 0 ? "finished" : string.Join("; ", parts);
    }

    private static string LastLoss(RunRecord record) =>
        EqualTime.Losses(record) is [.., var last] ? FormattableString.Invariant($"{NumberFormat.Loss(last.Loss)} at step {CountFormat.Count(last.Step)}") : "before its first validation";

    private static string Range(SampleMean loss)
    {
        var interval = loss.Interval(Confidence);
        return $"{NumberFormat.Loss(interval.Low)} to {NumberFormat.Loss(interval.High)}";
    }

    private static string Named(List<SweepCell> cells) =>
        string.Join("; ", cells.Take(MostNamed).Select(cell => cell.Place.Cell)) + (cells.Count > MostNamed ? FormattableString.Invariant($" and {cells.Count - MostNamed} others") : "");
}
