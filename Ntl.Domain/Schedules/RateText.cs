using System.Globalization;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Schedules;

/// <summary>Learning rates as people write them: <c>3e-4</c>, <c>0.1</c>, <c>0</c>.</summary>
public static class RateText
{
    /// <summary>A rate with at most six significant digits, as <see cref="NumberFormat.Rate"/> writes it.</summary>
    /// <param name="rate">Any value; NaN and ∞ come out as such, for messages that refuse them.</param>
    public static string Format(double rate) => double.IsFinite(rate) ? NumberFormat.Rate(rate) : rate.ToString(CultureInfo.InvariantCulture);
}
