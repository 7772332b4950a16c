using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number on its way into an operator, with its kind: whole, real or truth value.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(torch.ScalarType type, NativeKind kind, long bits)
    {
        Type = type;
        Kind = kind;
        Bits = bits;
    }

    /// <summary>The element type that holds the number.</summary>
    public torch.ScalarType Type { get; }

    internal NativeKind Kind { get; }

    internal long Bits { get; }

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Byte, NativeKind.Integer, value);

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int32, NativeKind.Integer, value);

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, NativeKind.Integer, value);

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float32, NativeKind.Real, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, NativeKind.Real, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, NativeKind.Boolean, value ? 1 : 0);

    /// <summary>Nothing to do: the number is held in .NET. TorchSharp's own scalars are native, and this keeps the shape of its API.</summary>
    public void Dispose()
    {
        // Nothing native is held.
    }
}
