using System.Diagnostics.CodeAnalysis;

namespace Ntl.Training.Runs;

/// <summary>
/// Holds a directory itself, not a file in it: as long as the process lives, no other gets it, whatever is deleted or renamed inside, and
/// whichever
/// path leads there. The kernel frees it when the process dies.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    private int _descriptor;

    private DirectoryLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">A directory that exists.</param>
    /// <param name="held">The lock; null where another process holds it.</param>
    /// <exception cref="IOException">The directory cannot be opened.</exception>
    public static bool TryTake(string path, [NotNullWhen(true)] out DirectoryLock? held)
    {
        held = Posix.TryLockDirectory(path) is { } descriptor ? new(descriptor) : null;
        return held is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
        {
            Posix.CloseDescriptor(descriptor);
        }
    }
}
