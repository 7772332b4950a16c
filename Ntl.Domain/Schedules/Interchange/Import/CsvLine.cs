using System.Text;

namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>One line of a table: which sign separates its cells, and what they are. Quotes hold a cell together, doubled quotes stand for one.</summary>
internal static class CsvLine
{
    // A comma comes late, since it may be a decimal comma; spaces last, since other tables have them after their separators.
    private static readonly char[] s_separators = ['\t', ';', ',', ' '];

    /// <summary>The sign that separates the cells of a line; a comma where there is none.</summary>
    public static char SeparatorOf(string line)
    {
        var bare = Unquoted(line);
        return s_separators.FirstOrDefault(bare.Contains, ',');
    }

    /// <summary>The separator that Excel's first line <c>sep=;</c> names; null for any other line.</summary>
    public static char? Declared(string line) =>
        line.Trim('"') is { Length: 5 } text && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? text[4] : null;

    /// <summary>The cells of a line, without quotes and outer spaces.</summary>
    public static List<string> Cells(string line, char separator)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return [.. line.Split(separator, StringSplitOptions.TrimEntries | (separator == ' ' ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None))];
        }

        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    cell.Append(line[i++]);
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (line[i] == separator && !isQuoted)
            {
                Close();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        Close();
        return cells;

        void Close()
        {
            if (separator != ' ' || cell.Length > 0)
            {
                cells.Add(cell.ToString().Trim());
            }

            cell.Clear();
        }
    }

    private static string Unquoted(string line)
    {
        var (bare, isQuoted) = (new StringBuilder(line.Length), false);
        foreach (var sign in line)
        {
            isQuoted ^= sign == '"';
            if (!isQuoted)
            {
                bare.Append(sign);
            }
        }

        return bare.ToString();
    }
}
