namespace Ntl.Web.Queue;

/// <summary>One page of runs.</summary>
/// <param name="Rows">The page's rows.</param>
/// <param name="Total">Rows that match the filter on all pages.</param>
public sealed record RunPage(IReadOnlyList<RunRow> Rows, int Total);
