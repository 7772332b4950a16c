namespace Ntl.Domain.Numbers;

/// <summary>Numbers that are not known exactly. A value, its error or its interval share one power of ten and end at one decimal place.</summary>
public static class EstimateFormat
{
    private const int ErrorDigits = 2;

    // So many digits a double has at least.
    private const int MostDigits = 15;

    /// <summary>
    /// A value with its error, the error to two significant digits and the value to the same place: "2.413 ± 0.012", "(5.08 ± 0.16) × 10⁻⁸".
    /// </summary>
    /// <param name="value">Missing and NaN become "–", infinite ones "∞" and "−∞", without an error.</param>
    /// <param name="error">
    /// Missing, NaN, 0 or negative: the value alone, as <see cref="NumberFormat.Number"/> writes it; so too where the error is smaller than
    /// the fifteenth digit of the value. Infinite: "2.413 ± ∞". It may be larger than the value: "(0.3 ± 2.5) × 10⁻⁸".
    /// </param>
    public static string Estimate(double? value, double? error)
    {
        if (value is not { } known || !double.IsFinite(known) || error is not > 0)
        {
            return NumberFormat.Number(value);
        }

        if (double.IsPositiveInfinity(error.Value))
        {
            return $"{NumberFormat.Number(value)} ± ∞";
        }

        var spread = DecimalDigits.Of(error.Value).Significant(ErrorDigits);
        var place = spread.Exponent - ErrorDigits + 1;
        var exact = DecimalDigits.Of(known);
        if (!exact.IsZero && exact.Exponent - place >= MostDigits)
        {
            return NumberFormat.Number(value);
        }

        var rounded = exact.Rounded(place);
        var top = Top(rounded, spread);
        return IsPlain(top)
            ? $"{rounded.Plain(-place)} ± {spread.Plain(-place)}"
            : $"({rounded.Over(top).Plain(top - place)} ± {spread.Over(top).Plain(top - place)}){DecimalDigits.PowerOfTen(top)}";
    }

    /// <summary>A share with its error as percentages: "(12.3 ± 1.1) %".</summary>
    /// <param name="share">1 for all of it; as the value of <see cref="Estimate"/>.</param>
    /// <param name="error">Of the share; as the error of <see cref="Estimate"/>.</param>
    public static string ShareEstimate(double? share, double? error)
    {
        var text = Estimate(100 * share, 100 * error);
        return share is { } known && double.IsFinite(known)
            ? $"{(text.Contains('±', StringComparison.Ordinal) && text[0] != '(' ? $"({text})" : text)}{DecimalDigits.ThinSpace}%"
            : text;
    }

    /// <summary>
    /// A value with its interval: "1.929 (1.925 … 1.934)", "5.08 (4.92 … 5.24) × 10⁻⁸". All end at the first digit of half the interval's
    /// width where that is 4 or more, else at its second.
    /// </summary>
    /// <param name="value">As for <see cref="NumberFormat.Number"/>; where it is not finite it stands alone.</param>
    /// <param name="low">Lower end; where an end is missing or NaN there is no interval and the value stands alone.</param>
    /// <param name="high">Upper end; an end may be infinite.</param>
    public static string Interval(double? value, double? low, double? high)
    {
        if (value is not { } known || !double.IsFinite(known) || low is null or double.NaN || high is null or double.NaN)
        {
            return NumberFormat.Number(value);
        }

        return Place(low.Value, high.Value, known) is { } place
            ? Shared([known, low.Value, high.Value], place, texts => $"{texts[0]} ({texts[1]} … {texts[2]})", bare => bare)
            : $"{NumberFormat.Number(known)} ({NumberFormat.Number(low)} … {NumberFormat.Number(high)})";
    }

    /// <summary>An interval: "1.925 … 1.934", "(4.92 … 5.24) × 10⁻⁸"; its digits as those of <see cref="Interval"/>.</summary>
    /// <param name="low">Lower end; where an end is missing or NaN the text is "–".</param>
    /// <param name="high">Upper end; an end may be infinite.</param>
    public static string Range(double? low, double? high)
    {
        if (low is null or double.NaN || high is null or double.NaN)
        {
            return NumberFormat.Missing;
        }

        return Place(low.Value, high.Value) is { } place
            ? Shared([low.Value, high.Value], place, texts => $"{texts[0]} … {texts[1]}", bare => $"({bare})")
            : $"{NumberFormat.Number(low)} … {NumberFormat.Number(high)}";
    }

    // The last decimal place that an interval's ends are written to; null where the width tells nothing.
    private static int? Place(double low, double high, double value = 0)
    {
        const char SingleFrom = '4';
        var half = Math.Abs((high / 2) - (low / 2));
        if (half == 0 || !double.IsFinite(half))
        {
            return null;
        }

        var width = DecimalDigits.Of(half);
        var place = width.Exponent - (width.Digits[0] >= SingleFrom ? 0 : 1);
        return new[] { low, high, value }.Where(each => each != 0).Max(each => DecimalDigits.Of(each).Exponent) - place < MostDigits ? place : null;
    }

    private static string Shared(double[] values, int place, Func<string[], string> joined, Func<string, string> bracketed)
    {
        var digits = Array.ConvertAll(values, value => DecimalDigits.Of(value).Rounded(place));
        var top = Top(digits);
        return IsPlain(top)
            ? joined(Array.ConvertAll(digits, each => each.Plain(-place)))
            : bracketed(joined(Array.ConvertAll(digits, each => each.Over(top).Plain(top - place)))) + DecimalDigits.PowerOfTen(top);
    }

    private static int Top(params ReadOnlySpan<DecimalDigits> digits)
    {
        var top = int.MinValue;
        foreach (var each in digits)
        {
            top = each.IsZero ? top : Math.Max(top, each.Exponent);
        }

        return top == int.MinValue ? 0 : top;
    }

    private static bool IsPlain(int top) => top is >= NumberFormat.SmallestPlain and <= NumberFormat.LargestPlain;
}
