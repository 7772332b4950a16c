namespace Ntl.Training.Tuning;

/// <summary>The native libraries that this process has loaded, by the system's own account.</summary>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The path of a loaded library.</summary>
    /// <param name="fragment">Part of its path, such as <c>libtorch_cpu</c>.</param>
    /// <returns>Null where none is loaded, or the system does not tell.</returns>
    public static string? Find(string fragment) => !File.Exists(Maps)
        ? null
        : File.ReadLines(Maps)
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? line[at..] : "")
            .FirstOrDefault(path => path.Contains(fragment, StringComparison.Ordinal) && path.Contains(".so", StringComparison.Ordinal));
}
