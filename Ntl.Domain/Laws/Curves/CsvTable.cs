using System.Collections.Immutable;

namespace Ntl.Domain.Laws.Curves;

/// <summary>
/// A table of text with a header, as spreadsheets and loggers write it: commas, semicolons, tabs or blanks between cells, quotes where
/// needed (RFC 4180).
/// </summary>
/// <param name="Header">The columns' names.</param>
/// <param name="Rows">Each with as many cells as the header, and the line that it stands on.</param>
internal sealed record CsvTable(ImmutableArray<string> Header, IReadOnlyList<(int Line, string[] Cells)> Rows)
{
    private const char Blanks = CsvRecords.Blanks;

    private static readonly ImmutableArray<char> s_separators = [',', '\t', ';'];

    /// <summary>What was left out or taken in an unusual way, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What a row is called: a line of a text, an entry of a JSON document.</summary>
    public string RowWord { get; init; } = "Line";

    /// <summary>How its cells write numbers.</summary>
    public CellNumbers Numbers { get; private set; } = CellNumbers.Invariant;

    /// <summary>Reads a text.</summary>
    /// <exception cref="CurveFileException">It is no table; the message names the line.</exception>
    public static CsvTable Parse(string text)
    {
        var separator = SeparatorOf(WithoutComments(text));
        List<string> notes = [];
        List<(int Line, string[] Cells)> rows = [];
        (int Line, int Cells)? broken = null;
        ImmutableArray<string>? header = null;
        foreach (var (line, cells) in CsvRecords.Of(WithoutComments(text), separator))
        {
            if (header is not { } names)
            {
                header = HeaderOf(cells, separator);
                continue;
            }

            if (broken is { } before)
            {
                throw WrongCount(before.Line, before.Cells, names.Length, separator, rows);
            }

            if (cells.Count != names.Length)
            {
                broken = (line, cells.Count); // the last line of a log that is being written may be cut off
                rows.AddRange(cells.Count > names.Length ? [(line, [.. cells])] : []);
                continue;
            }

            if (cells.Select(cell => cell.Trim()).SequenceEqual(names, StringComparer.Ordinal))
            {
                notes.Add(FormattableString.Invariant($"Line {line} repeats the column names and was left out."));
                continue;
            }

            if (rows.Count == CurveFile.MaximumSamples)
            {
                throw new CurveFileException(FormattableString.Invariant($"The file has more than {CurveFile.MaximumSamples:N0} rows; keep every tenth, say."));
            }

            rows.Add((line, [.. cells]));
        }

        if (header is not { } columns || rows.Count == 0)
        {
            throw new CurveFileException("The file needs a line of column names and a row for each sample.");
        }

        if (broken is { } last)
        {
            if (last.Cells > columns.Length || text[^1] is '\n' or '\r')
            {
                throw WrongCount(last.Line, last.Cells, columns.Length, separator, rows);
            }

            notes.Add(FormattableString.Invariant($"The last line, {last.Line}, is cut off ({last.Cells} of {columns.Length} cells) and was left out."));
        }

        var table = new CsvTable(columns, rows) { Notes = [.. notes] };
        table.Numbers = CellNumbers.Of(table);
        return table.Checked();
    }

    /// <summary>Column of a name; -1 for none.</summary>
    /// <exception cref="CurveFileException">Two columns have the name.</exception>
    public int Column(string? name)
    {
        var column = name is null ? -1 : Header.IndexOf(name);
        return column >= 0 && Header.LastIndexOf(name!) != column
            ? throw new CurveFileException($"Two columns are called '{Shorten(name!)}'; rename one.")
            : column;
    }

    /// <summary>The cell as a number, NaN and ±∞ among them; null where it is empty.</summary>
    /// <exception cref="CurveFileException">It is neither.</exception>
    public double? Number(int row, int column)
    {
        var (line, cells) = Rows[row];
        return CellNumbers.IsMissing(cells[column])
            ? null
            : Numbers.Read(cells[column]) ?? throw new CurveFileException(
                FormattableString.Invariant($"{RowWord} {line}, column '{Shorten(Header[column])}': '{Shorten(cells[column].Trim())}' is not a number{(Numbers.HasDecimalCommas ? " with a decimal comma" : "")}."));
    }

