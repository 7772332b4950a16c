namespace Ntl.Web.Datasets;

/// <summary>The texts and token files that runs can train on.</summary>
public interface IDatasetCatalog
{
    /// <summary>All data sets, the built-in corpus first, then by name.</summary>
    Task<IReadOnlyList<DatasetRow>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The data set of that name; null when there is none.</summary>
    Task<DatasetRow?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Streams a file to the server's disk, checks and hashes it, and lists it.</summary>
    Task<DatasetOutcome> UploadAsync(DatasetOffer offer, Stream content, CancellationToken cancellationToken);

    /// <summary>Lists a file that already lies on the server, within the allowed folders.</summary>
    Task<DatasetOutcome> AddPathAsync(DatasetOffer offer, string? path, CancellationToken cancellationToken);
}
