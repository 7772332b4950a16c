using System.Buffers;
using System.Globalization;

namespace Ntl.Domain.Laws.Curves;

/// <summary>
/// How a table writes its numbers: which sign is the decimal one, and which only groups thousands. Told from the whole table, since
/// <c>5,913</c> alone may be either.
/// </summary>
internal sealed class CellNumbers
{
    private const char Point = '.';
    private const char Comma = ',';

    // What pandas, W&B and spreadsheets write for a cell without a value; a NaN is a value that is not a number.
    private static readonly string[] s_missing = ["", "na", "n/a", "null", "none", "-", "--", "#n/a", "<na>"];

    private static readonly SearchValues<char> s_unplain = SearchValues.Create(" '\u00a0\u202f\u2009’\u2212");
    private static readonly SearchValues<char> s_numeric = SearchValues.Create("0123456789.,+-eE");

    private readonly char _decimal;

    private CellNumbers(char decimalSign) => _decimal = decimalSign;

    /// <summary>Numbers as programs write them.</summary>
    public static CellNumbers Invariant { get; } = new(Point);

    /// <summary>Whether the table writes decimal commas.</summary>
    public bool HasDecimalCommas => _decimal == Comma;

    /// <summary>Tells how a table's cells write their numbers.</summary>
    /// <exception cref="CurveFileException">Its cells contradict each other, or could be read either way.</exception>
    public static CellNumbers Of(CsvTable table)
    {
        var (point, comma, either) = (new Seen(), new Seen(), new Seen());
        foreach (var (line, cells) in table.Rows)
        {
            foreach (var raw in cells)
            {
                if (raw.AsSpan().IndexOfAny(Comma, Point) >= 0)
                {
                    Look(Plain(raw), line, point, comma, either);
                }
            }
        }

        return (point.Line > 0, comma.Line > 0) switch
        {
            (true, true) => throw new CurveFileException(FormattableString.Invariant(
                $"Line {point.Line} has a decimal point ('{point.Cell}') and line {comma.Line} a decimal comma ('{comma.Cell}'); use one of them in the whole file.")),
            (false, true) => new(Comma),
            (true, false) => Invariant,
            _ when either.Line > 0 => throw new CurveFileException(FormattableString.Invariant(
                $"Line {either.Line}: '{either.Cell}' may have a decimal comma or a comma for thousands, and nothing else in the file tells which. Write numbers with a decimal point.")),
            _ => Invariant,
        };
    }

    /// <summary>Whether a cell holds no value.</summary>
    public static bool IsMissing(string cell) => s_missing.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The cell as a number; NaN and ±∞ are numbers here. Null where it is none.</summary>
    public double? Read(string cell)
    {
        var text = Plain(cell);
        if (NotFinite(text) is { } special)
        {
            return special;
        }

        var group = _decimal == Point ? Comma : Point;
        if (text.Contains(group, StringComparison.Ordinal))
        {
            if (!IsGrouped(text, group))
            {
                return null;
            }

            text = text.Replace(group.ToString(), "", StringComparison.Ordinal);
        }

        text = _decimal == Comma ? text.Replace(Comma, Point) : text;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static double? NotFinite(string text) => text.TrimStart('+').ToLowerInvariant() switch
    {
        "nan" or "-nan" or "#num!" or "#div/0!" => double.NaN,
        "inf" or "infinity" or "∞" => double.PositiveInfinity,
        "-inf" or "-infinity" or "-∞" => double.NegativeInfinity,
        _ => null,
    };

    // Without what groups thousands for the eye, and with the plain minus.
    private static string Plain(string cell)
    {
        var text = cell.Trim();
        return text.AsSpan().IndexOfAny(s_unplain) < 0
            ? text
            : string.Concat(text.Where((_, i) => !IsGap(text, i)).Select(sign => sign == '\u2212' ? '-' : sign));
    }

    // 12 345, 12'345
    private static bool IsGap(string text, int i) =>
        text[i] != '\u2212' && s_unplain.Contains(text[i]) && i > 0 && char.IsAsciiDigit(text[i - 1]) && i + 3 < text.Length
        && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2]) && char.IsAsciiDigit(text[i + 3]);

    private static void Look(string text, int line, Seen point, Seen comma, Seen either)
    {
        var (commas, points) = (text.Count(sign => sign == Comma), text.Count(sign => sign == Point));
        if (!IsNumeric(text))
        {
            return;
        }

        if (commas > 0 && points > 0)
        {
            (text.LastIndexOf(Comma) > text.LastIndexOf(Point) ? comma : point).Add(line, text);
        }
        else if (commas > 1 || points > 1)
        {
            if (IsGrouped(text, commas > 1 ? Comma : Point)) // else a date or a version
            {
                (commas > 1 ? point : comma).Add(line, text); // it groups thousands, so that the other one is decimal
            }
        }
        else if (IsGrouped(text, commas > 0 ? Comma : Point))
        {
            if (commas > 0)
            {
                either.Add(line, text);
            }
        }
        else
        {
            (commas > 0 ? comma : point).Add(line, text);
        }
    }

    // Digits, signs of numbers and an exponent; a name or a date is none.
    private static bool IsNumeric(string text) =>
        char.IsAsciiDigit(text[^1]) && text.AsSpan().IndexOfAnyExcept(s_numeric) < 0 && text.AsSpan().Count('e') + text.AsSpan().Count('E') <= 1;

    // 1,234,567: groups of three, the first one not 0. A decimal part may follow with the other sign.
    private static bool IsGrouped(string text, char group)
    {
        var number = text.AsSpan().TrimStart("+-");
        var end = number.IndexOf(group == Comma ? Point : Comma);
        var whole = end < 0 ? number : number[..end];
        if (end >= 0 && number[end..].Contains(group))
        {
            return false;
        }

        var first = whole.IndexOf(group);
        if (first is < 1 or > 3 || whole[0] == '0' || whole[..first].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        for (whole = whole[first..]; whole.Length > 0; whole = whole[4..])
        {
            if (whole.Length < 4 || whole[0] != group || whole[1..4].ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Seen
    {
        public int Line { get; private set; }

        public string Cell { get; private set; } = "";

        public void Add(int line, string cell)
        {
            if (Line == 0)
            {
                (Line, Cell) = (line, CsvTable.Shorten(cell));
            }
        }
    }
}
