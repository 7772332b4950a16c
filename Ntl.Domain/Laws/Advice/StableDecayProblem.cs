using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laws.Advice;

/// <summary>One river and one direction of the valley, <c>L = L0 + A·D^(−α) + C·θ</c> with <c>dθ/dD = −κ(θ − η/η_pk)</c>, and a number of steps to end as low as can be.</summary>
/// <remarks>The loss that the law with one mode of Newton's cooling fits. Rates are between 0 and the peak.</remarks>
public sealed record StableDecayProblem
{
    /// <summary>States the problem.</summary>
    /// <param name="riverLoss">A; above 0, nats.</param>
    /// <param name="riverExponent">α; above 0.</param>
    /// <param name="thermalLoss">C, what the valley adds in equilibrium with the peak; above 0, nats.</param>
    /// <param name="coolingRate">κ; above 0, per unit of intrinsic time.</param>
    /// <param name="peakRate">η_pk; above 0.</param>
    /// <param name="steps">T, steps after the warm-up; at least 1.</param>
    /// <param name="startTime">D at the end of the warm-up, where the valley is taken to be in equilibrium; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public StableDecayProblem(
        double riverLoss, double riverExponent, double thermalLoss, double coolingRate, double peakRate, long steps, double startTime = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        RiverLoss = Require.Positive(riverLoss);
        RiverExponent = Require.Positive(riverExponent);
        ThermalLoss = Require.Positive(thermalLoss);
        CoolingRate = Require.Positive(coolingRate);
        PeakRate = Require.Positive(peakRate);
        StartTime = Require.NotNegative(startTime);
        Steps = steps;
    }

    /// <summary>A; nats.</summary>
    public double RiverLoss { get; }

    /// <summary>α.</summary>
    public double RiverExponent { get; }

    /// <summary>C; nats.</summary>
    public double ThermalLoss { get; }

    /// <summary>κ; 1/rate.</summary>
    public double CoolingRate { get; }

    /// <summary>η_pk.</summary>
    public double PeakRate { get; }

    /// <summary>T.</summary>
    public long Steps { get; }

    /// <summary>D at the end of the warm-up.</summary>
    public double StartTime { get; }

    /// <summary>L − L0 after a run; nats.</summary>
    /// <param name="intrinsicTime">D at its end; above 0.</param>
    /// <param name="heat">θ at its end.</param>
    public double ExcessLoss(double intrinsicTime, double heat) => RiverLoss * Math.Pow(intrinsicTime, -RiverExponent) + ThermalLoss * heat;

    /// <summary>G = αA·D^(−α−1)/(κC): what the river gains over what cooling gains, per unit of intrinsic time.</summary>
    /// <param name="intrinsicTime">D at the end of the run; above 0.</param>
    public double SlopeRatio(double intrinsicTime) =>
        RiverExponent * RiverLoss * Math.Pow(intrinsicTime, -RiverExponent - 1) / (CoolingRate * ThermalLoss);
}
