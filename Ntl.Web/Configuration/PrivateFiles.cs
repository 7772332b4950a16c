namespace Ntl.Web.Configuration;

/// <summary>Keeps the data directory to the account that runs the server.</summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Takes from a data directory, and from all in it, what other accounts may do: servers before this rule left it open.</summary>
    /// <returns>Null when it is private now; else why it is not.</returns>
    public static string? Tighten(DataDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var root = new DirectoryInfo(directory.Root);
        if (OperatingSystem.IsWindows() || !root.Exists || (root.UnixFileMode & Others) == UnixFileMode.None)
        {
            return null;
        }

        // Somebody's home or /tmp, named by mistake, keeps its rights.
        if (!File.Exists(directory.DatabaseFile) && root.EnumerateFileSystemInfos().Any(entry => !IsOurs(directory, entry.FullName)))
        {
            return $"'{directory.Root}' holds other files, so its access rights were left as they are: other accounts can reach it.";
        }

        try
        {
            var rest = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            foreach (var entry in root.EnumerateFileSystemInfos("*", rest).Append(root))
            {
                entry.UnixFileMode &= entry is DirectoryInfo ? OwnerOnly : ~Others;
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The access rights of '{directory.Root}' cannot be changed: other accounts can read it. {exception.Message}";
        }
    }

    private static bool IsOurs(DataDirectory directory, string path) =>
        path.StartsWith(directory.LockFile, StringComparison.Ordinal)
        || path.StartsWith(directory.DatabaseFile, StringComparison.Ordinal)
        || new[] { directory.Backups, directory.Datasets, directory.Keys, directory.Runs }.Contains(path, StringComparer.Ordinal);
}
