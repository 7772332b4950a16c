using System.Runtime.InteropServices;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>Cuts a schedule into pieces: at phases and corners first, then evenly where the rate changes.</summary>
internal static class SchedulePieces
{
    public static List<RatePath.RatePiece> Of(ScheduleSpec schedule, int maximumPieces)
    {
        List<Segment> segments = [];
        var corners = schedule.Phases.Sum(span => (long)span.Phase.CornerSteps().Count());
        foreach (var span in schedule.Phases)
        {
            // Corners beyond half the pieces would leave none for the curves: then a phase is cut evenly, its corners within pieces.
            Cut(span.Phase, corners <= maximumPieces / 2, segments);
        }

        var bent = segments.Where(segment => !segment.IsConstant).ToList();
        var budget = Math.Max(0, maximumPieces - segments.Count);
        var bentSteps = bent.Sum(segment => segment.Steps);
        List<RatePath.RatePiece> pieces = [];
        foreach (var segment in segments)
        {
            // Half by length, half alike, so that a short warm-up before a long decay is still a ramp.
            var share = bentSteps <= budget ? segment.Steps : 1 + (long)(budget * 0.5 * ((1.0 / bent.Count) + ((double)segment.Steps / bentSteps)));
            Fill(segment, segment.IsConstant ? 1 : Math.Min(segment.Steps, share), pieces);
        }

        return pieces;
    }

    private static void Cut(SchedulePhase phase, bool atCorners, List<Segment> segments)
    {
        var first = 0L;
        foreach (var corner in (atCorners ? phase.CornerSteps() : []).Append(phase.Steps))
        {
            if (corner > first)
            {
                segments.Add(new(phase, first, corner - first));
                first = corner;
            }
        }
    }

    private static void Fill(Segment segment, long count, List<RatePath.RatePiece> pieces)
    {
        var (from, sum) = (segment.First, segment.Phase.SumOfFirst(segment.First));
        for (var i = 1L; i <= count; i++)
        {
            var to = segment.First + (long)((Int128)segment.Steps * i / count);
            // One step, or many of one rate, have that rate to the bit; a difference of sums would round.
            var next = segment.Phase.SumOfFirst(to);
            pieces.Add(to - from == 1 || segment.IsConstant ? RatePath.RatePiece.OfRate(to - from, segment.Phase.RateAt(from)) : RatePath.RatePiece.OfSum(to - from, Math.Max(0, next - sum)));
            (from, sum) = (to, next);
        }
    }

    // Between corners every phase is monotone, so equal ends mean one rate.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Segment(SchedulePhase Phase, long First, long Steps)
    {
        public bool IsConstant => Phase.RateAt(First) == Phase.RateAt(First + Steps - 1);
    }
}
