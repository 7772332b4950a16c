using System.Collections.Immutable;
using Ntl.Domain.Plots;

namespace Ntl.Domain.Experiments;

/// <summary>A sweep's heat map and response curves.</summary>
internal static class SweepPlots
{
    private const string LossLabel = "mean final loss";
    private const string LossUnit = "nats/token";
    private const double Confidence = 0.95;
    private const double Decade = 10;

    // More curves would hide each other.
    private const int MostCurves = 6;

    public static void Add(ReportDraft draft, List<SweepCell> cells, ImmutableArray<SweepKnob> knobs, SweepCell? best)
    {
        if (best is null)
        {
            return;
        }

        draft.Plots.Add(Heat(cells, knobs, best));
        foreach (var (i, knob) in knobs.Index())
        {
            if (SweepKnobs.IsNumeric(knob) && Response(cells, knob, i) is { } response)
            {
                draft.Plots.Add(response);
            }
        }
    }

    private static Plot Heat(List<SweepCell> cells, ImmutableArray<SweepKnob> knobs, SweepCell best)
    {
        // Of a third knob, the best cell's value.
        List<SweepCell> shown = [.. cells.Where(cell => cell.Place.Settings.Skip(2).SequenceEqual(best.Place.Settings.Skip(2)))];
        ImmutableArray<string> columns = [.. Values(shown, 0)];
        ImmutableArray<string> rows = knobs.Length > 1 ? [.. Values(shown, 1)] : ["all"];
        var values = Enumerable.Repeat(double.NaN, columns.Length * rows.Length).ToArray();
        var notes = Enumerable.Repeat("", values.Length).ToArray();
        foreach (var cell in shown)
        {
            var place = ((knobs.Length > 1 ? rows.IndexOf(cell.Place.Settings[1].Text) : 0) * columns.Length) + columns.IndexOf(cell.Place.Settings[0].Text);
            (values[place], notes[place]) = (cell.Loss?.Mean ?? double.NaN, cell.Note);
        }

        var third = knobs.Length > 2 ? $" at {SweepKnobs.TitleOf(knobs[2]).ToLowerInvariant()} {best.Place.Settings[2].Text}" : "";
        return new($"Mean final loss by cell{third}", SweepKnobs.TitleOf(knobs[0]), "", knobs.Length > 1 ? SweepKnobs.TitleOf(knobs[1]) : "", "", false, false, [])
        {
            Cells = new([.. Enumerable.Range(0, columns.Length).Select(i => (double)i)], columns, rows, [.. values], LossLabel, LossUnit) { Notes = [.. notes] },
        };
    }

    private static IEnumerable<string> Values(List<SweepCell> cells, int knob)
    {
        List<SweepSetting> settings = [.. cells.Select(cell => cell.Place.Settings[knob]).DistinctBy(setting => setting.Text, StringComparer.Ordinal)];
        return (settings.TrueForAll(setting => setting.Number is not null) ? settings.OrderBy(setting => setting.Number) : settings.AsEnumerable()).Select(setting => setting.Text);
    }

    // Loss against one knob: a curve for each setting of the others, the lowest ones.
    private static Plot? Response(List<SweepCell> cells, SweepKnob knob, int place)
    {
        var curves = cells
            .Where(cell => cell.Loss is not null && cell.Place.Settings[place].Number is not null)
            .GroupBy(cell => string.Join(" · ", cell.Place.Settings.Where((_, i) => i != place).Select(setting => $"{SweepKnobs.WordOf(setting.Knob)} {setting.Text}")), StringComparer.Ordinal)
            .Where(curve => curve.Count() > 1)
            .OrderBy(curve => curve.Min(cell => cell.Loss!.Value.Mean))
            .Take(MostCurves)
            .Select(curve => Curve(curve.Key.Length == 0 ? "mean over seeds, 95 %" : curve.Key, place, curve))
            .ToList();
        if (curves.Count == 0)
        {
            return null;
        }

        var (least, most) = (curves.Min(curve => curve.X.Min()), curves.Max(curve => curve.X.Max()));
        return new($"Response to {SweepKnobs.TitleOf(knob).ToLowerInvariant()}, mean with 95 % interval over seeds", SweepKnobs.TitleOf(knob), "", LossLabel, LossUnit, least > 0 && most >= Decade * least, false, [.. curves]);
    }

    private static PlotCurve Curve(string label, int place, IEnumerable<SweepCell> cells)
    {
        var points = cells.OrderBy(cell => cell.Place.Settings[place].Number).Select(cell => (X: cell.Place.Settings[place].Number!.Value, Loss: cell.Loss!.Value)).ToList();
        var bands = points.ConvertAll(point => point.Loss.Count > 1 ? point.Loss.Interval(Confidence) : new(point.Loss.Mean, point.Loss.Mean));
        return new(label, CurveRole.Measured, [.. points.Select(point => point.X)], [.. points.Select(point => point.Loss.Mean)])
        {
            Lower = [.. bands.Select(band => band.Low)],
            Upper = [.. bands.Select(band => band.High)],
        };
    }
}
