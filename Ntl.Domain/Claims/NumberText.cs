using System.Globalization;

namespace Ntl.Domain.Claims;

/// <summary>Numbers in sentences.</summary>
internal static class NumberText
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A number with so many digits: "−3.77", "9.26 × 10⁵".</summary>
    /// <param name="value">Any number.</param>
    /// <param name="digits">Significant ones; at least 1.</param>
    public static string Of(double value, int digits = 3)
    {
        var text = value.ToString(string.Create(CultureInfo.InvariantCulture, $"G{digits}"), CultureInfo.InvariantCulture);
        var power = text.IndexOf('E', StringComparison.Ordinal);
        if (power >= 0 && double.IsFinite(value))
        {
            var exponent = int.Parse(text.AsSpan(power + 1), CultureInfo.InvariantCulture);
            var raised = string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Raised[digit - '0']));
            text = $"{text[..power]} × 10{(exponent < 0 ? "⁻" : "")}{raised}";
        }

        return text.Replace('-', '−');
    }
}
