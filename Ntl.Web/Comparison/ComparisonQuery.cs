using System.Globalization;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Runs;

namespace Ntl.Web.Comparison;

/// <summary>What is wrong with a comparison's query. A page passes over it and shows the default; a program is told.</summary>
internal static class ComparisonQuery
{
    private static readonly string[] s_single =
    [
        "runs", "experiment", "schedule", "search", "most", "x", "smooth", "group", "dash", "panel", "band", "base", "metrics", "from", "to",
        "logx", "logy", "highlight", "sort", "order",
    ];

    private static readonly string[] s_ends = ["from", "to"];
    private static readonly string[] s_logs = ["logx", "logy"];

    /// <summary>The problems, by field.</summary>
    public static IEnumerable<SpecProblem> ProblemsOf(IQueryCollection query)
    {
        foreach (var name in s_single.Where(name => query[name].Count > 1))
        {
            yield return new(name, FormattableString.Invariant($"The field is given {query[name].Count} times; it takes one value."));
        }

        if (Text("most") is { } most && !(int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0))
        {
            yield return new("most", $"The number of runs is a whole number of 1 or more; it is '{most}'.");
        }

        if (Text("smooth") is { } smooth && Number(smooth) is not (>= 0 and <= RunView.StrongestSmoothing))
        {
            yield return new(
                "smooth", FormattableString.Invariant($"The smoothing is a number from 0 to {RunView.StrongestSmoothing}; it is '{smooth}'."));
        }

        foreach (var name in s_ends)
        {
            if (Text(name) is { } end && Number(end) is null)
            {
                yield return new(name, $"An end of the range is a finite number; it is '{end}'.");
            }
        }

        if (Text("from") is null != Text("to") is null)
        {
            yield return new(Text("from") is null ? "from" : "to", "A range needs both of its ends: from and to.");
        }
        else if (Number(Text("from")) is { } from && Number(Text("to")) is { } to && !(to > from))
        {
            yield return new("to", "The range must end above its beginning.");
        }

        if (Text("x") is { } x && !(x.Contains('/', StringComparison.Ordinal) && MetricKey.TryParse(x, out _))
            && !AxisNames.All.Any(axis => string.Equals(AxisNames.InUrl(axis.Axis), x, StringComparison.Ordinal)))
        {
            var names = string.Join(", ", AxisNames.All.Select(axis => AxisNames.InUrl(axis.Axis)));
            yield return new("x", $"There is no axis '{x}': {names}, or a metric key.");
        }

        foreach (var name in s_logs.Where(name => Text(name) is { } log && log is not ("yes" or "no")))
        {
            yield return new(name, $"The value is yes or no; it is '{query[name]}'.");
        }

        if (Text("order") is { } order && order is not ("asc" or "desc"))
        {
            yield return new("order", $"The order is asc or desc; it is '{order}'.");
        }

        string? Text(string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
