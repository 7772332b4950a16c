using System.Runtime.Intrinsics.X86;

namespace Ntl.Domain.Runs;

/// <summary>What the processor of this machine computes by itself.</summary>
public static class Processor
{
    /// <summary>
    /// Whether it multiplies bfloat16 matrices in hardware (x86: AVX512-BF16 or AMX-BF16). Where it does not, they are emulated, some twenty
    /// times slower than float32 (measured: AVX2, libtorch 1.13). False on processors that cannot be asked.
    /// </summary>
    public static bool HasBFloat16 { get; } = X86HasBFloat16();

    /// <summary>The faster precision for training on this processor.</summary>
    public static Precision FastestPrecision => HasBFloat16 ? Precision.BFloat16 : Precision.Float32;

    private static bool X86HasBFloat16()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
        {
            return false;
        }

        const int AmxBFloat16 = 1 << 22; // leaf 7.0, EDX
        const int Avx512BFloat16 = 1 << 5; // leaf 7.1, EAX
        var features = X86Base.CpuId(7, 0);
        return (features.Edx & AmxBFloat16) != 0 || (features.Eax >= 1 && (X86Base.CpuId(7, 1).Eax & Avx512BFloat16) != 0);
    }
}
