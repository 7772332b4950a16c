namespace Ntl.Domain.Laws.Curves;

/// <summary>Weights &amp; Biases' CSV export of a chart: the first column is the x-axis, each other one a run's metric, <c>name - metric</c>, with <c>__MIN</c> and <c>__MAX</c> beside it.</summary>
internal static class WandbExport
{
    private const string Between = " - ";
    private const string StepMetric = "_step";

    public static bool IsOne(CsvTable table) => table.Header.Length > 1 && table.Header.Skip(1).All(name => Split(name) is not null || IsExtreme(name));

    public static CurveFileOutcome Read(CsvTable table, CurveFileChoice choice)
    {
        var columns = table.Header.Index().Skip(1)
            .Select(column => (column.Index, Parts: IsExtreme(column.Item) ? null : Split(column.Item)))
            .Where(column => column.Parts is not null)
            .Select(column => (column.Index, column.Parts!.Value.Run, column.Parts.Value.Metric))
            .ToList();
        var metrics = CurveFile.Distinct(columns.Select(column => column.Metric).Where(metric => metric is not StepMetric));
        var isStep = choice.Step is null ? SeriesNames.IsStep(table.Header[0]) : string.Equals(choice.Step, table.Header[0], StringComparison.Ordinal);
        var stepMetric = choice.Step ?? StepMetric;
        if (!isStep && (Split(table.Header[0]) is not null || !columns.Exists(column => string.Equals(column.Metric, stepMetric, StringComparison.Ordinal))))
        {
            throw new CurveFileException(
                "step", $"The first column of an export is the step; here it is '{CsvTable.Shorten(table.Header[0])}'. Set the chart's x-axis to Step and export again.", [.. metrics]);
        }

        List<string> notes = [.. table.Notes];
        List<RunLog> runs = [];
        // Two runs may have one name: their columns are there twice, in the order of the runs.
        foreach (var group in columns.GroupBy(column => column.Run, StringComparer.Ordinal))
        {
            var turns = group.GroupBy(column => column.Metric, StringComparer.Ordinal).ToList();
            var count = turns.Max(metric => metric.Count());
            for (var turn = 0; turn < count; turn++)
            {
                var own = turns.Select(metric => metric.ElementAtOrDefault(turn)).Where(column => column.Metric is not null).ToList();
                var run = new RunLog(turn == 0 ? group.Key : FormattableString.Invariant($"{group.Key} ({turn + 1})"), isTable: true);
                var steps = isStep ? 0 : own.Find(column => string.Equals(column.Metric, stepMetric, StringComparison.Ordinal)).Index;
                if (steps > 0 || isStep)
                {
                    StepTable.Take(table, run, steps, [.. own.Where(column => column.Metric is not StepMetric).Select(column => (column.Metric, column.Index))], [], notes);
                }

                runs.Add(run);
            }

            if (count > 1)
            {
                notes.Add($"{count} runs are called '{CsvTable.Shorten(group.Key)}'; each is a curve of its own.");
            }
        }

        return runs.Count > CurveFile.MaximumCurves
            ? throw new CurveFileException(FormattableString.Invariant($"The file has {runs.Count} runs; at most {CurveFile.MaximumCurves} are read."))
            : new CurveAssembly(CurveFileFormat.WandbCsv, "metric", choice) { Series = metrics, StepColumn = isStep ? table.Header[0] : stepMetric, Notes = notes }.Read(runs);
    }

    // Of the values within a bucket of steps.
    private static bool IsExtreme(string column) => column.EndsWith("__MIN", StringComparison.Ordinal) || column.EndsWith("__MAX", StringComparison.Ordinal);

    // A run's name may hold " - " itself, a metric's hardly does.
    private static (string Run, string Metric)? Split(string column)
    {
        var at = column.LastIndexOf(Between, StringComparison.Ordinal);
        return at <= 0 ? null : (column[..at].Trim(), column[(at + Between.Length)..].Trim());
    }
}
