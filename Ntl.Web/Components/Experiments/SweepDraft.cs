using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Experiments;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Composer;
using Ntl.Web.Experiments;

namespace Ntl.Web.Components.Experiments;

/// <summary>A sweep as a person types it, and as the page's URL keeps it.</summary>
internal sealed record SweepDraft
{
    private const string DefaultSeeds = "3";
    private const string DefaultRungs = "0.25, 0.5";
    private const string DefaultSpreads = "5";

    private static readonly char[] s_separators = [',', ';', ' '];

    /// <summary>The run to sweep from; empty for none.</summary>
    public string From { get; init; } = "";

    /// <summary>Three rows; one without a knob is not used.</summary>
    public ImmutableArray<(SweepKnob? Knob, string Values)> Rows { get; init; } = [(null, ""), (null, ""), (null, "")];

    public string Seeds { get; init; } = DefaultSeeds;

    /// <summary>Whether hopeless members are stopped.</summary>
    public bool IsStopping { get; init; }

    public string Rungs { get; init; } = DefaultRungs;

    public string Spreads { get; init; } = DefaultSpreads;

    public static SweepDraft FromQuery(Func<string, string?> query) => new()
    {
        From = query("from") ?? "",
        Rows = [.. Enumerable.Range(1, SweepPlan.MostKnobs).Select(row => (KnobOf(query(Key("knob", row))), query(Key("values", row)) ?? ""))],
        Seeds = query("seeds") ?? DefaultSeeds,
        IsStopping = string.Equals(query("stop"), "1", StringComparison.Ordinal),
        Rungs = query("rungs") ?? DefaultRungs,
        Spreads = query("spreads") ?? DefaultSpreads,
    };

    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        List<(string Key, string Value, string Own)> fields = [("from", From, "")];
        foreach (var (i, row) in Rows.Index())
        {
            fields.Add((Key("knob", i + 1), row.Knob is { } knob ? NameOf(knob) : "", ""));
            fields.Add((Key("values", i + 1), row.Values, ""));
        }

        fields.AddRange([("seeds", Seeds, DefaultSeeds), ("stop", IsStopping ? "1" : "", ""), ("rungs", Rungs, DefaultRungs), ("spreads", Spreads, DefaultSpreads)]);
        return fields.Where(field => !string.Equals(field.Value, field.Own, StringComparison.Ordinal)).Select(field => new KeyValuePair<string, string?>(field.Key, field.Value));
    }

    /// <summary>What a knob is called in URLs and over the API.</summary>
    public static string NameOf(SweepKnob knob) => $"{char.ToLowerInvariant(knob.ToString()[0])}{knob.ToString()[1..]}";

    /// <summary>With half, all and twice the schedule's peak as a first knob, where none is chosen yet.</summary>
    public SweepDraft WithFirstKnob(ScheduleSpec schedule) =>
        Rows.All(row => row.Knob is null)
            ? WithRow(0, (SweepKnob.PeakRate, string.Join(", ", new[] { schedule.Peak / 2, schedule.Peak, schedule.Peak * 2 }.Select(peak => NumberFormat.RateField(NumberFormat.Round(peak, 6))))))
            : this;

    public SweepDraft WithRow(int row, (SweepKnob? Knob, string Values) content) => this with { Rows = Rows.SetItem(row, content) };

    /// <summary>The rows that have a knob: the request's knobs stand in their order.</summary>
    public IReadOnlyList<int> UsedRows() => [.. Rows.Index().Where(row => row.Item.Knob is not null).Select(row => row.Index)];

    /// <summary>Reads the numbers.</summary>
    /// <param name="run">The run to sweep from.</param>
    /// <param name="problems">Receives what is no number, by its field: <c>seedCount</c>, <c>stop.rungs</c>, <c>stop.spreads</c>.</param>
    /// <returns>Null when there are problems.</returns>
    public SweepRequest? Read(RunId run, ICollection<SpecProblem> problems)
    {
        var seeds = Number("seedCount", Seeds, problems);
        if (seeds != Math.Truncate(seeds))
        {
            problems.Add(new("seedCount", "Give a whole number of seeds."));
        }

        SweepStopRule? stop = null;
        if (IsStopping)
        {
            stop = new([.. Parts(Rungs).Select(rung => Number("stop.rungs", rung, problems))], Number("stop.spreads", Spreads, problems));
        }

        return problems.Count > 0
            ? null
            : new(run, [.. UsedRows().Select(row => new SweepAxis(Rows[row].Knob!.Value, [.. Parts(Rows[row].Values)]))], (int)Math.Clamp(seeds, int.MinValue, int.MaxValue), stop);
    }

    private static string Key(string name, int row) => string.Create(CultureInfo.InvariantCulture, $"{name}{row}");

    private static SweepKnob? KnobOf(string? text) => Enum.TryParse<SweepKnob>(text, ignoreCase: true, out var knob) && Enum.IsDefined(knob) ? knob : null;

    private static string[] Parts(string text) => text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Number(string field, string text, ICollection<SpecProblem> problems)
    {
        if (!DraftNumbers.TryParse(text, out var value))
        {
            problems.Add(new(field, $"'{text}' is no number."));
        }

        return value;
    }
}
