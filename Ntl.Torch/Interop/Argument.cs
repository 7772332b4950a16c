using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>One argument of an operator, as the caller has it. Null of any kind is the operator's <c>None</c>.</summary>
internal readonly struct Argument
{
    private Argument(NativeKind kind, long bits, object? reference)
    {
        Kind = kind;
        Bits = bits;
        Reference = reference;
    }

    public NativeKind Kind { get; }

    public long Bits { get; }

    public object? Reference { get; }

    public static implicit operator Argument(Tensor? tensor) => tensor is null ? default : new(NativeKind.Tensor, 0, tensor);

    public static implicit operator Argument(Tensor?[] tensors) => new(NativeKind.Tensors, 0, tensors);

    public static implicit operator Argument(long value) => new(NativeKind.Integer, value, null);

    public static implicit operator Argument(long? value) => value is null ? default(Argument) : value.Value;

    public static implicit operator Argument(double value) => new(NativeKind.Real, BitConverter.DoubleToInt64Bits(value), null);

    public static implicit operator Argument(bool value) => new(NativeKind.Boolean, value ? 1 : 0, null);

    public static implicit operator Argument(string text) => new(NativeKind.Text, 0, text);

    public static implicit operator Argument(long[]? values) => values is null ? default : new(NativeKind.Integers, 0, values);

    public static implicit operator Argument(ScalarType type) => (long)type;

    public static implicit operator Argument(ScalarType? type) => type is null ? default(Argument) : type.Value;

    public static implicit operator Argument(Scalar? value) => value is null ? default : new(value.Kind, value.Bits, null);

    public static implicit operator Argument(Generator? generator) => generator is null ? default : new(NativeKind.Generator, 0, generator);

    public static implicit operator Argument(Device? device) =>
        device is null ? default : new(NativeKind.Device, ((long)device.type << 32) | (uint)device.index, null);
}
