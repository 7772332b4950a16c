using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator s_cat = new("cat");
    private static readonly Operator s_stack = new("stack");
    private static readonly Operator s_einsum = new("einsum");

    /// <summary>One after the other along a dimension.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    /// <inheritdoc cref="cat(IList{Tensor}, long)"/>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => s_cat.Call(tensors, dim);

    /// <summary>Side by side along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => s_stack.Call(tensors.ToArray(), dim);

    /// <summary>Sums of products by Einstein's convention, such as <c>bij,bjk->bik</c>.</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => s_einsum.Call(equation, tensors);
}
