using System.Globalization;
using Ntl.Training.Runs;

namespace Ntl.Web.Configuration;

/// <summary>Holds a data directory for one server. The kernel frees it when the process dies, however it dies.</summary>
/// <remarks>
/// The directory itself is locked, so that deleting or replacing a file in it lets no second server in. The file is locked too, for servers of
/// earlier versions, which know no other lock.
/// </remarks>
public sealed class DataDirectoryLock : IDisposable
{
    private const int WouldBlock = 11; // EWOULDBLOCK: the lock is taken

    private static readonly string[] s_networkFileSystems = ["nfs", "nfs4", "cifs", "smb3", "lustre", "beegfs", "gpfs", "fuse.sshfs", "9p", "ceph"];

    private readonly DirectoryLock _directory;
    private readonly FileStream _file;

    private DataDirectoryLock(DirectoryLock directory, FileStream file) => (_directory, _file) = (directory, file);

    /// <summary>Makes the directory where it is missing and takes its lock.</summary>
    /// <exception cref="DataDirectoryException">Another server holds it, it cannot be written, or it lies on a network file system.</exception>
    public static DataDirectoryLock Take(DataDirectory directory)
    {
        try
        {
            Directory.CreateDirectory(directory.Root);
            RefuseNetworkFileSystem(directory.Root);
            return DirectoryLock.TryTake(directory.Root, out var held) ? TakeFile(directory, held) : throw InUse(directory);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new DataDirectoryException(DataDirectoryFault.NotWritable, $"The data directory '{directory.Root}' cannot be written: {cause.Message}", cause);
        }
        catch (IOException cause) when (cause.HResult == WouldBlock)
        {
            throw InUse(directory, cause);
        }
        catch (IOException cause)
        {
            throw new DataDirectoryException(DataDirectoryFault.NotWritable, $"The data directory '{directory.Root}' cannot be used: {cause.Message}", cause);
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _directory.Dispose();
    }

    private static DataDirectoryLock TakeFile(DataDirectory directory, DirectoryLock held)
    {
        try
        {
            // FileShare.None is an flock too: of two servers, one gets it.
            var file = new FileStream(directory.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            WriteOwner(directory);
            return new DataDirectoryLock(held, file);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static DataDirectoryException InUse(DataDirectory directory, Exception? cause = null) => new(
        DataDirectoryFault.InUse,
        $"Another Ntl server{Owner(directory)} uses the data directory '{directory.Root}'. Stop it, or give this one its own with Ntl__DataDirectory.",
        cause);

    // The lock file itself cannot be read while it is locked, so its owner's number lies beside it.
    private static void WriteOwner(DataDirectory directory) =>
        File.WriteAllText(directory.LockFile + ".pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    private static string Owner(DataDirectory directory)
    {
        var path = directory.LockFile + ".pid";
        return File.Exists(path) ? $" (process {File.ReadAllText(path)})" : string.Empty;
    }

    private static void RefuseNetworkFileSystem(string root)
    {
        // SQLite's write-ahead log needs shared memory and locks that network file systems do not give.
        var drive = new DriveInfo(root);
        if (s_networkFileSystems.Contains(drive.DriveFormat, StringComparer.OrdinalIgnoreCase))
        {
            throw new DataDirectoryException(
                DataDirectoryFault.NetworkFileSystem,
                $"The data directory '{root}' lies on a network file system ({drive.DriveFormat}), where SQLite can corrupt its file. Choose a local disk with Ntl__DataDirectory.");
        }
    }
}
