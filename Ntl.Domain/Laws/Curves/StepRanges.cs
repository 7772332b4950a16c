using System.Globalization;
using System.Text;

namespace Ntl.Domain.Laws.Curves;

/// <summary>Steps in few words: <c>step 7</c>, <c>steps 14–16, 40</c>.</summary>
internal static class StepRanges
{
    private const int MostRanges = 8;

    /// <summary>Rising steps as ranges.</summary>
    /// <param name="steps">At least one.</param>
    /// <param name="spacing">How far apart neighbours are that belong to one range.</param>
    public static string Say(IEnumerable<long> steps, long spacing = 1)
    {
        List<(long First, long Last)> ranges = [];
        foreach (var step in steps.Distinct().Order())
        {
            if (ranges.Count > 0 && step - ranges[^1].Last <= spacing)
            {
                ranges[^1] = (ranges[^1].First, step);
            }
            else
            {
                ranges.Add((step, step));
            }
        }

        return Say(ranges);
    }

    /// <summary>Ranges, the first few of many.</summary>
    public static string Say(IReadOnlyList<(long First, long Last)> ranges)
    {
        var text = new StringBuilder(ranges is [var only] && only.First == only.Last ? "step " : "steps ");
        text.AppendJoin(", ", ranges.Take(MostRanges).Select(range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}–{range.Last}")));
        return ranges.Count > MostRanges ? text.Append(CultureInfo.InvariantCulture, $" and {ranges.Count - MostRanges} more ranges").ToString() : text.ToString();
    }

    /// <summary>A number of things: <c>1 loss</c>, <c>3 losses</c>.</summary>
    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
