using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>An argument or a result in the shim's own layout; mirrors <c>Value</c> in native/operators.cpp.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct NativeValue
{
    [FieldOffset(0)]
    public NativeKind Kind;

    [FieldOffset(4)]
    public int Length;

    [FieldOffset(8)]
    public long Integer;

    [FieldOffset(8)]
    public double Real;

    [FieldOffset(8)]
    public IntPtr Pointer;
}
