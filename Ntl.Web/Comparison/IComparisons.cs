using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Comparison;

/// <summary>Reads what a comparison needs, for all its runs at once: the number of statements does not grow with the runs.</summary>
public interface IComparisons
{
    /// <summary>The runs that a selection stands for. Four statements at most.</summary>
    Task<ComparisonSet> FindAsync(ComparisonSelection selection, CancellationToken cancellationToken);

    /// <summary>The rows of some runs as they are now. One statement.</summary>
    Task<IReadOnlyList<RunRow>> ReadRowsAsync(IReadOnlyCollection<RunId> runs, CancellationToken cancellationToken);

    /// <summary>The points of one metric of some runs that count: what a resume went back behind is left out.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="key">The metric.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>A series a run that has any.</returns>
    Task<IReadOnlyDictionary<RunId, RunPoints>> ReadAsync(IReadOnlyCollection<RunId> runs, string key, CancellationToken cancellationToken);

    /// <summary>The resumes and branchings of some runs, by run and then by step.</summary>
    Task<ILookup<RunId, RunMark>> ReadMarksAsync(IReadOnlyCollection<RunId> runs, CancellationToken cancellationToken);
}