    /// <summary>The cell as a step; null where it is empty.</summary>
    /// <exception cref="CurveFileException">It is not a whole number of at least 0.</exception>
    public long? Step(int row, int column)
    {
        const double Largest = 1e15;
        if (Number(row, column) is not { } value || double.IsNaN(value))
        {
            return null;
        }

        return value >= 0 && value <= Largest && value == Math.Floor(value)
            ? (long)value
            : throw new CurveFileException("step", FormattableString.Invariant(
                $"{RowWord} {Rows[row].Line}: a step is a whole number of at least 0, but '{Shorten(Rows[row].Cells[column].Trim())}' in column '{Shorten(Header[column])}' is not."), [.. Header]);
    }

    public static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    // A column without a name holds decimals that lost their comma, or an index; an index comes first.
    private CsvTable Checked()
    {
        for (var column = 1; column < Header.Length; column++)
        {
            var at = column;
            if (Header[column].Length == 0 && Rows.Any(row => !CellNumbers.IsMissing(row.Cells[at])))
            {
                throw new CurveFileException(FormattableString.Invariant(
                    $"Column {column + 1} has values but no name. Name it; or if the file writes decimal commas, export it with semicolons or with decimal points."));
            }
        }

        return Header.All(name => Numbers.Read(name) is not null && !CellNumbers.IsMissing(name))
            ? throw new CurveFileException("The first line holds numbers; it must name the columns, such as step, lr, loss.")
            : this;
    }

    private static CurveFileException WrongCount(int line, int cells, int names, char separator, List<(int Line, string[] Cells)> rows)
    {
        var isCommas = separator == ',' && cells > names && rows.FindLast(row => row.Line == line).Cells is { } wrong
            && wrong.All(cell => cell.Trim().All(sign => char.IsAsciiDigit(sign) || sign is '+' or '-' or 'e' or 'E'));
        return new(FormattableString.Invariant($"Line {line} has {cells} cells; the header has {names}.")
            + (isCommas ? " It seems to write decimal commas between commas: export with semicolons, or with decimal points." : ""));
    }

    private static ImmutableArray<string> HeaderOf(List<string> cells, char separator)
    {
        var names = cells.Select(cell => cell.Trim()).ToList();
        // numpy comments its header out.
        names[0] = names[0].StartsWith('#') ? names[0].TrimStart('#', ' ') : names[0];
        if (separator == Blanks && names[0].Length == 0 && names.Count > 1)
        {
            names.RemoveAt(0);
        }

        return [.. names];
    }

    // The sign that gives the header and the row below it as many cells; else the one that the header has most of.
    private static char SeparatorOf(string text)
    {
        var lines = FirstLines(text);
        if (lines.Length == 0)
        {
            return ',';
        }

        var counts = s_separators.Select(sign => (Sign: sign, Header: Count(lines[0], sign), Row: lines.Length > 1 ? Count(lines[1], sign) : 0)).ToList();
        return counts.TrueForAll(count => count.Header == 0) && lines[0].Trim().Contains(Blanks, StringComparison.Ordinal) && !lines[0].Contains('"', StringComparison.Ordinal)
            ? Blanks
            : counts.OrderByDescending(count => count.Header > 0 && count.Header == count.Row).ThenByDescending(count => count.Header).First().Sign;
    }

    // Lines of '#' above the header say what the run was. They stay as empty lines, so that lines keep their numbers.
    // The last of them is the header where no other line of the text has names: numpy comments its header out.
    private static string WithoutComments(string text)
    {
        if (!text.StartsWith('#'))
        {
            return text;
        }

        var (end, last) = (0, 0);
        while (end < text.Length && text[end] == '#')
        {
            last = end;
            var next = text.IndexOfAny(['\n', '\r'], end);
            end = next < 0 ? text.Length : next;
            while (end < text.Length && text[end] is '\n' or '\r')
            {
                end++;
            }
        }

        // Names begin with a letter or a quote, values with a digit or a sign.
        var hasNames = end < text.Length && (char.IsLetter(text[end]) || text[end] is '"' or '_');
        var comments = hasNames ? end : last;
        return string.Concat(text.AsSpan(0, comments).ToArray().Where(sign => sign is '\n' or '\r')) + text[comments..];
    }

    private static string[] FirstLines(string text)
    {
        var head = text.Length > 1 << 20 ? text[..(1 << 20)] : text;
        return [.. head.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(line => !string.IsNullOrWhiteSpace(line) && !CsvRecords.NamesSeparator(line)).Take(2)];
    }

    private static int Count(string line, char sign)
    {
        var (count, isQuoted) = (0, false);
        foreach (var next in line)
        {
            isQuoted ^= next == '"';
            count += next == sign && !isQuoted ? 1 : 0;
        }

        return count;
    }
}
