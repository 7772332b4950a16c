using System.Globalization;

namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>How a table writes its numbers: with a decimal point or a decimal comma. Thousands separators are not read: <c>1,000</c> may be one or a thousand.</summary>
internal sealed class CsvNumbers
{
    private string? _point;
    private string? _comma;
    private string? _clearComma; // a comma that separates no thousands

    /// <summary>Whether the numbers have a decimal comma.</summary>
    public bool HasDecimalComma => _comma is not null && _point is null;

    /// <summary>Looks at a cell before any is read.</summary>
    public void See(string cell)
    {
        if (cell.Contains('.', StringComparison.Ordinal))
        {
            _point ??= cell;
        }

        if (cell.Contains(',', StringComparison.Ordinal))
        {
            _comma ??= cell;
            _clearComma ??= IsGrouped(cell, ',') ? null : cell;
        }
    }

    /// <summary>Why the numbers cannot be read; null where they can.</summary>
    public string? Problem() =>
        _comma is not null && _point is not null
            ? $"The numbers have both a comma ('{Short(_comma)}') and a point ('{Short(_point)}'). Write them with one decimal sign and without thousands separators."
        : _comma is not null && _clearComma is null
            ? $"'{Short(_comma)}' may have a decimal comma or a thousands separator. Write the numbers with a decimal point."
        : null;

    /// <summary>A step: whole, not negative.</summary>
    public bool TryStep(string cell, out long step)
    {
        // "1.000" may be a thousand; in a table with decimal commas it surely is.
        var isStep = TryNumber(cell, out var number) && number == Math.Floor(number) && number is >= 0 and < ScheduleSpec.MaximumSteps
            && !IsGrouped(cell, '.') && !IsGrouped(cell, ',');
        step = isStep ? (long)number : 0;
        return isStep;
    }

    public bool TryNumber(string cell, out double number) => double.TryParse(
        HasDecimalComma ? cell.Replace(',', '.') : cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Whether a cell's first row can be a number in either way of writing.</summary>
    public static bool LooksLikeNumber(string cell) =>
        double.TryParse(cell.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _) || IsGrouped(cell, ',') || IsGrouped(cell, '.');

    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // 1,000 or 12,345,678: one to three digits not beginning with 0, then groups of three.
    private static bool IsGrouped(string cell, char separator)
    {
        var groups = cell.TrimStart('+', '-').Split(separator);
        return groups.Length > 1 && groups[0].Length is 1 or 2 or 3 && groups[0][0] != '0' && groups[0].All(char.IsAsciiDigit)
            && groups.Skip(1).All(group => group.Length == 3 && group.All(char.IsAsciiDigit));
    }
}
