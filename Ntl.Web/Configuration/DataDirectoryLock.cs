using System.Globalization;

namespace Ntl.Web.Configuration;

/// <summary>Holds a data directory for one server. The kernel frees it when the process dies, however it dies.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    private const int WouldBlock = 11; // EWOULDBLOCK: the lock is taken

    private static readonly string[] s_networkFileSystems = ["nfs", "nfs4", "cifs", "smb3", "lustre", "beegfs", "gpfs", "fuse.sshfs", "9p", "ceph"];

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Makes the directory where it is missing and takes its lock.</summary>
    /// <exception cref="DataDirectoryException">Another server holds it, it cannot be written, or it lies on a network file system.</exception>
    public static DataDirectoryLock Take(DataDirectory directory)
    {
        FileStream file;
        try
        {
            Directory.CreateDirectory(directory.Root);
            RefuseNetworkFileSystem(directory.Root);
            // FileShare.None is an flock: of two servers, one gets it.
            file = new FileStream(directory.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new DataDirectoryException(DataDirectoryFault.NotWritable, $"The data directory '{directory.Root}' cannot be written: {cause.Message}", cause);
        }
        catch (IOException cause) when (cause.HResult == WouldBlock)
        {
            throw new DataDirectoryException(
                DataDirectoryFault.InUse,
                $"Another Ntl server{Owner(directory)} uses the data directory '{directory.Root}'. Stop it, or give this one its own with Ntl__DataDirectory.",
                cause);
        }
        catch (IOException cause)
        {
            throw new DataDirectoryException(DataDirectoryFault.NotWritable, $"The data directory '{directory.Root}' cannot be used: {cause.Message}", cause);
        }

        WriteOwner(directory);
        return new DataDirectoryLock(file);
    }

    public void Dispose() => _file.Dispose();

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
