using System.Text;

namespace Ntl.Domain.Laws.Curves;

/// <summary>Splits a text into records of cells: quotes as in RFC 4180, any line ends.</summary>
internal sealed class CsvRecords
{
    /// <summary>The separator of tables that are aligned with blanks: any number of blanks and tabs.</summary>
    public const char Blanks = ' ';

    private const int MostColumns = 4_096;
    private const int LongestCell = 4_096;

    private readonly StringBuilder _cell = new();
    private readonly char _separator;
    private List<string> _cells = [];
    private bool _isQuoted;
    private int _line = 1;
    private int _start = 1;

    private CsvRecords(char separator) => _separator = separator;

    /// <summary>The records that hold anything, each with the line that it begins on.</summary>
    /// <exception cref="CurveFileException">A quote is never closed, or a line or cell is far too long.</exception>
    public static IEnumerable<(int Line, List<string> Cells)> Of(string text, char separator)
    {
        var records = new CsvRecords(separator);
        for (var i = 0; i <= text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (records._isQuoted)
            {
                i += i == text.Length ? throw records.Unclosed() : records.TakeQuoted(text[i], next);
            }
            else if (i == text.Length || text[i] == '\n' || (text[i] == '\r' && next != '\n')) // old Macs end lines with \r alone
            {
                var (line, cells) = records.EndLine();
                if (cells.Exists(cell => !string.IsNullOrWhiteSpace(cell)) && !(line == 1 && cells.Count <= 2 && NamesSeparator(cells[0])))
                {
                    yield return (line, cells);
                }
            }
            else if (text[i] != '\r')
            {
                records.Take(text[i]);
            }

            records.CheckSize();
        }
    }

    /// <summary>Whether a line is a spreadsheet's <c>sep=;</c>.</summary>
    public static bool NamesSeparator(string line) => line.Length <= 6 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase);

    private void Take(char sign)
    {
        if (sign == '"' && IsBlank())
        {
            _cell.Clear();
            _isQuoted = true;
        }
        else if (sign == _separator || (_separator == Blanks && sign == '\t'))
        {
            EndCell();
        }
        else
        {
            _cell.Append(sign);
        }
    }

    // How many signs more than one were taken.
    private int TakeQuoted(char sign, char next)
    {
        if (sign == '"' && next != '"')
        {
            _isQuoted = false;
            return 0;
        }

        _cell.Append(sign);
        _line += sign == '\n' ? 1 : 0;
        return sign == '"' ? 1 : 0;
    }

    private void EndCell()
    {
        if (_separator != Blanks || _cell.Length > 0)
        {
            _cells.Add(_cell.ToString());
        }

        _cell.Clear();
    }

    private (int Line, List<string> Cells) EndLine()
    {
        EndCell();
        var ended = (_start, _cells);
        (_cells, _line) = ([], _line + 1);
        _start = _line;
        return ended;
    }

    private bool IsBlank()
    {
        for (var i = 0; i < _cell.Length; i++)
        {
            if (!char.IsWhiteSpace(_cell[i]))
            {
                return false;
            }
        }

        return true;
    }

    private CurveFileException Unclosed() => new(FormattableString.Invariant($"Line {_start}: a quote is never closed."));

    private void CheckSize()
    {
        if (_cell.Length > LongestCell || _cells.Count > MostColumns)
        {
            throw new CurveFileException(FormattableString.Invariant($"Line {_start} has more than {MostColumns:N0} cells, or more than {LongestCell:N0} characters in one."));
        }
    }
}
