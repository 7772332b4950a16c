using System.Globalization;

namespace Ntl.Domain.Numbers;

/// <summary>
/// Numbers in text, the same on every page, in reports, exports, plots and on the command line. The rules are in docs/numbers.md. The
/// browser follows them in wwwroot-assets/src/charts/format.js; one fixture, Ntl.Tests/Domain/Numbers/numbers.json, holds both to them.
/// </summary>
public static class NumberFormat
{
    /// <summary>Stands for a number that is missing or NaN.</summary>
    public const string Missing = "–";

    // A plain number has its first digit at or between these powers of ten.
    internal const int SmallestPlain = -3;
    internal const int LargestPlain = 5;

    // From 10 to this power on no digit before the point is rounded away.
    private const int FirstWhole = 3;

    private const int RateDigits = 6;
    private const int LossDecimals = 4;

    /// <summary>
    /// A measured number: "2.413", "12 346", "3.25 × 10⁻⁴". From 1,000 to 999,999 it is whole; below 0.001 and from a million on it has a power of ten.
    /// </summary>
    /// <param name="value">Missing and NaN become "–", infinite ones "∞" and "−∞".</param>
    /// <param name="digits">Significant ones, at least 1; zeros at the end are left out.</param>
    public static string Number(double? value, int digits = 4)
    {
        if (Special(value) is { } word)
        {
            return word;
        }

        var exact = DecimalDigits.Of(value!.Value);
        var isWhole = exact.Exponent is >= FirstWhole and <= LargestPlain;
        var rounded = isWhole ? exact.Rounded(Math.Min(0, exact.Exponent - digits + 1)) : exact.Significant(digits);
        return IsPlain(rounded) ? rounded.Plain() : rounded.Scientific();
    }

    /// <summary>A number with its sign: "+0.012", "−0.012"; 0 has none.</summary>
    /// <param name="value">As for <see cref="Number"/>.</param>
    /// <param name="digits">Significant ones, at least 1.</param>
    public static string Signed(double? value, int digits = 4) => value > 0 ? $"+{Number(value, digits)}" : Number(value, digits);

    /// <summary>A learning rate as it is typed: "3e-4", "3.25e-4", "0.1", "0"; at most six significant digits.</summary>
    /// <param name="rate">Missing and NaN become "–", infinite ones "∞" and "−∞".</param>
    public static string Rate(double? rate) => Special(rate) ?? TypedRate(DecimalDigits.Of(rate!.Value).Significant(RateDigits));

    /// <summary>A learning rate in an input field: written as by <see cref="Rate"/>, but with all digits it takes to read back as the same double.</summary>
    /// <param name="rate">Missing, NaN and infinite ones become an empty text.</param>
    public static string RateField(double? rate) => rate is { } known && double.IsFinite(known) ? TypedRate(DecimalDigits.Of(known)) : "";

    /// <summary>Any other number in an input field: "0.01", "2.5e-5", "1200000"; reads back as the same double.</summary>
    /// <param name="value">Missing, NaN and infinite ones become an empty text.</param>
    public static string Field(double? value)
    {
        const int LargestTyped = 14;
        if (value is not { } known || !double.IsFinite(known))
        {
            return "";
        }

        var digits = DecimalDigits.Of(known);
        return digits.Exponent is >= SmallestPlain and <= LargestTyped ? digits.Typed() : digits.TypedScientific();
    }

    /// <summary>A loss in nats per token: always four decimals, "2.4130", so that a column can be read down; as <see cref="Number"/> below 0.001 and from 1,000 on.</summary>
    /// <param name="loss">As for <see cref="Number"/>.</param>
    public static string Loss(double? loss)
    {
        if (Special(loss) is { } word)
        {
            return word;
        }

        var digits = DecimalDigits.Of(loss!.Value);
        var rounded = digits.Rounded(-LossDecimals);
        return digits.Exponent < SmallestPlain || rounded.Exponent >= FirstWhole ? Number(loss) : rounded.Plain(LossDecimals);
    }

    /// <summary>The number nearest to a value that has so many significant digits, for defaults that arithmetic made: 2.3999999999999997e-05 becomes 2.4e-05.</summary>
    /// <param name="value">Any; NaN and infinite ones stay as they are.</param>
    /// <param name="digits">At least 1.</param>
    public static double Round(double value, int digits = 4) =>
        double.IsFinite(value) ? double.Parse(DecimalDigits.Of(value).Significant(digits).TypedScientific(), NumberStyles.Float, CultureInfo.InvariantCulture) : value;

    internal static string? Special(double? value) => value switch
    {
        null or double.NaN => Missing,
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        0 => "0",
        _ => null,
    };

    internal static bool IsPlain(DecimalDigits digits) => digits.IsZero || digits.Exponent is >= SmallestPlain and <= LargestPlain;

    internal static string TypedRate(DecimalDigits digits) => digits.IsZero || digits.Exponent is >= -1 and < 5 ? digits.Typed() : digits.TypedScientific();
}
