using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Curves;

/// <summary>Weights &amp; Biases' CSV export of a chart: the first column is the x-axis, each other one a run's metric, <c>name - metric</c>, with <c>__MIN</c> and <c>__MAX</c> beside it.</summary>
internal static class WandbExport
{
    private const string Between = " - ";

    public static bool IsOne(CsvTable table) => table.Header.Skip(1).Any(name => Split(name) is not null);

    public static CurveFileOutcome Read(CsvTable table, CurveFileChoice choice)
    {
        var columns = table.Header.Index().Skip(1)
            .Select(column => (column.Index, Parts: Split(column.Item)))
            .Where(column => column.Parts is { Metric: not "_step" })
            .Select(column => (column.Index, column.Parts!.Value.Run, column.Parts.Value.Metric))
            .ToList();
        var metrics = CurveFile.Distinct(columns.Select(column => column.Metric));
        if (Split(table.Header[0]) is not null || !SeriesNames.IsStep(table.Header[0]))
        {
            throw new CurveFileException($"The first column of an export is the step; here it is '{CsvTable.Shorten(table.Header[0])}'. Set the chart's x-axis to Step and export again.");
        }

        var loss = choice.Loss ?? SeriesNames.FindLoss(metrics) ?? throw new CurveFileException("loss", $"No metric is called loss; choose one of {CurveFile.List(metrics)}.", metrics);
        var rate = choice.Rate ?? SeriesNames.FindRate(metrics);
        foreach (var (field, wanted) in new[] { ("loss", loss), ("rate", choice.Rate) })
        {
            if (wanted is not null && !metrics.Contains(wanted, StringComparer.Ordinal))
            {
                throw new CurveFileException(field, $"There is no metric '{CsvTable.Shorten(wanted)}'; there are {CurveFile.List(metrics)}.", metrics);
            }
        }

        var runs = columns.GroupBy(column => column.Run, StringComparer.Ordinal).Where(run => run.Any(column => Is(column.Metric, loss))).ToList();
        if (runs.Count > CurveFile.MaximumCurves)
        {
            throw new CurveFileException(FormattableString.Invariant($"The file has {runs.Count} runs; at most {CurveFile.MaximumCurves} are read."));
        }

        return new(
            CurveFileFormat.WandbCsv,
            [.. runs.Select(run => ReadRun(table, run.Key, run.First(column => Is(column.Metric, loss)).Index, run.Where(column => Is(column.Metric, rate)).Select(column => column.Index).DefaultIfEmpty(-1).First()))],
            metrics,
            [],
            []);
    }

    private static CurveSamples ReadRun(CsvTable table, string name, int loss, int rate)
    {
        var (losses, rates, before) = (new List<LossSample>(), new List<RatePoint>(), -1L);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            before = table.Step(row, 0, before);
            StepTable.Take(table, row, (before, loss, rate), losses, rates);
        }

        return CurveFile.Curve(name, losses, rates);
    }

    private static bool Is(string metric, string? wanted) => string.Equals(metric, wanted, StringComparison.Ordinal);

    // A run's name may hold " - " itself, a metric's hardly does. Extremes of a bucket of steps are no metric.
    private static (string Run, string Metric)? Split(string column)
    {
        var at = column.LastIndexOf(Between, StringComparison.Ordinal);
        return at <= 0 || column.EndsWith("__MIN", StringComparison.Ordinal) || column.EndsWith("__MAX", StringComparison.Ordinal) ? null : (column[..at].Trim(), column[(at + Between.Length)..].Trim());
    }
}
