using System.Globalization;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>What the page of all schedules shows, as its URL says it.</summary>
internal sealed record SchedulesView
{
    public const int RowsAPage = 40;

    public string Text { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public string Owner { get; init; } = "";

    public bool Archived { get; init; }

    public ScheduleSort Sort { get; init; } = ScheduleSort.UpdatedAt;

    public bool Descending { get; init; } = true;

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public bool IsFiltered => Text.Length > 0 || Tags.Count > 0 || Owner.Length > 0 || Archived;

    /// <summary>Reads a URL's query; what it does not understand it leaves at the default.</summary>
    public static SchedulesView FromQuery(Func<string, string?> query) => new()
    {
        Text = query("q") ?? "",
        Tags = [.. (query("tags") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)],
        Owner = query("owner") ?? "",
        Archived = query("archived") is "yes",
        Sort = Enum.TryParse<ScheduleSort>(query("sort"), ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : ScheduleSort.UpdatedAt,
        Descending = query("order") is not "asc",
        Page = int.TryParse(query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
    };

    /// <summary>The query that reads as this view; defaults left out.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        (string Name, string? Value)[] all =
        [
            ("q", Text.Length > 0 ? Text : null),
            ("tags", Tags.Count > 0 ? string.Join(',', Tags) : null),
            ("owner", Owner.Length > 0 ? Owner : null),
            ("archived", Archived ? "yes" : null),
            ("sort", Sort != ScheduleSort.UpdatedAt ? Sort.ToString().ToLowerInvariant() : null),
            ("order", Descending ? null : "asc"),
            ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
        ];
        return all.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value));
    }

    public ScheduleListRequest ToRequest() => new()
    {
        Text = Text,
        Tags = Tags,
        Owner = Owner,
        Archived = Archived,
        Sort = Sort,
        Descending = Descending,
        Skip = (Page - 1) * RowsAPage,
        Take = RowsAPage,
    };

    /// <summary>The view after a press on a column's head: the column's other direction, or the column: words from A, a loss from the lowest, other numbers from the top.</summary>
    public SchedulesView SortedBy(ScheduleSort sort) => this with
    {
        Sort = sort,
        Descending = sort == Sort ? !Descending : sort is not (ScheduleSort.Name or ScheduleSort.Owner or ScheduleSort.BestValidationLoss),
        Page = 1,
    };

    public SchedulesView Toggled(string tag) => this with
    {
        Tags = Tags.Contains(tag, StringComparer.Ordinal) ? [.. Tags.Where(own => !string.Equals(own, tag, StringComparison.Ordinal))] : [.. Tags, tag],
        Page = 1,
    };
}
