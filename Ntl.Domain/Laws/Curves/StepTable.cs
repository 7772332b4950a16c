using System.Collections.Immutable;

namespace Ntl.Domain.Laws.Curves;

/// <summary>
/// A table of one run, a row per step or several: <c>step,lr,loss</c>, or rates, training and validation losses in rows of their own.
/// </summary>
internal static class StepTable
{
    // What Hugging Face's trainer writes once, below the log: means and totals of the whole run.
    private static readonly ImmutableArray<string> s_summaries = ["train_runtime", "total_flos", "train_samples_per_second", "train_steps_per_second"];
    private const double SummaryShare = 0.1;

    // TensorBoard's own CSV of a tag.
    private static readonly ImmutableArray<string> s_tagColumns = ["Wall time", "Step", "Value"];

    public static CurveFileOutcome Read(CsvTable table, string name, CurveFileChoice choice, CurveFileFormat format)
    {
        var steps = StepColumn(table, choice);
        List<string> notes = [.. table.Notes];
        if (choice.Loss is null && table.Header.SequenceEqual(s_tagColumns, StringComparer.OrdinalIgnoreCase) && TagOf(name) is { } tag && SeriesNames.LossRank(tag) != SeriesNames.NotOne)
        {
            notes.Add($"The file's name says that 'Value' is the tag '{tag}'.");
            choice = choice with { Loss = table.Header[2] };
        }

        var series = CurveFile.Distinct(table.Header.Where((own, i) => i != steps && own.Length > 0));
        var wanted = series.Where(own => SeriesNames.LossRank(own) != SeriesNames.NotOne || SeriesNames.RateRank(own) != SeriesNames.NotOne
            || string.Equals(own, choice.Loss, StringComparison.Ordinal) || string.Equals(own, choice.Rate, StringComparison.Ordinal)).ToList();
        var run = new RunLog(name, isTable: true);
        Take(table, run, steps, wanted.ConvertAll(own => (own, table.Header.IndexOf(own))), SummaryRows(table, notes), notes);
        CheckTwice(table, run, wanted);
        return new CurveAssembly(format, format == CurveFileFormat.Json ? "field" : "column", choice) { Series = series, StepColumn = table.Header[steps], Notes = notes }.Read([run]);
    }

    /// <summary>Takes some columns' values of the rows that have a step.</summary>
    public static void Take(CsvTable table, RunLog run, int steps, List<(string Name, int Column)> columns, HashSet<int> skipped, List<string> notes)
    {
        var stepless = new List<long>();
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (skipped.Contains(row))
            {
                continue;
            }

            var step = table.Step(row, steps);
            foreach (var (name, column) in columns)
            {
                if (ValueOf(table, run, row, (name, column)) is not { } value)
                {
                    continue;
                }

                if (step is { } at)
                {
                    run.Add(name, at, value, table.Rows[row].Line);
                }
                else if (stepless.Count == 0 || stepless[^1] != table.Rows[row].Line)
                {
                    stepless.Add(table.Rows[row].Line);
                }
            }
        }

        if (stepless.Count > 0)
        {
            notes.Add($"{StepRanges.Count(stepless.Count, "row has", "rows have")} values but no step in '{table.Header[steps]}', left out: {table.RowWord.ToLowerInvariant()} {StepRanges.Say(stepless).Split(' ', 2)[1]}.");
        }
    }

    private static double? ValueOf(CsvTable table, RunLog run, int row, (string Name, int Column) place)
    {
        try
        {
            return table.Number(row, place.Column);
        }
        catch (CurveFileException problem)
        {
            run.Fail(place.Name, problem);
            return null;
        }
    }

    private static int StepColumn(CsvTable table, CurveFileChoice choice)
    {
        if (choice.Step is not null)
        {
            return table.Column(choice.Step) is >= 0 and var chosen
                ? chosen
                : throw new CurveFileException("step", $"There is no column '{CsvTable.Shorten(choice.Step)}'; there are {CurveFile.List(table.Header)}.", [.. table.Header]);
        }

        if (table.Column(SeriesNames.FindStep(table.Header)) is >= 0 and var found)
        {
            return found;
        }

        var epoch = table.Header.FirstOrDefault(name => name.Contains("epoch", StringComparison.OrdinalIgnoreCase));
        throw new CurveFileException(
            "step",
            $"No column is called step; the columns are {CurveFile.List(table.Header)}."
            + (epoch is null && table.Header.FirstOrDefault(IsOtherCount) is { } other
                ? $" '{other}' counts something other than updates, which a law needs: divide it by its value per update, and name it step."
                : epoch is null ? " Name it step, or choose the one that counts updates."
                : $" '{epoch}' counts passes over the data: a law needs the number of updates."),
            [.. table.Header]);
    }

    private static bool IsOtherCount(string name) => name.Split('/', '_', ' ')[^1].ToLowerInvariant()
        is "token" or "tokens" or "sample" or "samples" or "sequences" or "examples" or "time" or "timestamp" or "elapsed" or "seconds";

    private static HashSet<int> SummaryRows(CsvTable table, List<string> notes)
    {
        var columns = table.Header.Index().Where(column => s_summaries.Contains(column.Item.Split('/')[^1], StringComparer.Ordinal)).Select(column => column.Index).ToList();
        var rows = table.Rows.Index().Where(row => columns.Exists(column => !CellNumbers.IsMissing(row.Item.Cells[column]))).Select(row => row.Index).ToHashSet();
        if (rows.Count == 0 || (rows.Count > 1 && rows.Count > SummaryShare * table.Rows.Count))
        {
            return []; // a log that writes them in every row
        }

        notes.Add($"The summary of the whole run is no point of it and was left out: {table.RowWord.ToLowerInvariant()} {StepRanges.Say(rows.Select(row => (long)table.Rows[row].Line)).Split(' ', 2)[1]}.");
        return rows;
    }

    private static void CheckTwice(CsvTable table, RunLog run, List<string> wanted)
    {
        foreach (var name in wanted)
        {
            try
            {
                table.Column(name);
            }
            catch (CurveFileException problem)
            {
                run.Fail(name, problem);
            }
        }
    }

    // run-RUN-tag-TAG.csv
    private static string? TagOf(string name)
    {
        const string Before = "-tag-";
        var at = name.LastIndexOf(Before, StringComparison.Ordinal);
        return at < 0 ? null : name[(at + Before.Length)..];
    }
}
