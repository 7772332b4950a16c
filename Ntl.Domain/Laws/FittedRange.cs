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
    /// <summary>How far a peak may lie beside the fitted ones and still count as theirs.</summary>
    public const double PeakTolerance = 0.1;

    /// <summary>Whether a peak rate is among the fitted ones, or within a tenth of them.</summary>
    public bool HasPeak(double peak) => peak <= HighestPeak * (1 + PeakTolerance) && peak * (1 + PeakTolerance) >= LowestPeak;
}
