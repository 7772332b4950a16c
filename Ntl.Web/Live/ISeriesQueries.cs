using Ntl.Domain.Runs;

namespace Ntl.Web.Live;

/// <summary>Reads stored points.</summary>
public interface ISeriesQueries
{
    /// <summary>A window of some series, reduced to what a chart can draw.</summary>
    /// <returns>Null when there is no such run.</returns>
    Task<SeriesWindow?> QueryAsync(SeriesRequest request, CancellationToken cancellationToken);

    /// <summary>Every stored point of a run, in order of key, attempt and step; chunk by chunk, so that any length fits in memory.</summary>
    IAsyncEnumerable<StoredPoints> ReadAllAsync(RunId run, IReadOnlyList<string> keys, CancellationToken cancellationToken);
}
