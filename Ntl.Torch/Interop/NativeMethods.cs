using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Interop;

/// <summary>The shim's exported functions; native/*.cpp say what each does.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = ShimLibrary.Name;

    static NativeMethods() => ShimLibrary.Register();

    /// <summary>Turns a failed call into the exception that TorchSharp throws, with libtorch's message.</summary>
    public static int Check(int result) => result >= 0 ? result : throw LastError();

    /// <inheritdoc cref="Check(int)"/>
    public static IntPtr Check(IntPtr result) => result != 0 ? result : throw LastError();

    private static ExternalException LastError() => new(Marshal.PtrToStringUTF8((IntPtr)ntl_last_error()));

    [LibraryImport(Library)]
    public static partial byte* ntl_last_error();

    [LibraryImport(Library)]
    public static partial int ntl_abi();

    [LibraryImport(Library)]
    public static partial byte* ntl_built_for();

    [LibraryImport(Library)]
    public static partial byte* ntl_running_on();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr ntl_operator_find(string name, string overload);

    [LibraryImport(Library)]
    public static partial int ntl_operator_call(IntPtr op, NativeValue* arguments, int count, NativeValue* outputs, int capacity);

    [LibraryImport(Library)]
    public static partial void ntl_operator_results(NativeValue* outputs);

    [LibraryImport(Library)]
    public static partial void ntl_tensor_release(IntPtr tensor);

    [LibraryImport(Library)]
    public static partial IntPtr ntl_tensor_alias(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial long ntl_tensor_dim(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial long ntl_tensor_numel(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial long ntl_tensor_element_size(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial long ntl_tensor_storage_offset(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int ntl_tensor_dtype(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int ntl_tensor_device_type(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int ntl_tensor_device_index(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int ntl_tensor_is_contiguous(IntPtr tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial void ntl_tensor_sizes(IntPtr tensor, long* into);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial void ntl_tensor_strides(IntPtr tensor, long* into);

    [LibraryImport(Library)]
    public static partial int ntl_tensor_data(IntPtr tensor, IntPtr* address);

    [LibraryImport(Library)]
    public static partial int ntl_tensor_requires_grad(IntPtr tensor);

    [LibraryImport(Library)]
    public static partial int ntl_tensor_set_requires_grad(IntPtr tensor, int value);

    [LibraryImport(Library)]
    public static partial int ntl_tensor_is_leaf(IntPtr tensor);

    [LibraryImport(Library)]
    public static partial int ntl_tensor_retain_grad(IntPtr tensor);

    [LibraryImport(Library)]
    public static partial int ntl_tensor_grad(IntPtr tensor, IntPtr* gradient);

    [LibraryImport(Library)]
    public static partial int ntl_tensor_set_grad(IntPtr tensor, IntPtr gradient);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int ntl_grad_mode_enabled();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial void ntl_grad_mode_set(int enabled);

    [LibraryImport(Library)]
    public static partial IntPtr ntl_inference_mode_enter(int enabled);

    [LibraryImport(Library)]
    public static partial void ntl_inference_mode_leave(IntPtr mode);

    [LibraryImport(Library)]
    public static partial int ntl_inference_mode_enabled();

    [LibraryImport(Library)]
    public static partial int ntl_backward(
        IntPtr* roots, int rootCount, IntPtr* seeds, int seedCount, int retainGraph, int createGraph, IntPtr* inputs, int inputCount);

    [LibraryImport(Library)]
    public static partial int ntl_grad(
        IntPtr* outputs, int outputCount, IntPtr* inputs, int inputCount, IntPtr* seeds, int seedCount,
        int retainGraph, int createGraph, int allowUnused, IntPtr* gradients);

    [LibraryImport(Library)]
    public static partial int ntl_threads();

    [LibraryImport(Library)]
    public static partial int ntl_set_threads(int count);

    [LibraryImport(Library)]
    public static partial int ntl_interop_threads();

    [LibraryImport(Library)]
    public static partial int ntl_set_interop_threads(int count);

    [LibraryImport(Library)]
    public static partial IntPtr ntl_generator_default(int deviceType, int deviceIndex);

    [LibraryImport(Library)]
    public static partial IntPtr ntl_generator_new(int deviceType, int deviceIndex, ulong seed);

    [LibraryImport(Library)]
    public static partial void ntl_generator_release(IntPtr generator);

    [LibraryImport(Library)]
    public static partial int ntl_generator_seed(IntPtr generator, ulong seed);

    [LibraryImport(Library)]
    public static partial ulong ntl_generator_initial_seed(IntPtr generator);

    [LibraryImport(Library)]
    public static partial IntPtr ntl_generator_state(IntPtr generator);

    [LibraryImport(Library)]
    public static partial int ntl_generator_set_state(IntPtr generator, IntPtr state);

    [LibraryImport(Library)]
    public static partial int ntl_manual_seed(ulong seed);

    [LibraryImport(Library)]
    public static partial int ntl_cuda_device_count();

    [LibraryImport(Library)]
    public static partial int ntl_cuda_synchronize(int deviceIndex);

    [LibraryImport(Library)]
    public static partial int ntl_cuda_memory(ulong* freeBytes, ulong* totalBytes);
}
