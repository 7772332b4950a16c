using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator s_arange = new("arange", "start_step");
    private static readonly Operator s_linspace = new("linspace");
    private static readonly Operator s_eye = new("eye", "m");
    private static readonly Operator s_randint = new("randint", "low_generator");
    private static readonly Operator s_randperm = new("randperm", "generator");

    /// <summary>0, 1, 2, … up to <paramref name="stop"/>, without it.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype ?? KindOf(stop), device, requires_grad);

    /// <summary>From <paramref name="start"/> in steps of 1 up to <paramref name="stop"/>, without it.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>From <paramref name="start"/> in steps up to <paramref name="stop"/>, without it; whole numbers if all three are.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var real = is_floating_point(start.Type) || is_floating_point(stop.Type) || is_floating_point(step.Type);
        return Leaf(s_arange.Call(start, stop, step, dtype ?? (real ? s_defaultType : ScalarType.Int64), default, device ?? CPU), requires_grad);
    }

    /// <summary>That many numbers at equal distances, both ends among them.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(s_linspace.Call(start, end, steps, dtype ?? s_defaultType, default, device ?? CPU), requires_grad);

    /// <summary>Ones on the diagonal, zeros elsewhere; as many columns as rows unless told.</summary>
    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(s_eye.Call(rows, columns < 0 ? rows : columns, dtype ?? s_defaultType, default, device ?? CPU), requires_grad);

    /// <summary>Whole numbers drawn from [low, high).</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Leaf(s_randint.Call(low, high, size, generator, dtype ?? ScalarType.Int64, default, device ?? CPU), requires_grad);

    /// <summary>Whole numbers drawn from [0, high).</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    /// <summary>0 … n − 1 in random order.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Leaf(s_randperm.Call(n, generator, dtype ?? ScalarType.Int64, default, device ?? CPU), requires_grad);
}
