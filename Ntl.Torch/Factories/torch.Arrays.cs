namespace TorchSharp;

public static partial class torch
{
    // Tensors that hold .NET numbers; a copy is made. Without a type they are of the numbers' own.
    /// <summary>One number, in a tensor without dimensions.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        From<float>([scalar], [], null, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<float>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The numbers in that shape.</summary>
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<float>(rawArray, dimensions.ToArray(), dtype, device, requires_grad);

    /// <summary>The numbers as a matrix.</summary>
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        from_array(rawArray, dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(rawArray.ToArray(), dtype, device, requires_grad);

    /// <summary>One number, in a tensor without dimensions.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<double>([scalar], [], dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<double>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The numbers in that shape.</summary>
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<double>(rawArray, dimensions.ToArray(), dtype, device, requires_grad);

    /// <summary>The numbers as a matrix.</summary>
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        from_array(rawArray, dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(rawArray.ToArray(), dtype, device, requires_grad);

    /// <summary>One number, in a tensor without dimensions.</summary>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<long>([scalar], [], dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<long>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The numbers in that shape.</summary>
    public static Tensor tensor(long[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<long>(rawArray, dimensions.ToArray(), dtype, device, requires_grad);

    /// <summary>The numbers as a matrix.</summary>
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        from_array(rawArray, dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(rawArray.ToArray(), dtype, device, requires_grad);

    /// <summary>One number, in a tensor without dimensions.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        From<int>([scalar], [], null, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<int>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The numbers in that shape.</summary>
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<int>(rawArray, dimensions.ToArray(), dtype, device, requires_grad);

    /// <summary>The numbers as a matrix.</summary>
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        from_array(rawArray, dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(rawArray.ToArray(), dtype, device, requires_grad);

    /// <summary>One number, in a tensor without dimensions.</summary>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        From<byte>([scalar], [], null, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The numbers in that shape.</summary>
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<byte>(rawArray, dimensions.ToArray(), dtype, device, requires_grad);

    /// <summary>The numbers as a matrix.</summary>
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        from_array(rawArray, dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(rawArray.ToArray(), dtype, device, requires_grad);

    /// <summary>One number, in a tensor without dimensions.</summary>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<bool>([scalar], [], dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The numbers in that shape.</summary>
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<bool>(rawArray, dimensions.ToArray(), dtype, device, requires_grad);

    /// <summary>The numbers as a matrix.</summary>
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        from_array(rawArray, dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(rawArray.ToArray(), dtype, device, requires_grad);

    /// <summary>One number, in a tensor without dimensions.</summary>
    public static Tensor tensor(BFloat16 scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<BFloat16>([scalar], [], dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(BFloat16[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<BFloat16>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>The numbers in that shape.</summary>
    public static Tensor tensor(BFloat16[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<BFloat16>(rawArray, dimensions.ToArray(), dtype, device, requires_grad);

    /// <summary>The numbers as a matrix.</summary>
    public static Tensor tensor(BFloat16[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        from_array(rawArray, dtype, device, requires_grad);

    /// <summary>The numbers in a row.</summary>
    public static Tensor tensor(IList<BFloat16> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(rawArray.ToArray(), dtype, device, requires_grad);
}
