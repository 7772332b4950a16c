namespace Ntl.Domain.Runs;

/// <summary>The data that a run trains on, by identity.</summary>
public sealed record DatasetSpec
{
    /// <summary>Name in the server's catalog, for people; <c>sotu</c> is the built-in corpus.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the file, or <c>builtin:sotu</c>.</summary>
    public required string Path { get; init; }

    /// <summary>How the file holds its tokens.</summary>
    public required DatasetFormat Format { get; init; }

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hex digits: a run refuses a file that has changed.</summary>
    public required string Hash { get; init; }

    /// <summary>Share of the tokens, at the file's end, that is kept for validation; in [0.001, 0.5].</summary>
    public double ValidationFraction { get; init; } = 0.1;
}
