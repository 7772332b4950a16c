using Ntl.Domain.Runs;

namespace Ntl.Web.Comparison;

/// <summary>The runs that a selection stands for.</summary>
/// <param name="Runs">In the order asked for; else the newest first, as lists have them.</param>
/// <param name="Total">How many match, shown or not.</param>
/// <param name="Missing">Ids asked for that are no run here.</param>
public sealed record ComparisonSet(IReadOnlyList<ComparedRun> Runs, int Total, IReadOnlyList<string> Missing)
{
    public static ComparisonSet Empty { get; } = new([], 0, []);

    /// <summary>All metrics of the runs, in order.</summary>
    public IReadOnlyList<string> Keys => [.. Runs.SelectMany(run => run.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What the runs can be grouped by. The set never changes, so it is worked out once.</summary>
    public ComparisonFields Fields => field ??= new(this);

    public ComparedRun? Find(RunId id) => Runs.FirstOrDefault(run => run.Id == id);
}
