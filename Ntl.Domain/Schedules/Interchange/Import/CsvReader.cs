namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Reads rows of step and rate, with a header or without.</summary>
/// <remarks>
/// Step convention: a row's step is the zero-based update that was made at the row's rate. Between rows the rate goes straight; rows that lie on one line become one piece. Before the first row its rate is held; the last row is the last step.
/// </remarks>
internal static class CsvReader
{
    // A row is left out where the line between its neighbours passes within this share of the peak: what the roundings of three doubles make.
    private const double Collinear = 4e-16;

    public static void Read(string text, ImportDraft draft)
    {
        var rows = new CsvTable(text, draft).Read();
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
        draft.Notes.Insert(
            0, "CSV: a row's step is the zero-based update that was made at its rate; between rows the rate goes straight, and the last row is the last step.");
        if (rows[0].Step > 0)
        {
            draft.Notes.Add($"The rows begin at step {rows[0].Step}: the first rate is held for the steps before.");
        }

        if (rows[^1].Step - rows[0].Step + 1 > rows.Count)
        {
            draft.Notes.Add("Not every step has a row: the rates between are a straight line's, not the source's.");
        }
    }

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
