using System.Runtime.CompilerServices;

namespace Ntl.Domain.Thermodynamics;

/// <summary>Ranges of arguments; NaN is in none of them.</summary>
internal static class Require
{
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw Error(name, value, "must be finite");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && double.IsFinite(value) ? value : throw Error(name, value, "must be above 0 and finite");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value) ? value : throw Error(name, value, "must be at least 0 and finite");

    public static double Below(double limit, double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value < limit ? value : throw Error(name, value, $"must be below {limit:R}");

    public static double Momentum(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and < 1 ? value : throw Error(name, value, "must be at least 0 and below 1");

    private static ArgumentOutOfRangeException Error(string? name, double value, string range) => new(name, value, $"{name} {range}.");
}
