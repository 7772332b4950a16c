using System.Globalization;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Reads rows of step and rate, with a header or without.</summary>
/// <remarks>
/// Step convention: a row's step is the zero-based update that was made at the row's rate. Between rows the rate goes straight; rows that lie on one line become one piece. Before the first row its rate is held; the last row is the last step.
/// </remarks>
internal static class CsvReader
{
    private const int MostRows = 2_000_000;
    private const int MostProblems = 20;

    // A row is left out where the line between its neighbours passes within this share of the peak: what the roundings of three doubles make.
    private const double Collinear = 4e-16;

    private static readonly char[] s_separators = [',', ';', '\t', ' '];
    private static readonly string[] s_stepNames = ["step", "steps", "iteration", "iter", "update", "_step", "global_step"];
    private static readonly string[] s_rateNames = ["lr", "learning_rate", "rate", "learningrate", "eta", "train/lr", "train/learning_rate"];

    public static void Read(string text, ImportDraft draft)
    {
        var rows = Rows(text, draft.Problems);
        if (draft.Problems.Count > 0)
        {
            return;
        }

        if (rows.Count == 0)
        {
            draft.Problems.Add(new("", "There is no row of step and rate."));
            return;
        }

        draft.Phases = [.. Phases(rows)];
        draft.Rate = step => RateAt(rows, step);
        draft.Notes.Add("CSV: a row's step is the zero-based update that was made at its rate; between rows the rate goes straight, and the last row is the last step.");
        if (rows[0].Step > 0)
        {
            draft.Notes.Add($"The rows begin at step {rows[0].Step}: the first rate is held for the steps before.");
        }

        if (rows[^1].Step - rows[0].Step + 1 > rows.Count)
        {
            draft.Notes.Add("Not every step has a row: the rates between are a straight line's, not the source's.");
        }
    }

    private static List<RatePoint> Rows(string text, List<SpecProblem> problems)
    {
        var rows = new List<RatePoint>();
        var (stepColumn, rateColumn, line, separators) = (0, 1, 0, (char[]?)null);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var content = text.AsSpan()[range].Trim().Trim('\ufeff').ToString();
            line++;
            if (content.Length == 0 || content[0] == '#' || problems.Count >= MostProblems)
            {
                continue;
            }

            separators ??= [s_separators.FirstOrDefault(content.Contains, ',')];
            var cells = content.Split(separators, StringSplitOptions.TrimEntries | (separators[0] == ' ' ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None));
            if (rows.Count == 0 && problems.Count == 0 && !double.TryParse(cells[0].Trim('"'), CultureInfo.InvariantCulture, out _))
            {
                (stepColumn, rateColumn) = (Column(cells, s_stepNames), Column(cells, s_rateNames));
                if (stepColumn < 0 || rateColumn < 0)
                {
                    problems.Add(new(FormattableString.Invariant($"line {line}"), "The header needs a column step and a column lr (or learning_rate, or rate)."));
                    return rows;
                }

                continue;
            }

            Add(rows, cells, Math.Max(stepColumn, rateColumn), stepColumn, rateColumn, FormattableString.Invariant($"line {line}"), problems);
            if (rows.Count > MostRows)
            {
                problems.Add(new(FormattableString.Invariant($"line {line}"), $"At most {MostRows} rows are read."));
                return rows;
            }
        }

        return rows;
    }

    private static int Column(string[] cells, string[] names) => Array.FindIndex(cells, cell => names.Contains(cell.Trim('"').ToLowerInvariant(), StringComparer.Ordinal));

    private static void Add(List<RatePoint> rows, string[] cells, int lastColumn, int stepColumn, int rateColumn, string path, List<SpecProblem> problems)
    {
        if (cells.Length <= lastColumn)
        {
            problems.Add(new(path, $"A row needs {lastColumn + 1} cells; this one has {cells.Length}."));
        }
        else if (!double.TryParse(cells[stepColumn].Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var step) || step != Math.Floor(step) || step is < 0 or >= ScheduleSpec.MaximumSteps)
        {
            problems.Add(new(path, $"A step is a whole number from 0 to below {ScheduleSpec.MaximumSteps}, but it is '{Short(cells[stepColumn])}'."));
        }
        else if (!double.TryParse(cells[rateColumn].Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) || !double.IsFinite(rate) || rate is < 0 or > ScheduleSpec.MaximumRate)
        {
            problems.Add(new(path, $"A rate is a number from 0 to {RateText.Format(ScheduleSpec.MaximumRate)}, but it is '{Short(cells[rateColumn])}'."));
        }
        else if (rows.Count > 0 && step <= rows[^1].Step)
        {
            problems.Add(new(path, $"Steps must rise from row to row, but {step} follows {rows[^1].Step}."));
        }
        else
        {
            rows.Add(new((long)step, rate));
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static IEnumerable<SchedulePhase> Phases(List<RatePoint> rows)
    {
        if (rows[0].Step > 0)
        {
            yield return new ConstantRate(rows[0].Step, rows[0].Rate);
        }

        // One step more, at the last rate: the phase's end, which no update is made at.
        var vertices = Vertices([.. rows, new(rows[^1].Step + 1, rows[^1].Rate)]);
        for (var first = 0; first < vertices.Count - 1; first += PiecewisePoints.MaximumPoints - 1)
        {
            var part = vertices.GetRange(first, Math.Min(PiecewisePoints.MaximumPoints, vertices.Count - first));
            var (start, length) = (part[0].Step, part[^1].Step - part[0].Step);
            yield return part.TrueForAll(point => point.Rate == part[0].Rate)
                ? new ConstantRate(length, part[0].Rate)
                : new PiecewisePoints([.. part.Select(point => new RatePoint(point.Step - start, point.Rate))]);
        }
    }

    // Goes on along a line while every row passed lies on it: the slopes that reach all of them narrow with each row.
    private static List<RatePoint> Vertices(List<RatePoint> rows)
    {
        var tolerance = Collinear * rows.Max(row => row.Rate);
        var vertices = new List<RatePoint> { rows[0] };
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 1; i < rows.Count; i++)
        {
            var from = vertices[^1];
            var (length, rise) = (rows[i].Step - from.Step, rows[i].Rate - from.Rate);
            if (rise / length < least || rise / length > most)
            {
                vertices.Add(rows[i - 1]);
                from = rows[i - 1];
                (length, rise, least, most) = (rows[i].Step - from.Step, rows[i].Rate - from.Rate, double.NegativeInfinity, double.PositiveInfinity);
            }

            (least, most) = (Math.Max(least, (rise - tolerance) / length), Math.Min(most, (rise + tolerance) / length));
        }

        vertices.Add(rows[^1]);
        return vertices;
    }

    private static double RateAt(List<RatePoint> rows, long step)
    {
        var (low, high) = (0, rows.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = rows[middle].Step <= step ? (middle, high) : (low, middle - 1);
        }

        var from = rows[low];
        return step <= from.Step || low == rows.Count - 1 ? from.Rate : from.Rate + (rows[low + 1].Rate - from.Rate) * (step - from.Step) / (rows[low + 1].Step - from.Step);
    }
}
