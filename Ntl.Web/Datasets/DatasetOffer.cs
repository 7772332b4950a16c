using Ntl.Domain.Runs;

namespace Ntl.Web.Datasets;

/// <summary>What a person says about a file that is to become a data set.</summary>
/// <param name="Name">The name to list it under; 1 to 64 letters, digits, spaces, '-', '_' or '.'.</param>
/// <param name="Format">How the file holds its tokens.</param>
public sealed record DatasetOffer(string? Name, DatasetFormat Format)
{
    /// <summary>The vocabulary that the tokens are of; null where nothing is said. Tokens above it are a warning.</summary>
    public int? VocabularySize { get; init; }

    /// <summary>Whether the file is added even where it looks like something else.</summary>
    public bool AcceptsWarnings { get; init; }
}
