using System.Globalization;

namespace Ntl.Domain.Numbers;

/// <summary>Counts, shares, sizes and lengths of time in text. The rules are those of <see cref="NumberFormat"/>.</summary>
public static class CountFormat
{
    private const int CompactDigits = 3;
    private const string Units = "kMGT";

    /// <summary>A count with all its digits, in groups of three: "12 345".</summary>
    /// <param name="value">Any whole number.</param>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', DecimalDigits.ThinSpace).Replace('-', '−');

    /// <summary>A large number at a glance, three significant digits: "12.3 M"; a power of ten from 10¹⁵ on.</summary>
    /// <param name="value">As for <see cref="NumberFormat.Number"/>.</param>
    public static string Compact(double? value)
    {
        if (NumberFormat.Special(value) is { } word)
        {
            return word;
        }

        var digits = DecimalDigits.Of(value!.Value).Significant(CompactDigits);
        var unit = digits.Exponent / 3;
        return digits.Exponent < 3 ? NumberFormat.Number(value, CompactDigits)
            : unit > Units.Length ? digits.Scientific()
            : $"{digits.Over(3 * unit).Plain()}{DecimalDigits.ThinSpace}{Units[unit - 1]}";
    }

    /// <summary>A share as a percentage of three significant digits: "12.3 %".</summary>
    /// <param name="share">1 for all of it; as for <see cref="NumberFormat.Number"/>.</param>
    public static string Share(double? share) => share is { } known && double.IsFinite(known)
        ? $"{NumberFormat.Number(known * 100, CompactDigits)}{DecimalDigits.ThinSpace}%"
        : NumberFormat.Missing;

    /// <summary>Progress as a whole percentage, rounded down, so that 100 % means done.</summary>
    /// <param name="share">From 0 to 1; missing and not finite become "–".</param>
    public static string Percent(double? share)
    {
        // Arithmetic puts 0.29 · 100 a little below 29.
        const double Slack = 1e-9;
        return share is { } known && double.IsFinite(known)
            ? $"{Count((long)Math.Floor((known * 100) + Slack))}{DecimalDigits.ThinSpace}%"
            : NumberFormat.Missing;
    }

    /// <summary>Bytes in binary units, three significant digits: "10.8 MiB".</summary>
    /// <param name="bytes">Not negative; missing and not finite become "–".</param>
    public static string Bytes(double? bytes)
    {
        if (bytes is not { } size || !double.IsFinite(size))
        {
            return NumberFormat.Missing;
        }

        const double Kibi = 1024;
        return size >= Kibi * Kibi * Kibi ? Of(size / (Kibi * Kibi * Kibi), "GiB")
            : size >= Kibi * Kibi ? Of(size / (Kibi * Kibi), "MiB")
            : size >= Kibi ? Of(size / Kibi, "KiB")
            : $"{Count((long)Math.Floor(size + 0.5))}{DecimalDigits.ThinSpace}B";

        static string Of(double count, string unit) => $"{NumberFormat.Number(count, CompactDigits)}{DecimalDigits.ThinSpace}{unit}";
    }

    /// <summary>A length of time in its two largest units: "2 h 03 m"; seconds below a minute have up to three digits.</summary>
    /// <param name="seconds">Below 0 counts as 0; missing and not finite become "–".</param>
    public static string Duration(double? seconds)
    {
        const char Thin = DecimalDigits.ThinSpace;
        const int Minute = 60, Hour = 3600, Day = 86_400;
        const double MostDays = 1e6;
        if (seconds is not { } length || !double.IsFinite(length))
        {
            return NumberFormat.Missing;
        }

        length = Math.Max(0, length);
        var digits = DecimalDigits.Of(length).Significant(length < 10 ? 2 : CompactDigits);
        if (length < Minute && !(digits.Exponent == 1 && string.CompareOrdinal(digits.Digits, "6") >= 0))
        {
            return $"{(NumberFormat.IsPlain(digits) ? digits.Plain() : digits.Scientific())}{Thin}s";
        }

        if (length >= MostDays * Day)
        {
            return $"{NumberFormat.Number(length / Day)}{Thin}d";
        }

        var whole = (long)Math.Floor(length + 0.5);
        var (days, hours, minutes, rest) = (whole / Day, whole / Hour % 24, whole / Minute % 60, whole % 60);
        return days > 0 ? $"{Count(days)}{Thin}d {Count(hours)}{Thin}h"
            : hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours}{Thin}h {minutes:00}{Thin}m")
            : rest == 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes}{Thin}m")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes}{Thin}m {rest:00}{Thin}s");
    }
}
