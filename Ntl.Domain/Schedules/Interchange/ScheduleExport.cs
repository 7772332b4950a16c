using System.Globalization;
using System.Text;
using Ntl.Domain.Plots;
using Ntl.Domain.Schedules.Interchange.Export;

namespace Ntl.Domain.Schedules.Interchange;

/// <summary>Writes schedules for other programs. Code is pure, and gives Ntl's rate at each step to the last bit where both run on one C math library (docs/interchange.md).</summary>
public static class ScheduleExport
{
    /// <summary>The longest schedule of which a CSV has every step.</summary>
    public const long MostRows = 1_000_000;

    private const int MostSampled = 10_000;
    private const int DrawnPoints = 1_000;
    private const int LongestTitle = 100;

    /// <summary>Writes a schedule.</summary>
    /// <param name="schedule">Any schedule.</param>
    /// <param name="format">What to write.</param>
    public static ExportFile Write(ScheduleSpec schedule, ExportFormat format)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var hash = schedule.Hash.Short;
        return format switch
        {
            ExportFormat.PyTorch => new($"ntl_schedule_{hash}.py", "text/x-python", PythonFile.PyTorch(schedule)),
            ExportFormat.Optax => new($"ntl_schedule_{hash}_optax.py", "text/x-python", PythonFile.Optax(schedule)),
            ExportFormat.HuggingFace => new($"ntl_schedule_{hash}_hf.py", "text/x-python", PythonFile.HuggingFace(schedule)),
            ExportFormat.CSharp => new($"Schedule_{hash}.cs", "text/plain", CSharpFile.Write(schedule)),
            ExportFormat.Csv => new($"schedule-{hash}.csv", "text/csv", Rows(schedule)),
            ExportFormat.Json => new($"schedule-{hash}.json", "application/json", schedule.CanonicalJson),
            ExportFormat.Svg => new($"schedule-{hash}.svg", "image/svg+xml", Drawing(schedule)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };
    }

    // "R" reads back as the same double.
    private static string Rows(ScheduleSpec schedule)
    {
        var csv = new StringBuilder("step,learning_rate\n");
        if (schedule.TotalSteps > MostRows)
        {
            foreach (var point in schedule.Sample(MostSampled))
            {
                csv.Append(CultureInfo.InvariantCulture, $"{point.Step},{point.Rate:R}\n");
            }

            return csv.ToString();
        }

        var rates = new double[schedule.TotalSteps];
        schedule.CopyRates(0, rates);
        for (var step = 0; step < rates.Length; step++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{step},{rates[step]:R}\n");
        }

        return csv.ToString();
    }

    private static string Drawing(ScheduleSpec schedule)
    {
        var points = schedule.Sample(DrawnPoints);
        var title = schedule.Description.Length <= LongestTitle ? schedule.Description : schedule.Description[..LongestTitle] + "…";
        return PlotFile.Write(new Plot(title, "step", "", "learning rate η", "", LogX: false, LogY: false,
            [new PlotCurve("η(step)", CurveRole.Measured, [.. points.Select(point => (double)point.Step)], [.. points.Select(point => point.Rate)])]));
    }
}
