using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Curves;

/// <summary>A CSV of one run: <c>step,lr,loss</c>.</summary>
internal static class StepTable
{
    public static CurveFileOutcome Read(CsvTable table, string name, CurveFileChoice choice)
    {
        var names = table.Header;
        var steps = table.Column(SeriesNames.FindStep(names));
        if (steps < 0)
        {
            throw new CurveFileException("file", $"No column is called step; the columns are {CurveFile.List(names)}. The first line must name them: step, lr, loss.", [.. names]);
        }

        var series = CurveFile.Distinct(names.Where((_, i) => i != steps));
        var loss = Choose(table, "loss", choice.Loss, SeriesNames.FindLoss(series));
        var rate = choice.Rate is null && SeriesNames.FindRate(series) is null ? -1 : Choose(table, "rate", choice.Rate, SeriesNames.FindRate(series));
        var (losses, rates, before) = (new List<LossSample>(), new List<RatePoint>(), -1L);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            before = table.Step(row, steps, before);
            Take(table, row, (before, loss, rate), losses, rates);
        }

        return new(CurveFileFormat.Csv, [CurveFile.Curve(name, losses, rates)], series, [], []);
    }

    /// <summary>Takes what a row has of a loss and a rate.</summary>
    public static void Take(CsvTable table, int row, (long Step, int Loss, int Rate) place, List<LossSample> losses, List<RatePoint> rates)
    {
        if (table.Number(row, place.Loss) is { } loss)
        {
            losses.Add(double.IsFinite(loss) ? new(place.Step, loss) : throw Infinite(table, row, place.Loss));
        }

        if (place.Rate >= 0 && table.Number(row, place.Rate) is { } rate)
        {
            rates.Add(double.IsFinite(rate) && rate >= 0 ? new(place.Step, rate) : throw new CurveFileException(
                "rate", FormattableString.Invariant($"Line {table.Rows[row].Line}: a learning rate is finite and at least 0, but {rate} is not."), []));
        }
    }

    private static CurveFileException Infinite(CsvTable table, int row, int column) =>
        new("loss", $"Line {table.Rows[row].Line}, column '{table.Header[column]}': the loss is not finite. Cut the file before the run diverged.", []);

    private static int Choose(CsvTable table, string field, string? chosen, string? found)
    {
        var column = table.Column(chosen ?? found);
        return column >= 0 ? column : throw new CurveFileException(
            field, chosen is null ? $"No column is called {field}; choose one of {CurveFile.List(table.Header)}." : $"There is no column '{CsvTable.Shorten(chosen)}'; there are {CurveFile.List(table.Header)}.", [.. table.Header]);
    }
}
