using System.Globalization;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>What the runs page shows, as its URL says it.</summary>
internal sealed record RunsView
{
    public const int RowsAPage = 50;

    public string Text { get; init; } = "";

    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];

    public RunSort Sort { get; init; } = RunSort.CreatedAt;

    public bool Descending { get; init; } = true;

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public bool IsFiltered => Text.Length > 0 || Statuses.Count > 0;

    /// <summary>Reads a URL's query; what it does not understand it leaves at the default.</summary>
    public static RunsView FromQuery(Func<string, string?> query) => new()
    {
        Text = query("q") ?? "",
        Statuses = [.. (query("status") ?? "").Split(',').Select(ParseStatus).OfType<RunStatus>().Distinct()],
        Sort = SortIn(query),
        Descending = query("order") switch { "asc" => false, "desc" => true, _ => RunSorts.DescendsFirst(SortIn(query)) },
        Page = int.TryParse(query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
    };

    /// <summary>The query that reads as this view; defaults left out.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        if (Text.Length > 0)
        {
            yield return new("q", Text);
        }

        if (Statuses.Count > 0)
        {
            yield return new("status", string.Join(',', Statuses).ToLowerInvariant());
        }

        if (Sort != RunSort.CreatedAt)
        {
            yield return new("sort", Sort.ToString().ToLowerInvariant());
        }

        if (Descending != RunSorts.DescendsFirst(Sort))
        {
            yield return new("order", Descending ? "desc" : "asc");
        }

        if (Page > 1)
        {
            yield return new("page", Page.ToString(CultureInfo.InvariantCulture));
        }
    }

    public RunListRequest ToRequest() => new()
    {
        Text = Text,
        Statuses = Statuses,
        Sort = Sort,
        Descending = Descending,
        Skip = (Page - 1) * RowsAPage,
        Take = RowsAPage,
    };

    /// <summary>The view after a press on a column's head: the column's other direction, or the column as <see cref="RunSorts"/> begins it.</summary>
    public RunsView SortedBy(RunSort sort) => this with { Sort = sort, Descending = sort == Sort ? !Descending : RunSorts.DescendsFirst(sort), Page = 1 };

    public RunsView Toggled(RunStatus status) => this with
    {
        Statuses = Statuses.Contains(status) ? [.. Statuses.Where(own => own != status)] : [.. Statuses, status],
        Page = 1,
    };

    private static RunSort SortIn(Func<string, string?> query) =>
        Enum.TryParse<RunSort>(query("sort"), ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : RunSort.CreatedAt;

    private static RunStatus? ParseStatus(string text) =>
        Enum.TryParse<RunStatus>(text, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null;
}
