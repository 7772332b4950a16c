namespace Ntl.Bench;

/// <summary>A benchmark's own directory, deleted with all in it at the end.</summary>
internal sealed class WorkDirectory : IDisposable
{
    public WorkDirectory(string bench) => Root = Directory.CreateTempSubdirectory($"ntl-bench-{bench}-").FullName;

    public string Root { get; }

    /// <summary>A path in it.</summary>
    public string At(string name) => Path.Combine(Root, name);

    public void Dispose()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
