using Ntl.Domain.Runs;

namespace Ntl.Training.Data;

/// <summary>Where a format's tokens lie in a file, and the checks that need no reading of the whole.</summary>
internal static class DatasetFile
{
    /// <summary>Bytes a token takes.</summary>
    public static int TokenWidth(DatasetFormat format) => format == DatasetFormat.Text ? 1 : 2;

    /// <summary>Bytes before the first token.</summary>
    public static int BodyOffset(DatasetFormat format) => format == DatasetFormat.LlmC ? LlmcHeader.Length : 0;

    /// <summary>Opens a file, or says why not.</summary>
    /// <exception cref="DatasetException">Missing, a directory, or unreadable.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DatasetException(DatasetProblem.IsDirectory, $"'{path}' is a directory; a data set is one file.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException(DatasetProblem.Missing, $"There is no file '{path}'.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(DatasetProblem.Unreadable, $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The file's token count, after the checks of its length and header.</summary>
    /// <param name="start">The file's first bytes, up to <see cref="LlmcHeader.Length"/>.</param>
    /// <param name="byteCount">The file's length.</param>
    /// <param name="format">How the file holds its tokens.</param>
    /// <exception cref="DatasetException">Empty, odd, or with a wrong header.</exception>
    public static long CountTokens(ReadOnlySpan<byte> start, long byteCount, DatasetFormat format)
    {
        if (byteCount == 0)
        {
            throw new DatasetException(DatasetProblem.Empty, "The file is empty.");
        }

        if (format == DatasetFormat.LlmC)
        {
            LlmcHeader.Verify(start, byteCount);
        }
        else if (byteCount % TokenWidth(format) != 0)
        {
            throw new DatasetException(
                DatasetProblem.OddLength, FormattableString.Invariant($"A file of 16-bit tokens has an even number of bytes; this one has {byteCount}. It was cut, or is not of this format."));
        }

        var tokens = (byteCount - BodyOffset(format)) / TokenWidth(format);
        return tokens > 0 ? tokens : throw new DatasetException(DatasetProblem.Empty, "The file holds no token.");
    }
}
