using System.Globalization;

namespace Ntl.Domain.Numbers;

/// <summary>
/// A finite number as decimal digits: ±d.ddd × 10^Exponent, without zeros at its end; zero is a single 0 with exponent 0 and no sign.
/// Rounding starts from the shortest text that reads back as the same double and takes a half away from zero, so that 2.675 becomes 2.68
/// as on paper. The browser's twin (wwwroot-assets/src/charts/format.js) does the same digit by digit.
/// </summary>
internal readonly record struct DecimalDigits(bool IsNegative, string Digits, int Exponent)
{
    /// <summary>Between groups of three digits.</summary>
    public const char ThinSpace = '\u2009';

    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private static DecimalDigits Zero => new(false, "0", 0);

    public bool IsZero => Digits is "0";

    /// <summary>The digits of a finite number.</summary>
    public static DecimalDigits Of(double value)
    {
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var power = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = power < 0 ? 0 : int.Parse(text.AsSpan(power + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = power < 0 ? text : text[..power];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits.Trim('0');
        return digits.Length == 0 ? Zero : new(value < 0, digits, exponent - leading);
    }

    /// <summary>Rounded to so many significant digits, at least one.</summary>
    public DecimalDigits Significant(int count) => IsZero ? this : Rounded(Exponent - count + 1);

    /// <summary>Rounded to a multiple of 10^<paramref name="place"/>.</summary>
    public DecimalDigits Rounded(int place)
    {
        var kept = Exponent - place + 1;
        if (IsZero || kept >= Digits.Length)
        {
            return this;
        }

        if (kept < 0)
        {
            return Zero;
        }

        var isUp = Digits[kept] >= '5';
        var digits = Digits[..kept].ToCharArray();
        if (!isUp)
        {
            var rest = new string(digits).TrimEnd('0');
            return rest.Length == 0 ? Zero : this with { Digits = rest };
        }

        var last = Array.FindLastIndex(digits, digit => digit != '9');
        return last < 0
            ? this with { Digits = "1", Exponent = Exponent + 1 }
            : this with { Digits = $"{new string(digits, 0, last)}{(char)(digits[last] + 1)}" };
    }

    /// <summary>The same digits times 10^−<paramref name="power"/>.</summary>
    public DecimalDigits Over(int power) => IsZero ? this : this with { Exponent = Exponent - power };

    /// <summary>In plain digits for people: "−12 345.60", with so many decimals at least.</summary>
    public string Plain(int decimals = 0) => Sign + Write(decimals, ThinSpace);

    /// <summary>In plain digits as they are typed: "-12345.6".</summary>
    public string Typed() => (IsNegative ? "-" : "") + Write(0, null);

    /// <summary>With a power of ten, for people: "−3.25 × 10⁻⁴".</summary>
    public string Scientific() => $"{Over(Exponent).Plain()}{PowerOfTen(Exponent)}";

    /// <summary>With a power of ten, as it is typed: "-3.25e-4".</summary>
    public string TypedScientific() => string.Create(CultureInfo.InvariantCulture, $"{Over(Exponent).Typed()}e{Exponent}");

    /// <summary>" × 10⁻⁴".</summary>
    public static string PowerOfTen(int exponent) =>
        $" × 10{(exponent < 0 ? "⁻" : "")}{string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Raised[digit - '0']))}";

    private string Sign => IsNegative ? "−" : "";

    private string Write(int decimals, char? separator)
    {
        var whole = Exponent < 0 ? "0" : Digits.PadRight(Exponent + 1, '0')[..(Exponent + 1)];
        var fraction = Exponent < 0 ? new string('0', -Exponent - 1) + Digits : Digits.Length > Exponent + 1 ? Digits[(Exponent + 1)..] : "";
        fraction = fraction.PadRight(Math.Max(0, decimals), '0');
        for (var i = whole.Length - 3; separator is { } between && i > 0; i -= 3)
        {
            whole = whole.Insert(i, between.ToString());
        }

        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }
}
