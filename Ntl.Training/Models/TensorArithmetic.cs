using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>Sums of tensors, and operations of a tensor with a number, whose number outlives the call. Used in place of TorchSharp's operators.</summary>
/// <remarks>
/// TorchSharp 0.107 turns a number into an object with memory of its own (<see cref="Scalar"/>), also the 1 that a plain sum
/// multiplies its second part with. Nothing keeps that object alive during the native call: when another thread starts a garbage
/// collection just then, its finalizer frees the memory that libtorch reads. The call then throws, or computes with another number
/// (seen in tests that run side by side; https://github.com/dotnet/TorchSharp/pull/1496 is about the same objects). Differences,
/// products and quotients of two tensors are safe. <c>eng/BannedSymbols.Tensors.txt</c> bans the others in this project.
/// </remarks>
internal static class TensorArithmetic
{
    private static readonly Scalar s_one = 1L.ToScalar();

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, s_one);

    /// <summary>a·x.</summary>
    public static Tensor Times(this Tensor tensor, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.mul(scalar);
    }

    /// <summary>a².</summary>
    public static Tensor Squared(this Tensor tensor) => tensor.mul(tensor);

    /// <summary>The larger of each element and x.</summary>
    public static Tensor AtLeast(this Tensor tensor, double least)
    {
        using var scalar = least.ToScalar();
        return tensor.clamp_min(scalar);
    }

    /// <summary>a ← a + b.</summary>
    public static Tensor Add(this Tensor tensor, Tensor other) => tensor.add_(other, s_one);

    /// <summary>a ← a + x·b.</summary>
    public static Tensor Add(this Tensor tensor, Tensor other, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.add_(other, scalar);
    }

    /// <summary>a ← a + x.</summary>
    public static Tensor Add(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.add_(scalar, s_one);
    }

    /// <summary>a ← a·x.</summary>
    public static Tensor Scale(this Tensor tensor, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.mul_(scalar);
    }

    /// <summary>a ← a + x·b·c.</summary>
    public static Tensor AddProduct(this Tensor tensor, Tensor first, Tensor second, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.addcmul_(first, second, scalar);
    }

    /// <summary>a ← a + x·b/c.</summary>
    public static Tensor AddQuotient(this Tensor tensor, Tensor numerator, Tensor denominator, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.addcdiv_(numerator, denominator, scalar);
    }

    /// <summary>a ← x.</summary>
    public static Tensor Fill(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.fill_(scalar);
    }
}
