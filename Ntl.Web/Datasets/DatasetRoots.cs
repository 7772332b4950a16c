using Ntl.Web.Configuration;

namespace Ntl.Web.Datasets;

/// <summary>The folders from which files may be added by path: anyone who may use the page could otherwise probe every file of the server.</summary>
public sealed class DatasetRoots
{
    private const int MostLinks = 40; // as the kernel allows

    public DatasetRoots(NtlOptions options, DataDirectory directory)
    {
        // Not the whole data directory: its database, keys and checkpoints are nobody's data.
        string[] defaults = [directory.Datasets];
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

        try
        {
            var real = RealPath(path);
            return Folders.Any(folder => real.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)) ? real : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Follows links in every part of the path, and in what they point to, so that a link within a folder does not lead out of it.
    private static string RealPath(string path, int links = 0)
    {
        if (links > MostLinks)
        {
            throw new IOException("The path has a circle of links.");
        }

        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "." or "..")
            {
                // Of the real place so far: the parent of a link's target, not of the link.
                real = part is "." ? real : Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            var next = Path.Combine(real, part);
            real = new FileInfo(next).LinkTarget is { } target ? RealPath(Path.Combine(real, target), links + 1) : next;
        }

        return real;
    }
}
