using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <inheritdoc cref="cuda.is_available"/>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>NVIDIA GPUs.</summary>
    public static class cuda
    {
        /// <summary>Whether libtorch was built for GPUs and sees one.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>How many GPUs libtorch sees.</summary>
        public static int device_count() => NativeMethods.ntl_cuda_device_count();

        /// <summary>Waits until a GPU has done all it was given.</summary>
        public static void synchronize(Device? device = null) => NativeMethods.Check(NativeMethods.ntl_cuda_synchronize(device?.index ?? -1));
    }
}
