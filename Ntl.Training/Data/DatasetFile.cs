namespace Ntl.Training.Data;

/// <summary>Opens data sets' files. What it says names no path: the caller knows which file it gave.</summary>
internal static class DatasetFile
{
    /// <summary>Opens a regular file, or says why not. It never waits, as opening a pipe would.</summary>
    /// <exception cref="DatasetException">Missing, a directory, something other than a file, or unreadable.</exception>
    public static FileStream Open(string path)
    {
        switch (FileKinds.Of(path))
        {
            case FileKind.Directory:
                throw new DatasetException(DatasetProblem.IsDirectory, "The path is a directory; a data set is one file.");
            case FileKind.Other:
                throw new DatasetException(DatasetProblem.NotAFile, "The path is not a regular file but a pipe, a device or a socket.");
            case FileKind.Missing:
                throw new DatasetException(DatasetProblem.Missing, "There is no such file.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException(DatasetProblem.Missing, "There is no such file.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DatasetException(DatasetProblem.Unreadable, "The file may not be read by the account that this program runs under.", exception);
        }
        catch (IOException exception)
        {
            throw Unreadable(exception);
        }
    }

    /// <summary>Says that reading failed, without the system's text, which names the path.</summary>
    public static DatasetException Unreadable(IOException exception) =>
        new(DatasetProblem.Unreadable, FormattableString.Invariant($"Reading the file failed (system error {exception.HResult & 0xFFFF})."), exception);
}
