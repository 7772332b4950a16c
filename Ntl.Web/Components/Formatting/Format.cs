using System.Globalization;

namespace Ntl.Web.Components.Formatting;

/// <summary>Every number that a page shows is written here. The chart module follows the same rules (wwwroot-assets/src/charts/format.js).</summary>
public static class Format
{
    private const string Missing = "–";
    private const char ThinSpace = '\u2009';
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static readonly (double Size, string Name)[] s_thousands = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];

    /// <summary>A measured number: four significant digits, powers of ten where there would be too many zeros.</summary>
    public static string Number(double? value, int digits = 4)
    {
        if (value is not { } number || double.IsNaN(number))
        {
            return Missing;
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "∞" : "−∞";
        }

        var size = Math.Abs(number);
        return size switch
        {
            0 => "0",
            < 1e-3 or >= 1e9 => Scientific(number, digits - 1),
            >= 1000 => Minus(Math.Round(number).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ThinSpace)),
            _ => Minus(Significant(number, digits)),
        };
    }

    /// <summary>A count: all its digits in groups of three.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ThinSpace);

    /// <summary>A count to one decimal of its thousands: 12.3 M.</summary>
    public static string Compact(double value)
    {
        foreach (var (size, name) in s_thousands)
        {
            if (Math.Abs(value) >= size)
            {
                return $"{Significant(value / size, 3)}{ThinSpace}{name}";
            }
        }

        return Significant(value, 3);
    }

    /// <summary>A length of time in its two largest units.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } length || !double.IsFinite(length))
        {
            return Missing;
        }

        var whole = Math.Max(0, length);
        if (whole < 60)
        {
            return $"{Significant(whole, whole < 10 ? 2 : 3)}{ThinSpace}s";
        }

        var span = TimeSpan.FromSeconds(Math.Round(whole));
        return span.TotalDays >= 1 ? $"{span.Days}{ThinSpace}d {span.Hours}{ThinSpace}h"
            : span.TotalHours >= 1 ? $"{span.Hours}{ThinSpace}h {span.Minutes:00}{ThinSpace}m"
            : span.Seconds == 0 ? $"{span.Minutes}{ThinSpace}m"
            : $"{span.Minutes}{ThinSpace}m {span.Seconds:00}{ThinSpace}s";
    }

    /// <summary>How long ago.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at).TotalSeconds switch
    {
        < 10 => "just now",
        < 60 and var seconds => $"{seconds:0}{ThinSpace}s ago",
        < 3600 and var seconds => $"{Math.Floor(seconds / 60)}{ThinSpace}min ago",
        < 86_400 and var seconds => $"{Math.Floor(seconds / 3600)}{ThinSpace}h ago",
        < 30 * 86_400 and var seconds => $"{Math.Floor(seconds / 86_400)}{ThinSpace}d ago",
        _ => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>An instant, in UTC.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Bytes in binary units.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        >= 1L << 30 => $"{Significant(bytes / (1L << 30), 3)}{ThinSpace}GiB",
        >= 1 << 20 => $"{Significant(bytes / (1 << 20), 3)}{ThinSpace}MiB",
        >= 1 << 10 => $"{Significant(bytes / (1 << 10), 3)}{ThinSpace}KiB",
        _ => $"{bytes:0}{ThinSpace}B",
    };

    /// <summary>A share in [0, 1] as a whole percentage, rounded down so that 100 % means done.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100):0}{ThinSpace}%");

    private static string Scientific(double value, int digits)
    {
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var mantissa = Math.Round(value / Math.Pow(10, exponent), Math.Max(0, digits - 2));
        if (Math.Abs(mantissa) >= 10)
        {
            (mantissa, exponent) = (mantissa / 10, exponent + 1);
        }

        var power = string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));
        return Minus($"{mantissa.ToString("0.####", CultureInfo.InvariantCulture)}×10{(exponent < 0 ? "⁻" : "")}{power}");
    }

    private static string Significant(double value, int digits)
    {
        var decimals = value == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15);
        return Math.Round(value, decimals).ToString("0.###############", CultureInfo.InvariantCulture);
    }

    private static string Minus(string text) => text.Replace('-', '−');
}
