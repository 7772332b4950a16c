using System.Globalization;

namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>The rows of step and rate that a text holds, with a header or without.</summary>
internal sealed class CsvTable(string text, ImportDraft draft)
{
    private const int MostRows = 2_000_000;
    private const int MostProblems = 20;
    private const int MostNamed = 12;

    private static readonly string[] s_stepNames =
        ["step", "steps", "iteration", "iter", "update", "_step", "global_step", "train/global_step", "trainer/global_step"];

    private static readonly string[] s_rateNames = ["lr", "learning_rate", "rate", "learningrate", "eta", "train/lr", "train/learning_rate"];

    private readonly CsvNumbers _numbers = new();
    private readonly List<RatePoint> _rows = [];
    private char _separator;
    private int _columns;
    private int _stepColumn;
    private int _rateColumn = 1;
    private int _firstLine;
    private int _withoutRate;
    private int _repeated;

    /// <summary>Reads all rows; none where there are problems.</summary>
    public List<RatePoint> Read()
    {
        if (!FindColumns())
        {
            return _rows;
        }

        foreach (var (_, cells) in Rows().Where(row => HasCells(row.Cells)))
        {
            _numbers.See(cells[_stepColumn]);
            _numbers.See(cells[_rateColumn]);
        }

        if (_numbers.Problem() is { } problem)
        {
            draft.Problems.Add(new("", problem));
            return _rows;
        }

        foreach (var (line, cells) in Rows())
        {
            Add(cells, FormattableString.Invariant($"line {line}"));
            if (_rows.Count > MostRows || draft.Problems.Count >= MostProblems)
            {
                break;
            }
        }

        if (_rows.Count > MostRows)
        {
            draft.Problems.Add(new("", $"At most {MostRows} rows are read; this table has more."));
        }

        Tell();
        return _rows;
    }

    private void Tell()
    {
        if (_numbers.HasDecimalComma)
        {
            draft.Notes.Add("The numbers are read with a decimal comma.");
        }

        if (_withoutRate > 0)
        {
            draft.Notes.Add($"Rows left out because they have no rate: {_withoutRate}.");
        }

        if (_repeated > 0)
        {
            draft.Notes.Add($"Rows left out because they repeat the row before: {_repeated}.");
        }
    }

    // False where the table cannot be read.
    private bool FindColumns()
    {
        foreach (var (line, content) in Lines())
        {
            if (CsvLine.Declared(content) is { } declared)
            {
                _separator = declared;
                continue;
            }

            _separator = _separator == '\0' ? CsvLine.SeparatorOf(content) : _separator;
            var cells = CsvLine.Cells(content, _separator);
            (_columns, _firstLine) = (cells.Count, line);
            if (CsvNumbers.LooksLikeNumber(cells[0]))
            {
                return IsPair(line, cells);
            }

            _firstLine = line + 1;
            return FindNames(line, cells);
        }

        return true;
    }

    private bool IsPair(int line, List<string> cells)
    {
        if (cells.Count == 2)
        {
            return true;
        }

        Report(line, cells.Count < 2
            ? "A row needs two numbers, the step and its learning rate, separated by a comma, a semicolon, a tab or spaces."
            : $"There are {cells.Count} cells and no header that names their columns. Add a header such as step,lr. {CommaAdvice()}".TrimEnd());
        return false;
    }

    private bool FindNames(int line, List<string> cells)
    {
        var steps = Columns(cells, name => s_stepNames.Contains(name, StringComparer.Ordinal));
        var rates = Columns(cells, name => s_rateNames.Contains(name, StringComparer.Ordinal) || name.StartsWith("lr-", StringComparison.Ordinal));
        if (steps.Count == 0 || rates.Count == 0)
        {
            if (_separator == ' ' && cells[0].EndsWith(':'))
            {
                Report(line, "This looks like YAML, which is not read. Give the schedule as JSON, as Python code, or as rows of step and rate.");
                return false;
            }

            var missing = steps.Count == 0 ? "step" : "lr (or learning_rate, or rate)";
            Report(line, $"The header needs a column step and a column lr (or learning_rate, or rate). There is no column {missing}; its columns are "
                + $"{string.Join(", ", cells.Take(MostNamed).Select(CsvNumbers.Short))}{(cells.Count > MostNamed ? " …" : "")}.");
            return false;
        }

        (_stepColumn, _rateColumn) = (steps[0], rates[0]);
        if (steps.Count > 1 || rates.Count > 1)
        {
            draft.Notes.Add($"More than one column may be meant: the step is taken from '{cells[_stepColumn]}', the rate from '{cells[_rateColumn]}'.");
        }

        return true;
    }

    private static List<int> Columns(List<string> cells, Func<string, bool> isWanted) =>
        [.. Enumerable.Range(0, cells.Count).Where(i => isWanted(cells[i].ToLowerInvariant()))];

    private IEnumerable<(int Line, List<string> Cells)> Rows() =>
        Lines().Where(line => line.Line >= _firstLine).Select(line => (line.Line, CsvLine.Cells(line.Content, _separator)));

    // Lines end with \n, \r\n or \r; empty ones and those that begin with # are passed over.
    private IEnumerable<(int Line, string Content)> Lines()
    {
        var line = 0;
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : start + length;
            var content = text.AsSpan(start, end - start).Trim([' ', '\ufeff', '\u00a0']).ToString();
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
            line++;
            if (content.Trim().Length > 0 && content[0] != '#')
            {
                yield return (line, content);
            }
        }
    }

    private bool HasCells(List<string> cells) => cells.Count > Math.Max(_stepColumn, _rateColumn) && !cells.Skip(_columns).Any(cell => cell.Length > 0);

    private void Add(List<string> cells, string path)
    {
        var needed = Math.Max(_stepColumn, _rateColumn) + 1;
        if (cells.Count < needed)
        {
            draft.Problems.Add(new(path, $"A row needs {needed} cells; this one has {cells.Count}."));
        }
        else if (!HasCells(cells))
        {
            draft.Problems.Add(new(path, $"This row has {cells.Count} cells, but the table has {_columns} columns. {CommaAdvice()}".TrimEnd()));
        }
        else if (!_numbers.TryStep(cells[_stepColumn], out var step))
        {
            draft.Problems.Add(new(
                path, $"A step is a whole number from 0 to below {ScheduleSpec.MaximumSteps}, without thousands separators, but it is '{CsvNumbers.Short(cells[_stepColumn])}'."));
        }
        else if (cells[_rateColumn].Length == 0)
        {
            _withoutRate++;
        }
        else if (!_numbers.TryNumber(cells[_rateColumn], out var rate) || !(rate is >= 0 and <= ScheduleSpec.MaximumRate))
        {
            draft.Problems.Add(new(
                path, $"A rate is a number from 0 to {RateText.Format(ScheduleSpec.MaximumRate)}, but it is '{CsvNumbers.Short(cells[_rateColumn])}'."));
        }
        else if (_rows.Count > 0 && step == _rows[^1].Step && rate == _rows[^1].Rate)
        {
            _repeated++;
        }
        else if (_rows.Count > 0 && step <= _rows[^1].Step)
        {
            draft.Problems.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"Steps must rise from row to row, but {step} follows {_rows[^1].Step}.")));
        }
        else
        {
            _rows.Add(new(step, rate));
        }
    }

    private string CommaAdvice() => _separator == ','
        ? "Decimal commas cannot be read in a table that commas separate: save it with semicolons or tabs, or with decimal points."
        : "";

    private void Report(int line, string message) => draft.Problems.Add(new(FormattableString.Invariant($"line {line}"), message));
}
