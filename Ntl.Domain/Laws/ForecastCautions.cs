using Ntl.Domain.Numbers;

namespace Ntl.Domain.Laws;

/// <summary>Where a path leaves what a fit has seen.</summary>
internal static class ForecastCautions
{
    // A rate this far below the lowest fitted one was not seen.
    private const double LowRateRatio = 2;

    public static string Gain(LawKind kind) => kind is LawKind.PeakTransfer
        ? "Laws overstate what WSD gains over cosine: "
            + "on the public 25M and 100M models this law expects 0.027 and 0.036 nats where 0.028 was measured on both."
        : kind is LawKind.AdaptiveSpectrum
        ? "Laws overstate what WSD gains over cosine: on the public 25M to 400M models this law expects 0.027 to 0.035 nats where 0.017 to 0.028 were measured."
        : "Every published law overstates what WSD gains over cosine: on the public 25M to 400M models they expect 0.035 to 0.058 nats where 0.017 to 0.028 were measured.";

    public static IEnumerable<string> Of(FittedRange range, RatePath path)
    {
        if (range.PeakDistance(path.Peak) > 0)
        {
            var nearest = range.NearestPeak(path.Peak);
            yield return Say($"Its peak {NumberFormat.Rate(path.Peak)} is {path.Peak / nearest:g3} times the nearest fitted peak, {NumberFormat.Rate(nearest)}: a network adapts its noise to the peak, and the band is widened by what that has cost this law on public runs.");
        }

        if (path.IntrinsicTime > range.LastTime * 1.001)
        {
            yield return Say($"It goes to D = {path.IntrinsicTime:g3}, {path.IntrinsicTime / range.LastTime:f1} times as far as any fitted curve ({range.LastTime:g3}).");
        }
        else if (path.IntrinsicTime < range.FirstTime)
        {
            yield return Say($"It ends at D = {path.IntrinsicTime:g3}, before the first fitted loss ({range.FirstTime:g3}).");
        }

        if (path.Final < range.LowestRate / LowRateRatio)
        {
            yield return Say($"It falls to a rate of {NumberFormat.Rate(path.Final)}; the lowest fitted is {NumberFormat.Rate(range.LowestRate)}.");
        }

        var falling = path.TimeOfLastFall;
        if (path.Final < 0.9 * path.Peak && falling < range.ShortestTime)
        {
            yield return Say($"It cools within D = {falling:g3}, faster than the fitted losses resolve ({range.ShortestTime:g3}).");
        }

        if (path.Final < 0.9 * path.Peak && !range.HasCooling)
        {
            yield return "It cools, and no fitted curve does.";
        }

        if (path.IsReheated && !range.HasHeating)
        {
            yield return "Its rate rises again after it fell, which no fitted curve's does.";
        }
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
