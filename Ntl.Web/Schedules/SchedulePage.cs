namespace Ntl.Web.Schedules;

/// <summary>One page of schedules.</summary>
/// <param name="Rows">The page's rows.</param>
/// <param name="Total">Rows that match the filter on all pages.</param>
public sealed record SchedulePage(IReadOnlyList<ScheduleRow> Rows, int Total);
