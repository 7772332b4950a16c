using Ntl.Domain.Runs;
using Ntl.Training.Data;

namespace Ntl.Web.Datasets;

/// <summary>A data set of the catalog.</summary>
public sealed record DatasetRow
{
    public required string Name { get; init; }

    /// <summary>Where it lies, as the spec of a run names it.</summary>
    public required string Path { get; init; }

    public required DatasetFormat Format { get; init; }

    /// <summary>SHA-256 of the file's bytes.</summary>
    public required string Hash { get; init; }

    public required long TokenCount { get; init; }

    /// <summary>256 for text, else the stated vocabulary or one more than the largest token: the smallest that a model needs.</summary>
    public required int VocabularySize { get; init; }

    public required long SizeBytes { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>What made the file doubtful when it was added, and was accepted then; empty for a sound one.</summary>
    public IReadOnlyList<DatasetWarning> Warnings { get; init; } = [];

    /// <summary>The part of a run's spec that names this data set.</summary>
    public DatasetSpec ToSpec() => new() { Name = Name, Path = Path, Format = Format, Hash = Hash };
}
