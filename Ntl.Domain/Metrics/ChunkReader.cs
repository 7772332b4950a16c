using System.Buffers.Binary;

namespace Ntl.Domain.Metrics;

/// <summary>Reads bytes from front to back, within bounds.</summary>
internal ref struct ChunkReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>A reader of what follows the version, once the checksum at the end and the version were found right.</summary>
    public static ChunkReader Checked(ReadOnlySpan<byte> bytes, byte expectedVersion)
    {
        const int ChecksumBytes = sizeof(uint);
        if (bytes.Length < ChecksumBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumBytes..]) != MetricChunkCodec.Crc32C(bytes[..^ChecksumBytes]))
        {
            throw new CorruptChunkException("The checksum does not fit the bytes.");
        }

        var reader = new ChunkReader(bytes[..^ChecksumBytes]);
        var version = reader.Byte();
        return version == expectedVersion
            ? reader
            : throw new CorruptChunkException($"This build reads version {expectedVersion}, not {version}.");
    }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Bytes(1)[0];

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Bytes(sizeof(float)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length)
        {
            throw new CorruptChunkException($"The chunk ends {count - _rest.Length} bytes early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    // LEB128 of the zigzag form: 0, −1, 1, −2 … become 0, 1, 2, 3 ….
    public long Integer()
    {
        var zigzag = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            zigzag |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
            }
        }

        throw new CorruptChunkException("A number in the chunk is too long.");
    }

    public int Count(int maximum)
    {
        var count = Integer();
        return count >= 0 && count <= maximum ? (int)count : throw new CorruptChunkException($"A count of {count} is not from 0 to {maximum}.");
    }
}
