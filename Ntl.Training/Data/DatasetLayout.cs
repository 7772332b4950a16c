using System.Runtime.InteropServices;
using Ntl.Domain.Runs;

namespace Ntl.Training.Data;

/// <summary>Where a data set's tokens lie in its file.</summary>
/// <param name="TokenWidth">Bytes per token: 1, 2 or 4.</param>
/// <param name="BodyOffset">Bytes before the first token.</param>
/// <param name="TokenCount">Tokens in the file, at least 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DatasetLayout(int TokenWidth, int BodyOffset, long TokenCount)
{
    /// <summary>The bytes of a UTF-8 byte order mark, which is not part of the text.</summary>
    internal static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the layout from a file's first bytes and its length.</summary>
    /// <param name="start">The file's first bytes, at least <see cref="LlmcHeader.Length"/> where the file has them.</param>
    /// <param name="byteCount">The file's length.</param>
    /// <param name="format">How the file is said to hold its tokens.</param>
    /// <exception cref="DatasetException">Empty, cut inside a token, or with a wrong header.</exception>
    internal static DatasetLayout Read(ReadOnlySpan<byte> start, long byteCount, DatasetFormat format)
    {
        if (byteCount == 0)
        {
            throw new DatasetException(DatasetProblem.Empty, "The file is empty.");
        }

        var (width, offset) = format switch
        {
            DatasetFormat.LlmC => (LlmcHeader.TokenWidth(start, byteCount), LlmcHeader.Length),
            DatasetFormat.UInt32 => (sizeof(uint), 0),
            DatasetFormat.UInt16 => (sizeof(ushort), 0),
            _ => (1, start.StartsWith(Utf8Mark) ? Utf8Mark.Length : 0),
        };
        if (byteCount % width != 0)
        {
            throw new DatasetException(
                DatasetProblem.OddLength,
                FormattableString.Invariant(
                    $"A file of {8 * width}-bit tokens has a multiple of {width} bytes; this one has {byteCount:N0}, {byteCount % width} too many. ")
                + "It was cut, or is in another format.");
        }

        var tokens = (byteCount - offset) / width;
        return tokens > 0
            ? new(width, offset, tokens)
            : throw new DatasetException(DatasetProblem.Empty, "The file holds no tokens.");
    }
}
