using System.Globalization;
using Ntl.Domain.Numbers;

namespace Ntl.Web.Components.Formatting;

/// <summary>What a page shows of numbers and instants. The rules of numbers are those of <see cref="NumberFormat"/>, documented in docs/numbers.md.</summary>
public static class Format
{
    private const char ThinSpace = '\u2009';

    /// <inheritdoc cref="NumberFormat.Number"/>
    public static string Number(double? value, int digits = 4) => NumberFormat.Number(value, digits);

    /// <inheritdoc cref="NumberFormat.Signed"/>
    public static string Signed(double? value, int digits = 4) => NumberFormat.Signed(value, digits);

    /// <inheritdoc cref="NumberFormat.Rate"/>
    public static string Rate(double? rate) => NumberFormat.Rate(rate);

    /// <inheritdoc cref="NumberFormat.Loss"/>
    public static string Loss(double? loss) => NumberFormat.Loss(loss);

    /// <inheritdoc cref="EstimateFormat.Estimate"/>
    public static string Estimate(double? value, double? error) => EstimateFormat.Estimate(value, error);

    /// <inheritdoc cref="EstimateFormat.Interval"/>
    public static string Interval(double? value, double? low, double? high) => EstimateFormat.Interval(value, low, high);

    /// <inheritdoc cref="EstimateFormat.Range"/>
    public static string Range(double? low, double? high) => EstimateFormat.Range(low, high);

    /// <inheritdoc cref="CountFormat.Count"/>
    public static string Count(long value) => CountFormat.Count(value);

    /// <inheritdoc cref="CountFormat.Compact"/>
    public static string Compact(double value) => CountFormat.Compact(value);

    /// <inheritdoc cref="CountFormat.Share"/>
    public static string Share(double? share) => CountFormat.Share(share);

    /// <inheritdoc cref="CountFormat.Percent"/>
    public static string Percent(double share) => CountFormat.Percent(share);

    /// <inheritdoc cref="CountFormat.Bytes"/>
    public static string Bytes(double bytes) => CountFormat.Bytes(bytes);

    /// <inheritdoc cref="CountFormat.Duration"/>
    public static string Duration(double? seconds) => CountFormat.Duration(seconds);

    /// <summary>How long ago.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at).TotalSeconds switch
    {
        < 10 => "just now",
        < 60 and var seconds => $"{Math.Floor(seconds)}{ThinSpace}s ago",
        < 3600 and var seconds => $"{Math.Floor(seconds / 60)}{ThinSpace}min ago",
        < 86_400 and var seconds => $"{Math.Floor(seconds / 3600)}{ThinSpace}h ago",
        < 30 * 86_400 and var seconds => $"{Math.Floor(seconds / 86_400)}{ThinSpace}d ago",
        _ => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>An instant, in UTC.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
