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

    /// <summary>Whether a peak rate is among the fitted ones, or within a tenth of them.</summary>
    public bool HasPeak(double peak) => PeakDistance(peak) == 0;

    /// <summary>How far a peak lies outside the fitted peaks: |ln| of its ratio to the nearest, 0 within <see cref="SamePeakRatio"/> of them or between them.</summary>
    /// <param name="peak">Above 0.</param>
    public double PeakDistance(double peak) =>
        Math.Max(Math.Log(peak / HighestPeak), Math.Log(LowestPeak / peak)) is var distance && distance > Math.Log(SamePeakRatio) ? distance : 0;
}
