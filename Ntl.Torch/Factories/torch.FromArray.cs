using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of numbers of any number of dimensions, copied.</summary>
    /// <exception cref="NotSupportedException">The elements are no numbers that a tensor holds.</exception>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false)
    {
        var element = rawArray.GetType().GetElementType()!;
        var shape = new long[rawArray.Rank];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = rawArray.GetLongLength(i);
        }

        var type = ToScalarType(element);
        var bytes = MemoryMarshal.CreateReadOnlySpan(
            ref MemoryMarshal.GetArrayDataReference(rawArray), checked((int)(rawArray.LongLength * SizeOf(type))));
        return FromBytes(bytes, type, shape, dtype, device, requires_grad);
    }

    /// <inheritdoc cref="from_array(Array, ScalarType?, Device?, bool)"/>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    private static Tensor From<T>(ReadOnlySpan<T> numbers, long[] shape, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged => FromBytes(MemoryMarshal.AsBytes(numbers), ToScalarType(typeof(T)), shape, dtype, device, requires_grad);

    private static unsafe Tensor FromBytes(
        ReadOnlySpan<byte> bytes, ScalarType type, long[] shape, ScalarType? dtype, Device? device, bool requires_grad)
    {
        var tensor = s_empty.Call(shape, type, default, CPU);
        var length = tensor.NumberOfElements * SizeOf(type);
        if (length != bytes.Length)
        {
            tensor.Dispose();
            throw new ArgumentException($"The shape [{string.Join(", ", shape)}] does not hold {bytes.Length / SizeOf(type)} elements.");
        }

        if (length > 0)
        {
            bytes.CopyTo(new Span<byte>((void*)tensor.DataPointer, bytes.Length));
        }

        if ((dtype is { } wanted && wanted != type) || (device is { } place && place.type != DeviceType.CPU))
        {
            tensor = tensor.to(dtype ?? type, device ?? CPU, disposeAfter: true);
        }

        return Leaf(tensor, requires_grad);
    }

    private static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => sizeof(byte),
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => sizeof(short),
        ScalarType.Int32 or ScalarType.Float32 => sizeof(int),
        ScalarType.Int64 or ScalarType.Float64 => sizeof(long),
        _ => throw new NotSupportedException($"{type} has no size that Ntl.Torch knows."),
    };
}
