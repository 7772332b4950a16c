using System.Globalization;

namespace Ntl.Domain.Schedules;

/// <summary>Learning rates as people write them: <c>3e-4</c>, <c>0.1</c>, <c>0</c>.</summary>
public static class RateText
{
    /// <summary>A rate with at most six significant digits.</summary>
    /// <param name="rate">Any value; NaN and ∞ come out as such.</param>
    public static string Format(double rate)
    {
        var magnitude = Math.Abs(rate);
        var format = magnitude is 0 or (>= 0.1 and < 100_000) || !double.IsFinite(rate) ? "G6" : "0.#####e-0";
        return rate.ToString(format, CultureInfo.InvariantCulture);
    }
}
