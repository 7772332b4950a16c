using System.Buffers.Binary;
using System.Numerics;

namespace Ntl.Training.Runs;

/// <summary>
/// The journal on disk, little-endian:
/// <code>
/// header   8 bytes magic "NTLJRNL\n", u32 version (1), u32 attempt
/// record   u32 length of payload, u32 CRC-32C over length and payload, payload
/// </code>
/// </summary>
internal static class JournalFormat
{
    public const int HeaderLength = 16;
    public const int FrameLength = 8;
    public const uint Version = 1;

    /// <summary>A larger length can only be damage.</summary>
    public const int MaximumPayload = 16 << 20;

    public static ReadOnlySpan<byte> Magic => "NTLJRNL\n"u8;

    public static byte[] Header(int attempt)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), (uint)attempt);
        return header;
    }

    public static void WriteFrame(Span<byte> frame, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame[..4], payload));
    }

    /// <summary>CRC-32C (Castagnoli, reflected, initial and final complement): of "123456789" it is 0xE3069283.</summary>
    public static uint Checksum(ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload) => ~Update(Update(uint.MaxValue, length), payload);

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
