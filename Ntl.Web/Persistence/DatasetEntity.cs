using Ntl.Domain.Runs;

namespace Ntl.Web.Persistence;

/// <summary>Table <c>datasets</c>.</summary>
public sealed class DatasetEntity
{
    public required string Name { get; set; }

    public required string Path { get; set; }

    public DatasetFormat Format { get; set; }

    public required string Hash { get; set; }

    public long TokenCount { get; set; }

    public int VocabularySize { get; set; }

    public long SizeBytes { get; set; }

    public long AddedTicks { get; set; }

    /// <summary>What made the file doubtful when it was added, as JSON.</summary>
    public required string WarningsJson { get; set; }
}
