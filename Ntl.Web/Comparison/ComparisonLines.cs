using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ntl.Web.Comparison;

/// <summary>Which lines a comparison has: a run each, or a group each, with colour, dashes and panel by its fields.</summary>
public static class ComparisonLines
{
    /// <summary>Slots of the palette.</summary>
    public const int Colors = 8;

    /// <summary>Patterns of dashes, the plain line among them.</summary>
    public const int Dashes = 4;

    private const int IdDigits = 8;

    public static IReadOnlyList<ComparisonLine> Of(ComparisonSet set, ComparisonFields fields, ComparisonView view)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(view);
        var runs = set.Runs.Select((run, i) => (Run: run, Index: i, Group: fields.GroupOf(run, view.Group), Dash: fields.GroupOf(run, view.Dash), Panel: fields.GroupOf(run, view.Panel))).ToList();
        var groups = Ordered(runs.Select(run => run.Group));
        var dashes = Ordered(runs.Select(run => run.Dash));
        if (!view.IsGrouped)
        {
            var names = runs.CountBy(run => run.Run.Row.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            return [.. runs.Select(run => Styled(run.Run.Id.Value, LabelOf(run.Run, names), run.Group is null ? run.Index : groups.IndexOf(run.Group), run.Dash, run.Panel, [run.Run]))];
        }

        return [.. runs.GroupBy(run => (run.Group, run.Dash, run.Panel))
            .OrderBy(group => groups.IndexOf(group.Key.Group ?? "")).ThenBy(group => dashes.IndexOf(group.Key.Dash ?? ""))
            .Select(group => Styled(
                IdOf(group.Key.Group, group.Key.Dash, group.Key.Panel),
                string.Join(" · ", new[] { group.Key.Group, group.Key.Dash }.OfType<string>().DefaultIfEmpty(group.Key.Panel ?? "all runs")),
                Math.Max(0, groups.IndexOf(group.Key.Group ?? "")),
                group.Key.Dash,
                group.Key.Panel,
                [.. group.Select(run => run.Run)]))];

        ComparisonLine Styled(string id, string label, int color, string? dash, string? panel, IReadOnlyList<ComparedRun> own) =>
            // When colours begin again and dashes mean nothing else, dashes tell the rounds apart.
            new(id, label, (color % Colors) + 1, dash is not null ? dashes.IndexOf(dash) % Dashes : view.Dash.Count > 0 ? 0 : color / Colors % Dashes, panel, own);
    }

    /// <summary>The panels that the lines are spread over, in order; one without a name where no field spreads them.</summary>
    public static IReadOnlyList<string?> PanelsOf(IReadOnlyList<ComparisonLine> lines) =>
        lines.All(line => line.Panel is null) ? [null] : [.. Ordered(lines.Select(line => line.Panel))];

    // Numbers by size, words by letter, so that a further run moves no other's colour further than it must.
    private static List<string> Ordered(IEnumerable<string?> values) =>
        [.. values.OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(NumberIn).ThenBy(value => value, StringComparer.Ordinal)];

    private static double NumberIn(string value) =>
        double.TryParse(value.Split(' ')[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.PositiveInfinity;

    private static string LabelOf(ComparedRun run, Dictionary<string, int> names) =>
        names[run.Row.Name] > 1 ? $"{run.Row.Name} ({run.Id.Value})" : run.Row.Name;

    private static string IdOf(params ReadOnlySpan<string?> keys) =>
        "g-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', keys!))))[..IdDigits];
}
