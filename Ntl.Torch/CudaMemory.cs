using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace Ntl.Torch;

/// <summary>
/// What the current GPU's memory holds. TorchSharp 0.107 has no such query, so this stands outside its namespace:
/// code that must also build with the published packages uses it under <c>#if NTL_TORCH</c>.
/// </summary>
/// <param name="FreeBytes">Bytes that nobody uses; what libtorch keeps in reserve counts as used.</param>
/// <param name="TotalBytes">Bytes the GPU has.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CudaMemory(ulong FreeBytes, ulong TotalBytes)
{
    /// <summary>Asks the driver.</summary>
    /// <exception cref="ExternalException">There is no GPU.</exception>
    public static unsafe CudaMemory Query()
    {
        ulong free, total;
        _ = NativeMethods.Check(NativeMethods.ntl_cuda_memory(&free, &total));
        return new CudaMemory(free, total);
    }
}
