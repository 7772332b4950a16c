using System.Text.Json;

namespace Ntl.Training.Runs;

/// <summary>Files that a reader sees either whole or not at all, whichever process is killed, when.</summary>
public static class DurableFile
{
    private const int OutOfSpace = 28; // ENOSPC
    private const int OverQuota = 122; // EDQUOT

    /// <summary>Replaces a file's content in one move: temporary name, fsync, rename, fsync of the directory.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="content">The whole new content.</param>
    /// <param name="durable">Whether it must survive a loss of power; a heartbeat need not, and is then ten times cheaper.</param>
    /// <exception cref="IOException">The disk is full (see <see cref="IsOutOfSpace"/>) or not writable; the old content is then untouched.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool durable = true)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                RandomAccess.Write(handle, content, 0);
                if (durable)
                {
                    RandomAccess.FlushToDisk(handle);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }

        if (durable)
        {
            Posix.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    /// <summary>Makes the names in a directory survive a loss of power, as after a rename.</summary>
    /// <exception cref="IOException">The directory cannot be synchronized.</exception>
    public static void FlushNames(string directory) => Posix.FlushDirectory(directory);

    /// <summary>Writes a value as UTF-8 JSON, in one move.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteJson<T>(string path, T value, bool durable = true) =>
        Write(path, JsonSerializer.SerializeToUtf8Bytes(value, RunJson.Options), durable);

    /// <summary>Reads a JSON file that another process may replace at any time.</summary>
    /// <returns>Null where the file does not exist.</returns>
    /// <exception cref="InvalidDataException">The file exists but does not hold a <typeparamref name="T"/>.</exception>
    public static T? ReadJson<T>(string path)
        where T : class
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(content, RunJson.Options)
                ?? throw new InvalidDataException($"'{path}' holds null where a {typeof(T).Name} is expected.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' is not a valid {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    /// <summary>Gives a file that is never written again a second name; where the file system cannot, copies it, durably.</summary>
    /// <param name="path">The file, durable already.</param>
    /// <param name="second">Must not exist; its name is durable once its directory is flushed.</param>
    /// <exception cref="IOException">The disk is full or not writable.</exception>
    public static void LinkOrCopy(string path, string second)
    {
        if (Posix.TryLink(path, second))
        {
            return;
        }

        File.Copy(path, second);
        using var handle = File.OpenHandle(second, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Makes a directory and the name of it durable.</summary>
    public static void CreateDirectory(string path)
    {
        Directory.CreateDirectory(path);
        Posix.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes created, renamed and deleted names in a directory durable.</summary>
    public static void FlushDirectory(string path) => Posix.FlushDirectory(path);

    /// <summary>Whether an exception says that the disk, or the quota on it, is full.</summary>
    public static bool IsOutOfSpace(IOException exception) => exception.HResult is OutOfSpace or OverQuota;
}
