using System.Buffers.Binary;
using System.Numerics;

namespace Ntl.Domain.Laws.Curves;

/// <summary>The frames of a TFRecord file: length, its checksum, the record, its checksum; all little-endian.</summary>
/// <remarks>Checksums are CRC-32C, rotated and shifted by a constant so that a checksum of data that holds checksums stays sound (tensorflow/core/lib/hash/crc32c.h).</remarks>
internal ref struct RecordFrames(ReadOnlySpan<byte> file)
{
    private const int HeadBytes = sizeof(ulong) + sizeof(uint);
    private const int TailBytes = sizeof(uint);
    private const uint MaskDelta = 0xa282ead8;

    private readonly ReadOnlySpan<byte> _file = file;
    private int _at;

    /// <summary>The record read last.</summary>
    public ReadOnlySpan<byte> Record { get; private set; }

    /// <summary>How many records were read.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the file ends within a record, as a run that was killed leaves it.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Where the record read last begins.</summary>
    public int Start { get; private set; }

    /// <summary>Whether bytes begin like such a file.</summary>
    public static bool Begins(ReadOnlySpan<byte> file) =>
        file.Length >= HeadBytes && Masked(file[..sizeof(ulong)]) == BinaryPrimitives.ReadUInt32LittleEndian(file[sizeof(ulong)..]);

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end, or where the file is cut off.</returns>
    /// <exception cref="CurveFileException">A checksum is wrong.</exception>
    public bool Next()
    {
        var left = _file[_at..];
        if (left.Length < HeadBytes)
        {
            IsCutOff = !left.IsEmpty;
            return false;
        }

        if (!Begins(left))
        {
            // A machine that lost its power leaves the file's reserved end as zeros.
            IsCutOff = !left.ContainsAnyExcept((byte)0);
            return IsCutOff ? false : throw Damaged("the length of ");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(left);
        if (length > (ulong)Math.Max(0, left.Length - HeadBytes - TailBytes))
        {
            IsCutOff = true;
            return false;
        }

        Record = left.Slice(HeadBytes, (int)length);
        if (Masked(Record) != BinaryPrimitives.ReadUInt32LittleEndian(left[(HeadBytes + (int)length)..]))
        {
            throw Damaged("");
        }

        Start = _at;
        _at += HeadBytes + (int)length + TailBytes;
        Count++;
        return true;
    }

    /// <summary>The masked CRC-32C of bytes.</summary>
    internal static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }

    private readonly CurveFileException Damaged(string part) =>
        new(FormattableString.Invariant(
            $"The event file is damaged: the checksum of {part}record {Count + 1}, at byte {_at:N0}, is wrong. ")
            + "What follows cannot be trusted.");
}
