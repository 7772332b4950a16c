using System.Buffers.Binary;
using System.Text;

namespace Ntl.Tests.Domain.Laws.Curves;

/// <summary>A TensorBoard event file, byte by byte, as its two specifications say; its checksum is computed by the definition, bit by bit.</summary>
internal sealed class EventFileBytes
{
    private readonly List<byte> _file = [];

    public byte[] ToArray() => [.. _file];

    /// <summary>The record that every file begins with.</summary>
    public EventFileBytes Version(double begun = 1.7e9) => Record([.. Fixed64(1, begun), .. Bytes(3, Encoding.UTF8.GetBytes("brain.Event:2"))]);

    /// <summary>A scalar of before TensorFlow 2, and of PyTorch.</summary>
    public EventFileBytes Simple(long step, string tag, float value) => Event(step, [.. Text(1, tag), .. Fixed32(2, value)]);

    /// <summary>A scalar of TensorFlow 2: a tensor without dimensions.</summary>
    public EventFileBytes Tensor(long step, string tag, float value) => Event(step, [.. Text(1, tag), .. Bytes(8, [.. Varint(1, 1), .. Bytes(2, []), .. Fixed32(5, value)])]);

    /// <summary>The same with its number as bytes.</summary>
    public EventFileBytes Content(long step, string tag, double value)
    {
        var content = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(content, value);
        return Event(step, [.. Text(1, tag), .. Bytes(8, [.. Varint(1, 2), .. Bytes(4, content)])]);
    }

    /// <summary>A tensor of any type, its number in <c>tensor_content</c> or in a field of its own.</summary>
    public EventFileBytes Typed(long step, string tag, ulong type, byte[] number) => Event(step, [.. Text(1, tag), .. Bytes(8, [.. Varint(1, type), .. Bytes(2, []), .. number])]);

    /// <summary>The record that an attempt which goes on from a checkpoint begins with.</summary>
    public EventFileBytes Start(long step) => Record([.. Fixed64(1, 1.7e9), .. Varint(2, (ulong)step), .. Bytes(7, Varint(1, 1))]);

    public EventFileBytes Event(long step, byte[] value) => Record([.. Fixed64(1, 1.7e9 + step), .. Varint(2, (ulong)step), .. Bytes(5, Bytes(1, value))]);

    public EventFileBytes Record(byte[] record)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, record.Length);
        _file.AddRange([.. length, .. Masked(length), .. record, .. Masked(record)]);
        return this;
    }

    public static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Bytes(int field, byte[] content) => [.. Varint((ulong)((field << 3) | 2)), .. Varint((ulong)content.Length), .. content];

    public static byte[] Varint(int field, ulong value) => [.. Varint((ulong)(field << 3)), .. Varint(value)];

    public static byte[] Fixed32(int field, float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return [.. Varint((ulong)((field << 3) | 5)), .. bytes];
    }

    private static byte[] Fixed64(int field, double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return [.. Varint((ulong)((field << 3) | 1)), .. bytes];
    }

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    // CRC-32C bit by bit: the reflected polynomial 0x82F63B78.
    private static byte[] Masked(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        crc = ~crc;
        var masked = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8));
        return masked;
    }
}
