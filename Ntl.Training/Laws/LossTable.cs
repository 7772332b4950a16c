using System.Globalization;
using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Training.Laws;

/// <summary>A file of <c>step,lr,loss</c>: a training's log on the command line.</summary>
/// <param name="Name">The file's.</param>
/// <param name="Rates">(step, rate) of each row.</param>
/// <param name="Losses">Loss of each row, after its step's update.</param>
internal sealed record LossTable(string Name, IReadOnlyList<RatePoint> Rates, IReadOnlyList<LossPoint> Losses)
{
    private static readonly string[] s_columns = ["step", "lr", "loss"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line is wrong; the message names file and line.</exception>
    public static LossTable Read(FileInfo file)
    {
        using var reader = file.OpenText();
        var header = (reader.ReadLine() ?? throw Wrong(file, 1, "the file is empty; its first line must be step,lr,loss.")).Split(',', StringSplitOptions.TrimEntries);
        var places = Array.ConvertAll(s_columns, column => Array.FindIndex(header, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase)));
        if (Array.IndexOf(places, -1) is >= 0 and var missing)
        {
            throw Wrong(file, 1, $"there is no column '{s_columns[missing]}'; the columns are {string.Join(", ", header)}.");
        }

        List<RatePoint> rates = [];
        List<LossPoint> losses = [];
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0)
            {
                continue;
            }

            var cells = text.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != header.Length)
            {
                throw Wrong(file, line, $"it has {cells.Length} fields, the first line {header.Length}.");
            }

            var step = StepOf(cells[places[0]], rates.Count == 0 ? -1 : rates[^1].Step) ?? throw Wrong(file, line, $"'{cells[places[0]]}' is no step above the one before; steps are whole numbers from 0 to {ScheduleSpec.MaximumSteps - 1} and rise.");
            rates.Add(new(step, Number(cells[places[1]], low: 0) ?? throw Wrong(file, line, $"'{cells[places[1]]}' is no learning rate; a rate is finite and ≥ 0.")));
            losses.Add(new(step + 1, Number(cells[places[2]], low: double.Epsilon) ?? throw Wrong(file, line, $"'{cells[places[2]]}' is no loss; a loss is finite and above 0.")));
        }

        return rates.Count > 0 ? new(file.Name, rates, losses) : throw Wrong(file, 2, "there is no row.");
    }

    private static long? StepOf(string text, long before) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var step) && step > before && step < ScheduleSpec.MaximumSteps ? step : null;

    private static double? Number(string text, double low) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= low ? value : null;

    private static FormatException Wrong(FileInfo file, int line, string message) => new($"{file.FullName}:{line}: {message}");
}
