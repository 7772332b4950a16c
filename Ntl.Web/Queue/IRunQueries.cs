using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>What the pages and the API read about runs. A list takes three SQL statements at most, however long it is.</summary>
public interface IRunQueries
{
    /// <summary>One page of the runs grid: filtered, sorted and cut in the database.</summary>
    Task<RunPage> ListAsync(RunListRequest request, CancellationToken cancellationToken);

    /// <summary>What runs now, what waits (in the order it will start), and what ended last.</summary>
    Task<QueueView> GetQueueAsync(int lastResults, CancellationToken cancellationToken);

    /// <summary>Everything about one run but its points and its log; null when there is no such run.</summary>
    Task<RunDetail?> FindAsync(RunId id, CancellationToken cancellationToken);

    /// <summary>A piece of an attempt's log (stdout and stderr of the trainer).</summary>
    /// <param name="id">The run.</param>
    /// <param name="attempt">The attempt's number; null for the newest.</param>
    /// <param name="fromByte">Where to read from; null for the last <paramref name="maxBytes"/> bytes.</param>
    /// <param name="maxBytes">At most this much; up to 1 MiB.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<LogPart?> ReadLogAsync(RunId id, int? attempt, long? fromByte, int maxBytes, CancellationToken cancellationToken);
}
