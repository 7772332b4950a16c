namespace TorchSharp.Interop;

/// <summary>What a value that crosses the boundary is; mirrors <c>Kind</c> in native/operators.cpp.</summary>
internal enum NativeKind
{
    None,
    Tensor,
    Integer,
    Real,
    Boolean,
    Text,
    Integers,
    Tensors,
    Generator,
    Device,
}
