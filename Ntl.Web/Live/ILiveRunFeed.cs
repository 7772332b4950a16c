using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <summary>Pushes what was stored, at most four times a second a subscriber, coalesced; a slow subscriber loses nothing but time.</summary>
public interface ILiveRunFeed
{
    /// <summary>Follows one run. First comes all that is newer than the cursor, then each change as it is stored; ends when cancelled.</summary>
    /// <param name="run">The run.</param>
    /// <param name="keys">Metric keys whose points are wanted; may be none.</param>
    /// <param name="axis">What the X of the deltas counts.</param>
    /// <param name="cursor">Of a <see cref="SeriesWindow"/> or of the last update seen.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    IAsyncEnumerable<RunUpdate> WatchAsync(RunId run, IReadOnlyCollection<string> keys, SeriesAxis axis, SeriesCursor cursor, CancellationToken cancellationToken);

    /// <summary>Follows all runs: each batch holds the rows that changed since the last one, new runs included. Queue moves change rows too.</summary>
    IAsyncEnumerable<IReadOnlyList<RunRow>> WatchRunsAsync(CancellationToken cancellationToken);
}
