using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Live;

/// <summary>Tells the live feed which stored rows changed. Called after the commit, never before.</summary>
public sealed class RunNotifier(DatabaseReader reader, LiveRunFeed feed)
{
    public async Task ChangedAsync(IReadOnlyCollection<RunId> runs, CancellationToken cancellationToken)
    {
        var ids = runs.Select(run => run.Value).ToList();
        await using var context = reader.Open();
        feed.PublishRows(await RunRows.ReadAsync(context, context.Runs.Where(run => ids.Contains(run.Id)), cancellationToken));
    }

    /// <summary>A run entered, left or moved within the queue: the places of all waiting runs may have changed.</summary>
    public async Task QueueChangedAsync(RunId run, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        feed.PublishRows(await RunRows.ReadAsync(context, context.Runs.Where(r => r.Id == run.Value || r.QueueOrder != null), cancellationToken));
    }
}
