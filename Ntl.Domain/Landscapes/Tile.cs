using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ntl.Domain.Landscapes;

/// <summary>A few replicas, side by side, small enough to stay in a core's first cache: row = coordinate, lane = replica.</summary>
/// <remarks>Its width is fixed, so that sums are formed in the same order on any number of threads.</remarks>
internal sealed class Tile(IKernel kernel)
{
    /// <summary>Replicas of a full tile.</summary>
    public const int Width = 128;

    /// <summary>Lanes in use, a multiple of <see cref="NormalNoise.ReplicasPerBlock"/>; those beyond the last replica have weight 0.</summary>
    public int Count { get; set; }

    /// <summary>1 for a replica that is there, 0 for one that diverged or pads.</summary>
    public double[] Weight { get; } = new double[Width];

    public double[] State { get; } = new double[kernel.Coordinates * Width];

    public double[] Momentum { get; } = new double[kernel.Coordinates * Width];

    public double[] SecondMoment { get; } = new double[kernel.Coordinates * Width];

    /// <summary>Sums over the measuring window.</summary>
    public double[] Measured { get; } = new double[kernel.Measures * Width];

    /// <summary>The observables at a record.</summary>
    public double[] Observed { get; } = new double[kernel.Observables * Width];

    /// <summary>Channel by channel, four rows of <see cref="Count"/> normals each.</summary>
    public float[] Noise { get; } = new float[kernel.Channels * NormalNoise.StepsPerBlock * Width];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref double Lane(double[] rows, int row, int lane) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), (row * Width) + lane);

    /// <summary>All replicas' normals of one channel at one of the block's four steps; the next step's follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float NoiseRow(int channel, int stepInBlock) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Noise), ((channel * NormalNoise.StepsPerBlock) + stepInBlock) * Count);

    /// <summary>Four replicas' normals of one channel at one of the block's four steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> NoiseAt(int channel, int stepInBlock, int lane) => Widen(ref NoiseRow(channel, stepInBlock), lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Widen(ref float row, int lane)
    {
        var normals = Vector128.LoadUnsafe(ref row, (nuint)lane);
        return Avx.IsSupported ? Avx.ConvertToVector256Double(normals) : Vector256.Create(Vector128.WidenLower(normals), Vector128.WidenUpper(normals));
    }

    public Span<float> NoiseOf(int channel)
    {
        var length = NormalNoise.StepsPerBlock * Count;
        return Noise.AsSpan(channel * length, length);
    }
}
