using System.Runtime.InteropServices;

namespace Ntl.Domain.Schedules.Editing;

/// <summary>The rates that an end of a phase may be given.</summary>
/// <param name="Lowest">≥ 0.</param>
/// <param name="Highest">Below <paramref name="Lowest"/> when there is none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RateRange(double Lowest, double Highest)
{
    /// <summary>Every learning rate that there is.</summary>
    public static RateRange All { get; } = new(0, ScheduleSpec.MaximumRate);

    /// <summary>The rates in both.</summary>
    /// <param name="other">The other range.</param>
    public RateRange And(RateRange other) => new(Math.Max(Lowest, other.Lowest), Math.Min(Highest, other.Highest));

    /// <summary>The nearest rate of the range; the lowest of an empty one.</summary>
    /// <param name="rate">Any number.</param>
    public double Clamp(double rate) => Math.Max(Lowest, Math.Min(Highest, rate));
}
