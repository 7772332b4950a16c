using System.Text.Json;
using Ntl.Domain.Numbers;

namespace Ntl.Bench;

/// <summary>What a benchmark found: rows for people, figures for machines.</summary>
internal sealed class BenchReport(string bench)
{
    private readonly List<string[]> _rows = [];
    private readonly List<string> _leftOut = [];
    private readonly SortedDictionary<string, double> _figures = new(StringComparer.Ordinal);

    /// <summary>Adds a row: what was measured, the value with its unit, its spread, and how it was measured.</summary>
    public void Row(params string[] cells) => _rows.Add(cells);

    /// <summary>Adds a figure under its key.</summary>
    public void Figure(string key, double value) => _figures[key] = value;

    /// <summary>Names figures that a quick form leaves out.</summary>
    public void LeaveOut(params ReadOnlySpan<string> keys) => _leftOut.AddRange(keys);

    /// <summary>Prints the table, then one last line of JSON.</summary>
    /// <param name="output">Takes both.</param>
    /// <param name="isQuick">Whether little work was done; told in the JSON, so that no figure of it is taken for a measurement.</param>
    /// <exception cref="BenchException">A figure is not finite.</exception>
    public void Print(TextWriter output, bool isQuick)
    {
        if (_figures.FirstOrDefault(figure => !double.IsFinite(figure.Value)) is { Key: { } key } wrong)
        {
            throw new BenchException(FormattableString.Invariant($"'{key}' is {wrong.Value}: nothing was measured for it."));
        }

        var columns = _rows.Max(row => row.Length);
        var widths = Enumerable.Range(0, columns).Select(column => _rows.Max(row => column < row.Length ? row[column].Length : 0)).ToArray();
        foreach (var row in _rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        output.WriteLine();
        output.WriteLine(isQuick
            ? JsonSerializer.Serialize(new { bench, quick = true, figures = _figures, left_out = _leftOut })
            : JsonSerializer.Serialize(new { bench, figures = _figures }));
    }

    /// <summary>A number with three significant digits.</summary>
    public static string Text(double value) => NumberFormat.Number(value, 3);
}
