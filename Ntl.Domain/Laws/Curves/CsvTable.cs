using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Ntl.Domain.Laws.Curves;

/// <summary>A table of text with a header, as spreadsheets and loggers write it: commas, semicolons or tabs, quotes where needed (RFC 4180).</summary>
/// <param name="Header">The columns' names.</param>
/// <param name="Rows">Each with as many cells as the header, and the line that it stands on.</param>
internal sealed record CsvTable(ImmutableArray<string> Header, IReadOnlyList<(int Line, string[] Cells)> Rows)
{
    private const int MostColumns = 4_096;
    private const int LongestCell = 4_096;

    private static readonly ImmutableArray<char> s_separators = [',', '\t', ';'];

    // What pandas, W&B and spreadsheets write for a cell without a number.
    private static readonly ImmutableArray<string> s_missing = ["", "nan", "na", "n/a", "null", "none", "-"];

    public static CsvTable Parse(string text)
    {
        var headerEnd = text.IndexOfAny(['\n', '\r']);
        var first = headerEnd < 0 ? text : text[..headerEnd];
        var separator = s_separators.MaxBy(candidate => first.Count(sign => sign == candidate));
        var (header, rows) = ((ImmutableArray<string>?)null, new List<(int Line, string[] Cells)>());
        foreach (var (line, cells) in Records(text, separator))
        {
            if (header is not { } names)
            {
                header = [.. cells.Select(cell => cell.Trim())];
                continue;
            }

            if (cells.Count != names.Length)
            {
                throw new CurveFileException(FormattableString.Invariant($"Line {line} has {cells.Count} cells; the header has {names.Length}."));
            }

            if (rows.Count == CurveFile.MaximumSamples)
            {
                throw new CurveFileException(FormattableString.Invariant($"The file has more than {CurveFile.MaximumSamples:N0} rows; keep every tenth, say."));
            }

            rows.Add((line, [.. cells]));
        }

        return header is { } columns && rows.Count > 0 ? new(columns, rows) : throw new CurveFileException("The file needs a line of column names and a row for each sample.");
    }

    /// <summary>Column of a name; -1 for none.</summary>
    public int Column(string? name) => name is null ? -1 : Header.IndexOf(name);

    /// <summary>The cell as a number; null where it is empty.</summary>
    /// <exception cref="CurveFileException">It is neither.</exception>
    public double? Number(int row, int column)
    {
        var (line, cells) = Rows[row];
        var cell = cells[column].Trim();
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsNaN(value))
        {
            return value;
        }

        return s_missing.Contains(cell, StringComparer.OrdinalIgnoreCase)
            ? null
            : throw new CurveFileException(FormattableString.Invariant($"Line {line}, column '{Header[column]}': '{Shorten(cell)}' is not a number."));
    }

    /// <summary>The cell as a step: a whole number of at least 0, above the one before.</summary>
    public long Step(int row, int column, long before)
    {
        const double Largest = 1e15;
        var line = Rows[row].Line;
        if (Number(row, column) is not { } value || value < 0 || value > Largest || value != Math.Floor(value))
        {
            throw new CurveFileException(FormattableString.Invariant($"Line {line}: a step is a whole number of at least 0, but '{Shorten(Rows[row].Cells[column].Trim())}' is not."));
        }

        var step = (long)value;
        return step > before ? step : throw new CurveFileException(FormattableString.Invariant($"Line {line}: steps must rise, but {step} follows {before}."));
    }

    public static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private static IEnumerable<(int Line, List<string> Cells)> Records(string text, char separator)
    {
        var (line, start, cells, cell, isQuoted) = (1, 1, new List<string>(), new StringBuilder(), false);
        for (var i = 0; i <= text.Length; i++)
        {
            var sign = i < text.Length ? text[i] : '\n';
            if (i == text.Length && isQuoted)
            {
                throw new CurveFileException(FormattableString.Invariant($"Line {start}: a quote is never closed."));
            }

            if (isQuoted)
            {
                if (sign == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (sign == '"')
                {
                    isQuoted = false;
                }
                else
                {
                    cell.Append(sign);
                    line += sign == '\n' ? 1 : 0;
                }
            }
            else if (sign == '"' && cell.Length == 0)
            {
                isQuoted = true;
            }
            else if (sign == separator || sign == '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (sign == '\n')
                {
                    if (cells.Exists(other => !string.IsNullOrWhiteSpace(other)))
                    {
                        yield return (start, cells);
                    }

                    (cells, line) = ([], line + 1);
                    start = line;
                }
            }
            else if (sign != '\r')
            {
                cell.Append(sign);
            }

            CheckSize(start, cells.Count, cell.Length);
        }
    }

    private static void CheckSize(int line, int cells, int characters)
    {
        if (characters > LongestCell || cells > MostColumns)
        {
            throw new CurveFileException(FormattableString.Invariant($"Line {line} has more than {MostColumns:N0} cells, or more than {LongestCell:N0} characters in one."));
        }
    }
}
