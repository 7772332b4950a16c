namespace Ntl.Domain.Laws;

/// <summary>Where a path leaves what a fit has seen.</summary>
internal static class ForecastCautions
{
    // Heat capacities are not carried over between peaks: across runs thermal loss goes as η^⅓, not as η.
    private const double PeakRatio = 2;

    public static string Gain(LawKind kind) => kind is LawKind.PeakTransfer
        ? "Laws overstate what WSD gains over cosine: "
            + "on the public 25M and 100M models this law expects 0.027 and 0.036 nats where 0.028 was measured on both."
        : kind is LawKind.AdaptiveSpectrum
        ? "Laws overstate what WSD gains over cosine: on the public 25M to 400M models this law expects 0.027 to 0.035 nats where 0.017 to 0.028 were measured."
        : "Every published law overstates what WSD gains over cosine: on the public 25M to 400M models they expect 0.035 to 0.058 nats where 0.017 to 0.028 were measured.";

    public static IEnumerable<string> Of(FittedRange range, RatePath path)
    {
        if (path.Peak > PeakRatio * range.HighestPeak || path.Peak * PeakRatio < range.LowestPeak)
        {
            yield return Say($"Its peak {path.Peak:g3} is more than {PeakRatio} times away from the fitted peaks ({range.LowestPeak:g3} to {range.HighestPeak:g3}): a network adapts its noise to the peak, so that heat is not in proportion.");
        }

        if (path.IntrinsicTime > range.LastTime * 1.001)
        {
            yield return Say($"It goes to D = {path.IntrinsicTime:g3}, {path.IntrinsicTime / range.LastTime:f1} times as far as any fitted curve ({range.LastTime:g3}).");
        }
        else if (path.IntrinsicTime < range.FirstTime)
        {
            yield return Say($"It ends at D = {path.IntrinsicTime:g3}, before the first fitted loss ({range.FirstTime:g3}).");
        }

        if (path.Final < range.LowestRate / PeakRatio)
        {
            yield return Say($"It falls to a rate of {path.Final:g3}; the lowest fitted is {range.LowestRate:g3}.");
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
