using System.Runtime.InteropServices;

namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>What a number lies in with a stated confidence, in that number's unit.</summary>
/// <param name="Low">Its lower end; −∞ where nothing is known.</param>
/// <param name="High">Its upper end; +∞ where nothing is known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double Low, double High)
{
    /// <summary>All numbers: nothing is known.</summary>
    public static Interval Everything { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether a number lies in it, its ends included.</summary>
    /// <param name="value">Any number; NaN lies in none.</param>
    public bool Holds(double value) => value >= Low && value <= High;

    /// <summary>Student's interval about an estimate; everything where its error is not known.</summary>
    internal static Interval About(double value, double standardError, double degrees, double confidence)
    {
        if (!(degrees > 0) || !double.IsFinite(value) || !double.IsFinite(standardError))
        {
            return Everything;
        }

        var half = standardError > 0 ? StudentT.Critical(degrees, 1 - confidence) * standardError : 0;
        return new(value - half, value + half);
    }
}
