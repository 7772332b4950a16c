using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>Which runs a grid shows.</summary>
public sealed record RunListRequest
{
    /// <summary>Part of the name, id, schedule, model or data set name; case does not matter. Null or blank: all.</summary>
    public string? Text { get; init; }

    /// <summary>Only these statuses; empty: all.</summary>
    public IReadOnlyCollection<RunStatus> Statuses { get; init; } = [];

    /// <summary>Only runs of the schedule with this content hash; null: all.</summary>
    public string? ScheduleHash { get; init; }

    public RunSort Sort { get; init; } = RunSort.CreatedAt;

    public bool Descending { get; init; } = true;

    public int Skip { get; init; }

    /// <summary>Rows on the page; 1 to 500.</summary>
    public int Take { get; init; } = 50;
}
