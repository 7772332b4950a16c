using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>What the training curves of a fit went through; beyond it a law extrapolates.</summary>
/// <param name="LowestPeak">The lowest of the curves' peak rates.</param>
/// <param name="HighestPeak">The highest.</param>
/// <param name="LowestRate">The lowest rate after a warm-up.</param>
/// <param name="FirstTime">D at the first fitted loss.</param>
/// <param name="LastTime">D at the last.</param>
/// <param name="MostSteps">Steps of the longest curve.</param>
/// <param name="ShortestTime">Typical D between two fitted losses: what cools faster was not seen.</param>
/// <param name="HasCooling">Whether any rate fell below 0.9 of its peak after the warm-up.</param>
/// <param name="HasHeating">Whether any rate rose again after it fell.</param>
public sealed record FittedRange(
    double LowestPeak, double HighestPeak, double LowestRate, double FirstTime, double LastTime, long MostSteps, double ShortestTime, bool HasCooling, bool HasHeating)
{
    /// <summary>Peaks so near in ratio count as the same.</summary>
    public const double SamePeakRatio = 1.1;

    /// <summary>Fitted peaks between the lowest and the highest; empty where there are none.</summary>
    public ImmutableArray<double> InnerPeaks { get; init; } = [];

    /// <summary>Whether a peak rate is that of a fitted curve, within <see cref="SamePeakRatio"/>.</summary>
    public bool HasPeak(double peak) => PeakDistance(peak) == 0;

    /// <summary>How far a peak lies from the nearest fitted one: |ln| of their ratio, 0 within <see cref="SamePeakRatio"/>; half of it between fitted peaks.</summary>
    /// <param name="peak">Above 0.</param>
    public double PeakDistance(double peak)
    {
        var distance = InnerPeaks.Append(LowestPeak).Append(HighestPeak).Min(fitted => Math.Abs(Math.Log(peak / fitted)));
        return distance <= Math.Log(SamePeakRatio) ? 0 : peak > LowestPeak && peak < HighestPeak ? distance / 2 : distance;
    }

    /// <summary>The fitted peak nearest to another, in ratio.</summary>
    /// <param name="peak">Above 0.</param>
    public double NearestPeak(double peak) => InnerPeaks.Append(LowestPeak).Append(HighestPeak).MinBy(fitted => Math.Abs(Math.Log(peak / fitted)));
}
