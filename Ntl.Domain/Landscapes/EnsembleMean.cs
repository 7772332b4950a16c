using System.Runtime.InteropServices;

namespace Ntl.Domain.Landscapes;

/// <summary>A mean over replicas that have not diverged.</summary>
/// <param name="Mean">Finite.</param>
/// <param name="StandardDeviation">Between replicas; 0 for one replica.</param>
/// <param name="Replicas">How many, above 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnsembleMean(double Mean, double StandardDeviation, int Replicas)
{
    /// <summary>Of the mean: σ/√n.</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(Replicas);

    /// <summary>Mean of the square, μ² + σ² (with the sample's σ).</summary>
    public double MeanSquare => (Mean * Mean) + (StandardDeviation * StandardDeviation * (Replicas - 1) / Replicas);

    internal static EnsembleMean Of(double sum, double squares, int count)
    {
        var mean = sum / count;
        var variance = count > 1 ? Math.Max(0, (squares - (sum * mean)) / (count - 1)) : 0;
        return new(mean, Math.Sqrt(variance), count);
    }
}
