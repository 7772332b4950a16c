using System.Numerics;
using System.Runtime.InteropServices;

namespace Ntl.Domain.Metrics;

/// <summary>Packs a column of integers into few bits: differences of the best order, in blocks, each as wide as its range.</summary>
/// <remarks>
/// Layout: order (1 byte: 0, 1 or 2), the first <c>order</c> leading differences (zigzag varints), then for each block of up to
/// 128 differences its minimum (zigzag varint), width (1 byte, 0–64 bits) and the offsets from the minimum, bits packed from the low end.
/// Evenly spaced steps take order 2 and width 0; noisy losses order 0 or 1 and the width of the noise. Differences wrap, so every
/// <see cref="long"/> comes back exactly. Little-endian machines only.
/// </remarks>
internal static class IntegerColumn
{
    private const int BlockLength = 128;
    private const int MaximumOrder = 2;
    private const int MaximumVarint = 10;

    /// <summary>Room for any column of a length.</summary>
    public static int MaximumBytes(int count) =>
        1 + MaximumOrder * MaximumVarint + count * sizeof(long) + (count / BlockLength + 1) * (MaximumVarint + 2);

    /// <summary>Writes a column; its contents are destroyed.</summary>
    public static void Write(ref ChunkWriter writer, scoped Span<long> column)
    {
        var order = 0;
        var fewest = Bits(column);
        Span<long> best = stackalloc long[column.Length];
        column.CopyTo(best);
        for (var candidate = 1; candidate <= Math.Min(MaximumOrder, column.Length); candidate++)
        {
            // In place: entry i ≥ candidate becomes its difference of this order; the entries before it stay as seeds.
            for (var i = column.Length - 1; i >= candidate; i--)
            {
                column[i] = unchecked(column[i] - column[i - 1]);
            }

            var bits = Bits(column[candidate..]);
            if (bits < fewest)
            {
                (order, fewest) = (candidate, bits);
                column.CopyTo(best);
            }
        }

        writer.Byte((byte)order);
        for (var i = 0; i < order; i++)
        {
            writer.Integer(best[i]);
        }

        for (var rest = best[order..]; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
        {
            WriteBlock(ref writer, rest[..Math.Min(BlockLength, rest.Length)]);
        }
    }

    /// <summary>Reads a column of a known length.</summary>
    public static void Read(ref ChunkReader reader, scoped Span<long> column)
    {
        int order = reader.Byte();
        if (order > Math.Min(MaximumOrder, column.Length))
        {
            throw new CorruptChunkException($"There is no column of order {order} and length {column.Length}.");
        }

        for (var i = 0; i < order; i++)
        {
            column[i] = reader.Integer();
        }

        for (var rest = column[order..]; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
        {
            ReadBlock(ref reader, rest[..Math.Min(BlockLength, rest.Length)]);
        }

        for (; order > 0; order--)
        {
            for (var i = order; i < column.Length; i++)
            {
                column[i] = unchecked(column[i] + column[i - 1]);
            }
        }
    }

    private static long Bits(ReadOnlySpan<long> column)
    {
        var bits = 0L;
        for (; !column.IsEmpty; column = column[Math.Min(BlockLength, column.Length)..])
        {
            var block = column[..Math.Min(BlockLength, column.Length)];
            bits += (long)block.Length * Width(block, out var minimum) + 8 * ChunkWriter.IntegerBytes(minimum);
        }

        return bits;
    }

    private static int Width(ReadOnlySpan<long> block, out long minimum)
    {
        (minimum, var maximum) = (block[0], block[0]);
        foreach (var value in block)
        {
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }

        return 64 - BitOperations.LeadingZeroCount(unchecked((ulong)maximum - (ulong)minimum));
    }

    private static int PackedBytes(int count, int width) => (count * width + 7) / 8;

    private static void WriteBlock(ref ChunkWriter writer, scoped ReadOnlySpan<long> block)
    {
        var width = Width(block, out var minimum);
        writer.Integer(minimum);
        writer.Byte((byte)width);
        if (width == 0)
        {
            return;
        }

        Span<ulong> words = stackalloc ulong[block.Length * width / 64 + 1];
        var pending = 0UL; // bits not yet stored, from the low end
        var pendingCount = 0;
        var at = 0;
        foreach (var value in block)
        {
            var offset = unchecked((ulong)value - (ulong)minimum);
            pending |= offset << pendingCount;
            pendingCount += width;
            if (pendingCount >= 64)
            {
                words[at++] = pending;
                pendingCount -= 64;
                pending = pendingCount == 0 ? 0 : offset >> (width - pendingCount);
            }
        }

        words[at] = pending;
        var packed = writer.Bytes(PackedBytes(block.Length, width));
        MemoryMarshal.AsBytes(words)[..packed.Length].CopyTo(packed);
    }

    private static void ReadBlock(ref ChunkReader reader, scoped Span<long> block)
    {
        var minimum = reader.Integer();
        int width = reader.Byte();
        if (width == 0)
        {
            block.Fill(minimum);
            return;
        }

        if (width > 64)
        {
            throw new CorruptChunkException($"A width of {width} bits is more than 64.");
        }

        // Padded so that the word after the last may be read whole.
        Span<ulong> words = stackalloc ulong[BlockLength + 1];
        reader.Bytes(PackedBytes(block.Length, width)).CopyTo(MemoryMarshal.AsBytes(words));
        var mask = ulong.MaxValue >> (64 - width);
        var bit = 0;
        for (var i = 0; i < block.Length; i++, bit += width)
        {
            var (word, shift) = (bit >> 6, bit & 63);
            // Shifting by one and then by the rest clears the high word when the shift is 0.
            var bits = (words[word] >> shift) | ((words[word + 1] << 1) << (63 - shift));
            block[i] = unchecked(minimum + (long)(bits & mask));
        }
    }
}
