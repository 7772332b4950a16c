using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ntl.Domain.Runs;

namespace Ntl.Training.Data;

/// <summary>Reads a data set once from end to end and says what it is, or what is wrong with it.</summary>
public static class DatasetInspector
{
    private const int PieceLength = 1 << 20;

    /// <summary>Checks the whole file and computes its identity.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is said to hold its tokens.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="DatasetException">Missing, a directory, unreadable, empty, not UTF-8 (with the byte offset), of odd length, or with a wrong header.</exception>
    public static DatasetInspection Inspect(string path, DatasetFormat format, CancellationToken cancellationToken = default)
    {
        using var file = DatasetFile.Open(path);
        try
        {
            return Inspect(file, format, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new DatasetException(DatasetProblem.Unreadable, $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static DatasetInspection Inspect(FileStream file, DatasetFormat format, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var utf8 = new Utf8Checker();
        var piece = new byte[PieceLength];
        long byteCount = file.Length;
        long tokenCount = 0;
        var largest = 0;
        for (long offset = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = piece.AsSpan(0, file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false));
            if (offset == 0)
            {
                tokenCount = DatasetFile.CountTokens(bytes, byteCount, format);
            }

            if (bytes.IsEmpty)
            {
                break;
            }

            sha.AppendData(bytes);
            if (format == DatasetFormat.Text)
            {
                RequireUtf8(utf8.Next(bytes), bytes, offset);
                foreach (var token in bytes)
                {
                    largest = Math.Max(largest, token);
                }
            }
            else
            {
                var body = offset == 0 ? bytes[DatasetFile.BodyOffset(format)..] : bytes;
                foreach (var token in MemoryMarshal.Cast<byte, ushort>(body))
                {
                    largest = Math.Max(largest, token);
                }
            }

            offset += bytes.Length;
        }

        RequireUtf8(utf8.End(), default, byteCount);
        return new DatasetInspection(format, byteCount, tokenCount, largest, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    private static void RequireUtf8(long? wrong, ReadOnlySpan<byte> bytes, long offset)
    {
        if (wrong is { } at)
        {
            var value = at >= offset && at - offset < bytes.Length ? FormattableString.Invariant($" (0x{bytes[(int)(at - offset)]:X2})") : "";
            throw new DatasetException(
                DatasetProblem.InvalidUtf8,
                FormattableString.Invariant($"The text is not UTF-8: the bytes at offset {at}{value} are no character. Convert it, for instance with: iconv -f ISO-8859-1 -t UTF-8."));
        }
    }
}
