using System.Collections.Immutable;

namespace Ntl.Domain.Schedules;

/// <summary>Pairs the phases of two schedules in order: as many equal ones as can be, then the most alike of one kind.</summary>
internal static class PhaseAlignment
{
    // More than all likenesses of the longest schedules together: an equal pair is never given up for alike ones.
    private const int Equal = 100 * ScheduleSpec.MaximumPhases;
    private const int MostFieldsCounted = 50;

    public static ImmutableArray<PhaseDiff> Of(ScheduleSpec from, ScheduleSpec to)
    {
        var a = from.Phases.Select(span => new Side(span)).ToArray();
        var b = to.Phases.Select(span => new Side(span)).ToArray();
        // What is equal at both ends is paired in some best alignment; the rest is what the table is for.
        var head = 0;
        while (head < Math.Min(a.Length, b.Length) && a[head].IsEqualTo(b[head]))
        {
            head++;
        }

        var tail = 0;
        while (tail < Math.Min(a.Length, b.Length) - head && a[^(tail + 1)].IsEqualTo(b[^(tail + 1)]))
        {
            tail++;
        }

        return
        [
            .. Enumerable.Range(0, head).Select(i => Pair(a[i], b[i])),
            .. Middle(a[head..^tail], b[head..^tail]),
            .. Enumerable.Range(0, tail).Reverse().Select(i => Pair(a[^(i + 1)], b[^(i + 1)])),
        ];
    }

    private static IEnumerable<PhaseDiff> Middle(Side[] a, Side[] b)
    {
        // best[i, j]: the likeness of the best alignment of what follows a[i..] and b[j..].
        var best = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                var paired = a[i].LikenessTo(b[j]) is > 0 and var likeness ? likeness + best[i + 1, j + 1] : 0;
                best[i, j] = Math.Max(paired, Math.Max(best[i + 1, j], best[i, j + 1]));
            }
        }

        var (row, column) = (0, 0);
        while (row < a.Length || column < b.Length)
        {
            if (row < a.Length && column < b.Length && a[row].LikenessTo(b[column]) is > 0 and var likeness && best[row, column] == likeness + best[row + 1, column + 1])
            {
                yield return Pair(a[row++], b[column++]);
            }
            else if (row < a.Length && (column == b.Length || best[row, column] == best[row + 1, column]))
            {
                yield return new PhaseDiff(PhaseDiffKind.Removed, a[row++].Span, null, []);
            }
            else
            {
                yield return new PhaseDiff(PhaseDiffKind.Added, null, b[column++].Span, []);
            }
        }
    }

    private static PhaseDiff Pair(Side a, Side b) => a.IsEqualTo(b)
        ? new PhaseDiff(PhaseDiffKind.Unchanged, a.Span, b.Span, [])
        : new PhaseDiff(PhaseDiffKind.Changed, a.Span, b.Span, PhaseFields.Differences(a.Fields, b.Fields));

    private sealed class Side
    {
        private readonly string _json;

        public Side(PhaseSpan span)
        {
            Span = span;
            _json = PhaseFields.Json(span.Phase);
            Fields = PhaseFields.Of(_json);
        }

        public PhaseSpan Span { get; }

        public ImmutableArray<KeyValuePair<string, string>> Fields { get; }

        public bool IsEqualTo(Side other) =>
            string.Equals(Span.Phase.Kind, other.Span.Phase.Kind, StringComparison.Ordinal) && string.Equals(_json, other._json, StringComparison.Ordinal);

        /// <summary>0 for another kind of phase: such two are no pair.</summary>
        public int LikenessTo(Side other) =>
            !string.Equals(Span.Phase.Kind, other.Span.Phase.Kind, StringComparison.Ordinal) ? 0
            : IsEqualTo(other) ? Equal
            : 1 + Math.Min(MostFieldsCounted, Fields.Count(other.Fields.Contains));
    }
}
