using System.Buffers.Binary;

namespace Ntl.Training.Data;

/// <summary>Knows common file formats by their first bytes, so that a file that is no data set is refused by its name.</summary>
internal static class FileSignature
{
    private const int TarMagicOffset = 257;

    /// <summary>What a file is, where it is something other than text or tokens.</summary>
    /// <param name="start">The file's first bytes.</param>
    /// <param name="end">Its last bytes, at least four where it has them.</param>
    /// <param name="byteCount">Its length.</param>
    /// <returns>A noun phrase, with advice where there is some; null where no known format begins like this.</returns>
    public static string? NameOf(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, long byteCount)
    {
        if (LlmcHeader.OtherKind(start) is { } llmc)
        {
            return llmc;
        }

        if (start is [0x1F, 0x8B, 0x08, < 0x20, ..])
        {
            return "gzip-compressed data; decompress it first (gunzip)";
        }

        if (start.StartsWith("BZh"u8) && start.Length > 9 && start[4..10].SequenceEqual<byte>([0x31, 0x41, 0x59, 0x26, 0x53, 0x59]))
        {
            return "bzip2-compressed data; decompress it first (bunzip2)";
        }

        if (start.StartsWith<byte>([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]))
        {
            return "xz-compressed data; decompress it first (unxz)";
        }

        if (start.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]))
        {
            return "Zstandard-compressed data; decompress it first (unzstd)";
        }

        if (start.StartsWith<byte>([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]))
        {
            return "a 7-Zip archive; unpack it first";
        }

        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8))
        {
            return "a ZIP archive (also NumPy .npz, PyTorch .pt and Office files are that); unpack it first";
        }

        if (start.Length >= TarMagicOffset + 5 && start[TarMagicOffset..].StartsWith("ustar"u8))
        {
            return "a tar archive; unpack it first";
        }

        return NameOfArray(start, end, byteCount);
    }

    // Files of arrays and tables.
    private static string? NameOfArray(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, long byteCount)
    {
        if (start.StartsWith<byte>([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
        {
            return "a NumPy array (.npy); write its tokens without a header: numpy.load(file).astype('uint16').tofile(...)";
        }

        if (start.StartsWith("PAR1"u8) && end.EndsWith("PAR1"u8))
        {
            return "a Parquet table; export its text or tokens first";
        }

        if (start.StartsWith<byte>([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return "an HDF5 file; export its text or tokens first";
        }

        if (start.StartsWith("ARROW1\0\0"u8))
        {
            return "an Arrow table; export its text or tokens first";
        }

        if (start.StartsWith("SQLite format 3\0"u8))
        {
            return "a SQLite database";
        }

        if (start.StartsWith("GGUF"u8) && start.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(start[4..]) is > 0 and < 256)
        {
            return "a GGUF model";
        }

        if (start.StartsWith("MMIDIDX\0\0"u8))
        {
            return "Megatron's index (.idx); its tokens are in the .bin file beside it";
        }

        if (start.StartsWith("version https://git-lfs.github.com/spec/"u8))
        {
            return "a Git LFS pointer, not the file itself; fetch it (git lfs pull)";
        }

        if (IsSafetensors(start, byteCount))
        {
            return "a safetensors file (weights of a model)";
        }

        return IsPickle(start, end, byteCount) ? "a Python pickle (or a PyTorch file); write its tokens with numpy's tofile" : NameOfDocument(start);
    }

    private static string? NameOfDocument(ReadOnlySpan<byte> start) =>
        start.StartsWith("%PDF-"u8) ? "a PDF document; extract its text first"
        : start.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "a PNG image"
        : start is [0xFF, 0xD8, 0xFF, >= 0xC0, ..] ? "a JPEG image"
        : start.StartsWith("\x7F"u8) && start[1..].StartsWith("ELF"u8) ? "a program (ELF)"
        : null;

    // Eight bytes of length, then a JSON object of that length.
    private static bool IsSafetensors(ReadOnlySpan<byte> start, long byteCount) =>
        start.Length > 9
        && BinaryPrimitives.ReadUInt64LittleEndian(start) is var length
        && length >= 2
        && length <= (ulong)(byteCount - 8)
        && start[8] == (byte)'{'
        && start[9] is (byte)'"' or (byte)'}';

    // Protocol 2 to 5: its number, a first opcode, and STOP as the last byte. Protocol 4 on begins with a frame.
    private static bool IsPickle(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, long byteCount)
    {
        if (start is not [0x80, >= 2 and <= 5, ..] || start.Length < 11 || end is not [.., (byte)'.'])
        {
            return false;
        }

        return start[1] >= 4
            ? start[2] == 0x95 && BinaryPrimitives.ReadUInt64LittleEndian(start[3..]) <= (ulong)byteCount
            : "}])(cXKMJ"u8.Contains(start[2]);
    }
}
