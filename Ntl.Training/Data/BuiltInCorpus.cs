using Ntl.Domain.Runs;

namespace Ntl.Training.Data;

/// <summary>The corpora that Ntl brings along, built from <c>datasets/</c> and copied beside every program that uses them.</summary>
public static class BuiltInCorpus
{
    /// <summary>How a spec's path names a built-in corpus: <c>builtin:sotu</c>.</summary>
    public const string Scheme = "builtin:";

    /// <summary>State of the Union addresses, 1790 on, oldest first: 10.8 MB of English.</summary>
    public static DatasetSpec StateOfTheUnion { get; } = new()
    {
        Name = "sotu",
        Path = Scheme + "sotu",
        Format = DatasetFormat.Text,
        Hash = "2b84ddbf684a5a9da5a6b2c711bbe26f937b7649e7ec4ff140b7504635e599d0",
    };

    /// <summary>The file that a spec's path means.</summary>
    /// <param name="path">A path, or <c>builtin:NAME</c>.</param>
    /// <returns>The path itself, or the built-in corpus's file.</returns>
    public static string Resolve(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(Scheme, StringComparison.Ordinal)
            ? Path.Combine(AppContext.BaseDirectory, "datasets", Path.GetFileName(path[Scheme.Length..]) + ".txt")
            : path;
    }
}
