using System.Buffers.Binary;

namespace Ntl.Domain.Laws.Curves;

/// <summary>The one number of a tensor in a summary, whatever its type and however it is stored.</summary>
/// <remarks>Fields as in tensorflow/core/framework/tensor.proto, types as in types.proto.</remarks>
internal static class TensorScalar
{
    private const int Half = 19;
    private const int BFloat16 = 14;

    // Name, and bytes of one number in tensor_content; 0 where it is no number.
    private static readonly Dictionary<int, (string Name, int Bytes)> s_types = new()
    {
        [1] = ("float", 4),
        [2] = ("double", 8),
        [3] = ("int32", 4),
        [4] = ("uint8", 1),
        [5] = ("int16", 2),
        [6] = ("int8", 1),
        [7] = ("string", 0),
        [8] = ("complex64", 0),
        [9] = ("int64", 8),
        [10] = ("bool", 1),
        [BFloat16] = ("bfloat16", 2),
        [17] = ("uint16", 2),
        [18] = ("complex128", 0),
        [Half] = ("half", 2),
        [22] = ("uint32", 4),
        [23] = ("uint64", 8),
        [24] = ("float8_e5m2", 0),
        [25] = ("float8_e4m3fn", 0),
    };

    /// <summary>Reads a tensor.</summary>
    /// <returns>Its number, or null with what it is instead: <c>string</c>, <c>6 values of float</c>.</returns>
    public static (double? Value, string Kind) Read(ReadOnlySpan<byte> tensor)
    {
        const int TypeField = 1;
        const int ShapeField = 2;
        const int ContentField = 4;
        var (type, elements, values) = (0, 1L, new List<double>());
        var content = ReadOnlySpan<byte>.Empty;
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case TypeField when fields.Wire == ProtobufReader.WireType.Varint:
                    type = (int)fields.Varint;
                    break;
                case ShapeField:
                    elements = Elements(fields.Content);
                    break;
                case ContentField:
                    content = fields.Content;
                    break;
                case 5:
                    ReadFixed(fields, sizeof(float), values);
                    break;
                case 6:
                    ReadFixed(fields, sizeof(double), values);
                    break;
                case 7 or 10 or 11 or 13 or 16 or 17: // int, int64, bool, half, uint32, uint64
                    ReadVarints(fields, type, values);
                    break;
                default:
                    break;
            }
        }

        var (name, bytes) = s_types.GetValueOrDefault(type, (FormattableString.Invariant($"type {type}"), 0));
        return (elements, bytes, content.Length, values.Count) switch
        {
            (_, 0, _, _) => (null, name),
            (1, _, > 0, _) when content.Length == bytes => (OfContent(content, type), name),
            (1, _, 0, 1) => (values[0], name),
            (1, _, 0, 0) => (0, name), // protobuf leaves zeros out
            _ => (null, FormattableString.Invariant($"{elements} values of {name}")),
        };
    }

    private static long Elements(ReadOnlySpan<byte> shape)
    {
        const int DimensionField = 2;
        const int SizeField = 1;
        var product = 1L;
        var fields = new ProtobufReader(shape);
        while (fields.Next())
        {
            if (fields.Field != DimensionField)
            {
                continue;
            }

            var size = 0L;
            var dimension = new ProtobufReader(fields.Content);
            while (dimension.Next())
            {
                size = dimension.Field == SizeField ? (long)dimension.Varint : size;
            }

            product = unchecked(product * size);
        }

        return product;
    }

    // One number, or packed ones.
    private static void ReadFixed(ProtobufReader field, int bytes, List<double> values)
    {
        for (var left = field.Bytes; left.Length >= bytes; left = left[bytes..])
        {
            values.Add(bytes == sizeof(float) ? BinaryPrimitives.ReadSingleLittleEndian(left) : BinaryPrimitives.ReadDoubleLittleEndian(left));
        }
    }

    private static void ReadVarints(ProtobufReader field, int type, List<double> values)
    {
        if (field.Wire == ProtobufReader.WireType.Varint)
        {
            values.Add(OfVarint(field.Varint, type));
            return;
        }

        var packed = new ProtobufReader(field.Content);
        while (packed.NextVarint())
        {
            values.Add(OfVarint(packed.Varint, type));
        }
    }

    private static double OfVarint(ulong value, int type) => type switch
    {
        Half => (double)BitConverter.UInt16BitsToHalf((ushort)value),
        BFloat16 => BitConverter.UInt32BitsToSingle((uint)(ushort)value << 16),
        22 or 23 => value,
        _ => (long)value,
    };

    private static double OfContent(ReadOnlySpan<byte> content, int type) => type switch
    {
        1 => BinaryPrimitives.ReadSingleLittleEndian(content),
        2 => BinaryPrimitives.ReadDoubleLittleEndian(content),
        3 => BinaryPrimitives.ReadInt32LittleEndian(content),
        5 => BinaryPrimitives.ReadInt16LittleEndian(content),
        6 => (sbyte)content[0],
        9 => BinaryPrimitives.ReadInt64LittleEndian(content),
        BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(content) << 16),
        17 => BinaryPrimitives.ReadUInt16LittleEndian(content),
        Half => (double)BinaryPrimitives.ReadHalfLittleEndian(content),
        22 => BinaryPrimitives.ReadUInt32LittleEndian(content),
        23 => BinaryPrimitives.ReadUInt64LittleEndian(content),
        _ => content[0], // uint8, bool
    };
}
