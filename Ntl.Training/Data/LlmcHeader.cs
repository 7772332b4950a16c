using System.Buffers.Binary;

namespace Ntl.Training.Data;

/// <summary>The header of llm.c's token files: 256 little-endian 32-bit words, of which the first three speak.</summary>
/// <remarks>karpathy/llm.c @ f1e2ace, <c>llmc/dataloader.h</c> and <c>dev/data/data_common.py</c>.</remarks>
internal static class LlmcHeader
{
    public const int Length = 256 * sizeof(int);
    public const int Magic = 20_240_520;
    public const int Version = 1;

    public static void Verify(ReadOnlySpan<byte> start, long byteCount)
    {
        if (byteCount < Length)
        {
            throw new DatasetException(
                DatasetProblem.WrongHeader, FormattableString.Invariant($"An llm.c token file begins with {Length} bytes of header; this file has {byteCount}."));
        }

        var magic = BinaryPrimitives.ReadInt32LittleEndian(start);
        if (magic != Magic)
        {
            throw new DatasetException(
                DatasetProblem.WrongHeader, FormattableString.Invariant($"The file begins with {magic}; an llm.c token file begins with {Magic}. A file without a header is of the format UInt16."));
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(start[4..]);
        if (version != Version)
        {
            throw new DatasetException(
                DatasetProblem.WrongVersion, FormattableString.Invariant($"The header says version {version}; Ntl reads version {Version}, of 16-bit tokens."));
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        var body = byteCount - Length;
        if (count < 0 || body != count * 2L)
        {
            throw new DatasetException(
                DatasetProblem.WrongTokenCount,
                FormattableString.Invariant($"The header says {count} tokens, {count * 2L} bytes; {body} bytes follow it. The file was cut or has something appended."));
        }
    }
}
