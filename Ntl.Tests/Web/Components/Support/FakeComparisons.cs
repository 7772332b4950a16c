using Ntl.Domain.Runs;
using Ntl.Web.Comparison;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>The runs of <see cref="FakeRuns"/> side by side; each has measured two losses.</summary>
internal sealed class FakeComparisons(FakeRuns runs) : IComparisons
{
    private static readonly string[] s_keys = ["train/loss"];

    public ComparisonSelection? Asked { get; private set; }

    public Task<ComparisonSet> FindAsync(ComparisonSelection selection, CancellationToken cancellationToken)
    {
        Asked = selection;
        if (selection.IsEmpty)
        {
            return Task.FromResult(ComparisonSet.Empty);
        }

        var matching = runs.Rows.Where(row => selection.Runs.Count == 0 || selection.Runs.Contains(row.Id.Value)).ToList();
        return Task.FromResult(new ComparisonSet(
            [.. matching.Take(selection.Limit).Select(row => new ComparedRun(row, FakeRuns.Spec with { Seed = row.Seed }, s_keys))],
            matching.Count,
            [.. selection.Runs.Where(id => !runs.Rows.Exists(row => row.Id.Value == id))]));
    }

    public Task<IReadOnlyList<RunRow>> ReadRowsAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RunRow>>([.. runs.Rows.Where(row => ids.Contains(row.Id))]);

    public Task<IReadOnlyDictionary<RunId, RunPoints>> ReadAsync(IReadOnlyCollection<RunId> ids, string key, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<RunId, RunPoints>>(ids.ToDictionary(id => id, _ => new RunPoints([0, 1], [5.5, 5.25], [1, 1], [])));

    public Task<ILookup<RunId, RunMark>> ReadMarksAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellationToken) =>
        Task.FromResult(Array.Empty<(RunId Run, RunMark Mark)>().ToLookup(own => own.Run, own => own.Mark));
}
