using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Threads that one operator on the CPU may use.</summary>
    public static int get_num_threads() => NativeMethods.ntl_threads();

    /// <inheritdoc cref="get_num_threads"/>
    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.ntl_set_threads(num));

    /// <summary>Threads that run operators side by side on the CPU.</summary>
    public static int get_num_interop_threads() => NativeMethods.ntl_interop_threads();

    /// <summary>Sets <see cref="get_num_interop_threads"/>; only once, before anything runs side by side.</summary>
    public static void set_num_interop_threads(int num) => NativeMethods.Check(NativeMethods.ntl_set_interop_threads(num));
}
