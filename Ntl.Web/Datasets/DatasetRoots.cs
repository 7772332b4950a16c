using Ntl.Web.Configuration;

namespace Ntl.Web.Datasets;

/// <summary>The folders from which files may be added by path: anyone who may use the page could otherwise probe every file of the server.</summary>
public sealed class DatasetRoots
{
    public DatasetRoots(NtlOptions options, DataDirectory directory)
    {
        string[] defaults = [directory.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];
        Folders = [.. (options.DatasetRoots.Count > 0 ? options.DatasetRoots : defaults)
            .Where(folder => !string.IsNullOrWhiteSpace(folder))
            .Select(folder => RealPath(Path.GetFullPath(folder)))];
    }

    public IReadOnlyList<string> Folders { get; }

    /// <summary>The file's path with all links followed; null when it lies outside the folders, or is not an absolute path.</summary>
    public string? Resolve(string path)
    {
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var real = RealPath(Path.GetFullPath(path));
        return Folders.Any(folder => real.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)) ? real : null;
    }

    // Follows links in every part of the path, so that a link within a folder does not lead out of it.
    private static string RealPath(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = entry.Exists && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : next;
        }

        return real;
    }
}
