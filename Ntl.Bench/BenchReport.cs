using System.Globalization;
using System.Text.Json;

namespace Ntl.Bench;

/// <summary>What a benchmark found: rows for people, figures for machines.</summary>
internal sealed class BenchReport(string bench)
{
    private readonly List<string[]> _rows = [];
    private readonly SortedDictionary<string, double> _figures = new(StringComparer.Ordinal);

    /// <summary>Adds a row: what was measured, the value with its unit, its spread, and how it was measured.</summary>
    public void Row(params string[] cells) => _rows.Add(cells);

    /// <summary>Adds a figure under its key.</summary>
    public void Figure(string key, double value) => _figures[key] = value;

    /// <summary>Prints the table, then one last line of JSON.</summary>
    public void Print(TextWriter output)
    {
        var columns = _rows.Max(row => row.Length);
        var widths = Enumerable.Range(0, columns).Select(column => _rows.Max(row => column < row.Length ? row[column].Length : 0)).ToArray();
        foreach (var row in _rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        output.WriteLine();
        output.WriteLine(JsonSerializer.Serialize(new { bench, figures = _figures }));
    }

    /// <summary>A number with three significant digits.</summary>
    public static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
