using System.Runtime.InteropServices;

namespace Ntl.Training.Runs;

/// <summary>The few POSIX calls that .NET does not offer.</summary>
internal static partial class Posix
{
    private const int ReadOnlyDirectory = 0x10000 | 0x80000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC on Linux

    private const int AppendOrCreate = 0x1 | 0x40 | 0x400; // O_WRONLY | O_CREAT | O_APPEND on Linux; inherited by the tuned process
    private const int UserReadWriteOthersRead = 0x1A4; // 0644
    private const int ExclusiveWithoutWaiting = 2 | 4; // LOCK_EX | LOCK_NB
    private const int WouldBlock = 11; // EWOULDBLOCK

    /// <summary>Makes the names in a directory durable: without it a rename may be lost with the power.</summary>
    /// <exception cref="IOException">The directory cannot be opened or synchronized.</exception>
    public static void FlushDirectory(string path)
    {
        var descriptor = Open(path, ReadOnlyDirectory, 0);
        if (descriptor < 0)
        {
            throw Failure("open", path);
        }

        try
        {
            if (FSync(descriptor) != 0)
            {
                throw Failure("fsync", path);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Opens a directory and takes an flock on it, which lasts until the descriptor is closed. Programs started meanwhile do not inherit it.</summary>
    /// <returns>The descriptor; null where another process holds the directory.</returns>
    /// <exception cref="IOException">The directory cannot be opened, or its file system has no locks.</exception>
    public static int? TryLockDirectory(string path)
    {
        var descriptor = Open(path, ReadOnlyDirectory, 0);
        if (descriptor < 0)
        {
            throw Failure("open", path);
        }

        if (FLock(descriptor, ExclusiveWithoutWaiting) == 0)
        {
            return descriptor;
        }

        var failure = Failure("flock", path);
        _ = Close(descriptor);
        return failure.HResult == WouldBlock ? null : throw failure;
    }

    /// <summary>Closes a descriptor.</summary>
    public static void CloseDescriptor(int descriptor) => _ = Close(descriptor);

    /// <summary>Replaces the running program by another, in the same process. Returns only where that failed.</summary>
    public static void Replace(string program, string[] arguments, string[] environment) =>
        _ = ExecVE(program, [.. arguments, null], [.. environment, null]);

    /// <summary>Makes the process the leader of a session of its own, so that a terminal's signals do not reach it. No effect where it leads a group already.</summary>
    public static void LeaveTerminal() => _ = SetSid();

    /// <summary>Sends everything this process prints, native libraries included, to the end of a file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void RedirectOutput(string path)
    {
        var descriptor = Open(path, AppendOrCreate, UserReadWriteOthersRead);
        if (descriptor < 0)
        {
            throw Failure("open", path);
        }

        if (Dup2(descriptor, 1) < 0 || Dup2(descriptor, 2) < 0)
        {
            throw Failure("dup2", path);
        }

        _ = Close(descriptor);
    }

    /// <summary>Gives a file a second name. False where the file system has no such thing or the other name is on another one.</summary>
    public static bool TryLink(string path, string second) => Link(path, second) == 0;

    private static IOException Failure(string call, string path)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{call} failed on '{path}': {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExecVE(string path, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string second);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSid();

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Dup2(int descriptor, int copy);
}
