using System.Globalization;
using Ntl.Domain.Metrics;
using Ntl.Web.Components.Charts;
using Ntl.Web.Components.Runs;
using Ntl.Web.Live;

namespace Ntl.Web.Comparison;

/// <summary>What a comparison shows and how, as its URL says it (docs/compare.md).</summary>
public sealed record ComparisonView
{
    private const int MostFields = 4;
    private const int MostMetrics = 24;

    public ComparisonSelection Selection { get; init; } = new();

    /// <summary>What x counts; of no account when <see cref="XMetric"/> is given.</summary>
    public SeriesAxis Axis { get; init; }

    /// <summary>The metric that x is; null for an axis.</summary>
    public string? XMetric { get; init; }

    /// <summary>Strength of the smoothing, in [0, <see cref="RunView.StrongestSmoothing"/>].</summary>
    public double Smoothing { get; init; } = RunView.DefaultSmoothing;

    /// <summary>Ids of the fields that colour the lines; empty: a colour a run.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Ids of the fields that dash the lines.</summary>
    public IReadOnlyList<string> Dash { get; init; } = [];

    /// <summary>Ids of the fields that each have a panel for every value.</summary>
    public IReadOnlyList<string> Panel { get; init; } = [];

    /// <summary>How groups are drawn; null for the default, <see cref="ComparisonBand.Confidence"/> where there are groups.</summary>
    public ComparisonBand? Band { get; init; }

    /// <summary>Id of the line that is taken off all others; null shows values.</summary>
    public string? Base { get; init; }

    /// <summary>Metric keys, a panel each; empty for losses and rate.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>The zoomed part of the x axis; null shows all.</summary>
    public ChartWindow? Window { get; init; }

    public bool LogX { get; init; }

    public bool LogY { get; init; }

    /// <summary>Id of the line that stays in front; null for none.</summary>
    public string? Highlight { get; init; }

    /// <summary>Id of the table's column that it is sorted by; null for the order of the runs.</summary>
    public string? Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>How groups are drawn.</summary>
    public ComparisonBand Drawn => Band ?? (Group.Count > 0 ? ComparisonBand.Confidence : ComparisonBand.Runs);

    /// <summary>Whether lines are groups and not runs.</summary>
    public bool IsGrouped => Drawn != ComparisonBand.Runs && Group.Count + Dash.Count + Panel.Count > 0;

    /// <summary>The axis as URLs and the chart module name it: an axis or a metric key, which has a slash in it.</summary>
    public string XName => XMetric ?? AxisNames.InUrl(Axis);

    /// <summary>Reads a URL's query; what it does not understand it leaves at the default.</summary>
    public static ComparisonView FromQuery(Func<string, string?> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var x = query("x");
        var xMetric = x is not null && x.Contains('/', StringComparison.Ordinal) && MetricKey.TryParse(x, out _) ? x : null;
        return new()
        {
            Selection = new()
            {
                Runs = List(query("runs"), ComparisonSelection.MostRuns),
                Experiment = NonEmpty(query("experiment")),
                Schedule = NonEmpty(query("schedule")),
                Search = NonEmpty(query("search")),
                Most = int.TryParse(query("most"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : null,
            },
            Axis = AxisNames.FromUrl(x),
            XMetric = xMetric,
            Smoothing = Number(query("smooth")) is { } strength ? Math.Clamp(strength, 0, RunView.StrongestSmoothing) : RunView.DefaultSmoothing,
            Group = List(query("group"), MostFields),
            Dash = List(query("dash"), MostFields),
            Panel = List(query("panel"), MostFields),
            Band = BandNames.FromUrl(query("band")),
            Base = NonEmpty(query("base")),
            Metrics = [.. List(query("metrics"), MostMetrics).Where(key => MetricKey.TryParse(key, out _))],
            Window = Number(query("from")) is { } from && Number(query("to")) is { } to && to > from ? new(from, to) : null,
            LogX = query("logx") is "yes",
            LogY = query("logy") is "yes",
            Highlight = NonEmpty(query("highlight")),
            Sort = NonEmpty(query("sort")),
            Descending = query("order") is "desc",
        };
    }

    /// <summary>The query that reads as this view; defaults left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ToQuery()
    {
        List<KeyValuePair<string, string?>> query = [];
        AddList("runs", Selection.Runs);
        Add("experiment", Selection.Experiment);
        Add("schedule", Selection.Schedule);
        Add("search", Selection.Search);
        Add("most", Selection.Most?.ToString(CultureInfo.InvariantCulture));
        Add("x", XMetric ?? (Axis == SeriesAxis.Step ? null : AxisNames.InUrl(Axis)));
        Add("smooth", Smoothing == RunView.DefaultSmoothing ? null : Text(Smoothing));
        AddList("group", Group);
        AddList("dash", Dash);
        AddList("panel", Panel);
        Add("band", Band is { } band ? BandNames.InUrl(band) : null);
        Add("base", Base);
        AddList("metrics", Metrics);
        Add("from", Window is { } left ? Text(left.From) : null);
        Add("to", Window is { } right ? Text(right.To) : null);
        Add("logx", LogX ? "yes" : null);
        Add("logy", LogY ? "yes" : null);
        Add("highlight", Highlight);
        Add("sort", Sort);
        Add("order", Descending ? "desc" : null);
        return query;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(new(name, value));
            }
        }

        void AddList(string name, IReadOnlyList<string> values) => Add(name, values.Count == 0 ? null : string.Join(',', values));
    }

    /// <summary>What the points depend on, and nothing else: a change of it is another drawing.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ToPointsQuery() =>
        (this with { Window = null, LogX = false, LogY = false, Sort = null, Descending = false }).ToQuery();

    private static List<string> List(string? text, int most) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Take(most)];

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Text(double value) => value.ToString("G7", CultureInfo.InvariantCulture);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
