using Ntl.Training.Data;
using Ntl.Web.Datasets;

namespace Ntl.Tests.Support;

/// <summary>A catalog that holds the built-in corpus, without reading it.</summary>
public sealed class BuiltInOnly : IDatasetCatalog
{
    private static readonly DatasetRow s_corpus = new()
    {
        Name = BuiltInCorpus.StateOfTheUnion.Name,
        Path = BuiltInCorpus.StateOfTheUnion.Path,
        Format = BuiltInCorpus.StateOfTheUnion.Format,
        Hash = BuiltInCorpus.StateOfTheUnion.Hash,
        TokenCount = 10_761_623,
        VocabularySize = 256,
        SizeBytes = 10_761_623,
        AddedAt = DateTimeOffset.UnixEpoch,
    };

    public Task<IReadOnlyList<DatasetRow>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DatasetRow>>([s_corpus]);

    public Task<DatasetRow?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(name == s_corpus.Name ? s_corpus : null);

    public Task<DatasetOutcome> UploadAsync(DatasetOffer offer, Stream content, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DatasetOutcome> AddPathAsync(DatasetOffer offer, string? path, CancellationToken cancellationToken) => throw new NotSupportedException();
}
