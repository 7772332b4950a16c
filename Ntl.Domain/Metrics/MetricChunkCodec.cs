using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Ntl.Domain.Metrics;

/// <summary>The stored form of up to 1024 points: columns of packed integers under a checksum.</summary>
/// <remarks>
/// Layout, version 1, little-endian: version (1 byte), value type (1 byte: 4 or 8), count (zigzag varint), steps, values,
/// CRC32C of all before it (4 bytes). Both columns are packed by <see cref="IntegerColumn"/>. Values are single
/// precision when every one of them is exactly that, else double, as the integer that orders like the number; every bit
/// comes back, those of NaN included.
/// </remarks>
public static class MetricChunkCodec
{
    /// <summary>The most points in a chunk.</summary>
    public const int MaximumPoints = 1024;

    private const byte Version = 1;
    private const byte Single = sizeof(float);
    private const byte Double = sizeof(double);
    private const int ChecksumBytes = sizeof(uint);

    private static readonly int s_maximumBytes = 5 + 2 * IntegerColumn.MaximumBytes(MaximumPoints) + ChecksumBytes;

    /// <summary>Packs points.</summary>
    /// <param name="points">At most <see cref="MaximumPoints"/>.</param>
    public static byte[] Encode(MetricSeries points)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points.Count, MaximumPoints, nameof(points));
        var writer = new ChunkWriter(stackalloc byte[s_maximumBytes]);
        Span<long> column = stackalloc long[points.Count];
        var single = SinglePrecision.HoldsAll(points.Values);
        writer.Byte(Version);
        writer.Byte(single ? Single : Double);
        writer.Integer(points.Count);
        points.Steps.CopyTo(column);
        IntegerColumn.Write(ref writer, column);
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = single
                ? Ordered(BitConverter.SingleToInt32Bits((float)points.Values[i]))
                : Ordered(BitConverter.DoubleToInt64Bits(points.Values[i]));
        }

        IntegerColumn.Write(ref writer, column);
        var checksum = Crc32C(writer.Written);
        BinaryPrimitives.WriteUInt32LittleEndian(writer.Bytes(ChecksumBytes), checksum);
        return writer.Written.ToArray();
    }

    /// <summary>Unpacks points.</summary>
    /// <param name="chunk">The bytes that <see cref="Encode"/> gave.</param>
    /// <exception cref="CorruptChunkException">The bytes are not a whole, unaltered chunk.</exception>
    public static MetricSeries Decode(ReadOnlySpan<byte> chunk)
    {
        var reader = ChunkReader.Checked(chunk, Version);
        var valueType = reader.Byte();
        var steps = new long[reader.Count(MaximumPoints)];
        var values = new double[steps.Length];
        IntegerColumn.Read(ref reader, steps);
        ReadValues(ref reader, valueType, values);
        if (!reader.IsAtEnd)
        {
            throw new CorruptChunkException("There are bytes after the chunk's last value.");
        }

        try
        {
            return new(steps, values);
        }
        catch (ArgumentException exception)
        {
            throw new CorruptChunkException(exception.Message);
        }
    }

    /// <summary>CRC32C (Castagnoli) of bytes, as in RFC 3720 appendix B.4.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    private static void ReadValues(ref ChunkReader reader, byte valueType, Span<double> values)
    {
        Span<long> column = stackalloc long[values.Length];
        IntegerColumn.Read(ref reader, column);
        switch (valueType)
        {
            case Single:
                for (var i = 0; i < column.Length; i++)
                {
                    values[i] = BitConverter.Int32BitsToSingle(Ordered((int)column[i]));
                }

                break;
            case Double:
                for (var i = 0; i < column.Length; i++)
                {
                    values[i] = BitConverter.Int64BitsToDouble(Ordered(column[i]));
                }

                break;
            default:
                throw new CorruptChunkException($"There is no value type {valueType}.");
        }
    }

    // A float's bits order like its value once the negative ones are mirrored; the map is its own inverse.
    private static long Ordered(long bits) => bits ^ ((bits >> 63) & long.MaxValue);

    private static int Ordered(int bits) => bits ^ ((bits >> 31) & int.MaxValue);
}
