using System.Buffers.Binary;
using System.Numerics;

namespace Ntl.Domain.Metrics;

/// <summary>Writes bytes from front to back into a buffer that is large enough.</summary>
internal ref struct ChunkWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    public void Byte(byte value) => _buffer[Length++] = value;

    public void Single(float value) => BinaryPrimitives.WriteSingleLittleEndian(Bytes(sizeof(float)), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Bytes(sizeof(double)), value);

    public Span<byte> Bytes(int count)
    {
        var given = _buffer.Slice(Length, count);
        Length += count;
        return given;
    }

    public static int IntegerBytes(long value) => (BitOperations.Log2(Zigzag(value) | 1) + 7) / 7;

    public void Integer(long value)
    {
        var zigzag = Zigzag(value);
        for (; zigzag >= 0x80; zigzag >>= 7)
        {
            Byte((byte)(zigzag | 0x80));
        }

        Byte((byte)zigzag);
    }

    private static ulong Zigzag(long value) => ((ulong)value << 1) ^ (ulong)(value >> 63);
}
