using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>Fills a log's rates between its samples.</summary>
internal static class SampledPieces
{
    // A change is a jump where it is this much steeper than those beside it, and not a mere ripple.
    private const double JumpRatio = 8;
    private const double JumpShare = 0.02;

    /// <summary>Pieces of a log.</summary>
    /// <param name="points">Its samples.</param>
    /// <param name="warmupSteps">Of a straight warm-up before the first.</param>
    /// <param name="isFirstStepWarm">Whether step i of n has (i + 1)/n of the rate, as logs that show a part of theirs have it;
    /// else the first has none.</param>
    public static List<RatePath.RatePiece> Of(IReadOnlyList<RatePoint> points, long warmupSteps, bool isFirstStepWarm)
    {
        List<RatePath.RatePiece> pieces = [];
        var stride = Math.Max(1, (points[^1].Step + RatePath.MaximumPieces) / RatePath.MaximumPieces);
        WarmUp(points[0], Math.Clamp(warmupSteps, 0, points[0].Step), isFirstStepWarm, stride, pieces);
        var peak = points.Max(point => point.Rate);
        var spacing = Spacing(points);
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            if (!IsJump(points, i, peak))
            {
                Line(from.Step, from.Rate, to.Step, to.Rate, stride, pieces);
                continue;
            }

            var gap = to.Step - from.Step;
            var held = gap < 0.9 * spacing || gap == 1 ? gap : (gap + 1) / 2;
            Hold(held, from.Rate, pieces);
            Hold(gap - held, to.Rate, pieces);
        }

        Hold(1, points[^1].Rate, pieces);
        return pieces;
    }

    private static void WarmUp(RatePoint first, long steps, bool isFirstStepWarm, long stride, List<RatePath.RatePiece> pieces)
    {
        if (isFirstStepWarm)
        {
            Line(0, first.Rate / Math.Max(1, steps), steps, first.Rate * (steps + 1) / Math.Max(1, steps), stride, pieces);
            Hold(first.Step - steps, first.Rate, pieces);
            return;
        }

        if (steps >= 2)
        {
            Line(0, 0, steps - 1, first.Rate, stride, pieces);
            Hold(1, first.Rate, pieces);
        }

        Hold(first.Step - (steps >= 2 ? steps : 0), first.Rate, pieces);
    }

    private static bool IsJump(IReadOnlyList<RatePoint> points, int i, double peak)
    {
        var slope = Slope(i);
        return Math.Abs(points[i + 1].Rate - points[i].Rate) > JumpShare * peak
            && slope > JumpRatio * (i > 0 ? Slope(i - 1) : 0)
            && slope > JumpRatio * (i + 2 < points.Count ? Slope(i + 1) : 0);

        double Slope(int at) => Math.Abs(points[at + 1].Rate - points[at].Rate) / (points[at + 1].Step - points[at].Step);
    }

    private static double Spacing(IReadOnlyList<RatePoint> points)
    {
        var gaps = points.Skip(1).Zip(points, (to, from) => to.Step - from.Step).Order().ToList();
        return gaps.Count == 0 ? 1 : gaps[gaps.Count / 2];
    }

    private static void Hold(long steps, double rate, List<RatePath.RatePiece> pieces)
    {
        if (steps > 0)
        {
            pieces.Add(RatePath.RatePiece.OfRate(steps, rate));
        }
    }

    // Steps from the first until before the last; a straight line's sum is steps × its middle.
    private static void Line(long first, double rate, long last, double lastRate, long stride, List<RatePath.RatePiece> pieces)
    {
        if (rate == lastRate)
        {
            Hold(last - first, rate, pieces);
            return;
        }

        for (var step = first; step < last; step += stride)
        {
            var count = Math.Min(stride, last - step);
            var middle = (step - first + ((count - 1) / 2.0)) / (last - first);
            pieces.Add(RatePath.RatePiece.OfRate(count, rate + ((lastRate - rate) * middle)));
        }
    }
}
