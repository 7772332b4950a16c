using System.Globalization;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Advice;

/// <summary>Warm-up, hold and 1/t decay as phases, any of which may be absent.</summary>
internal static class StablePhases
{
    public static IEnumerable<SchedulePhase> Warmup(long steps, double peakRate) => steps == 0 ? [] : [new LinearRamp(steps, 0, peakRate)];

    public static IEnumerable<SchedulePhase> Hold(long steps, double peakRate) => steps == 0 ? [] : [new ConstantRate(steps, peakRate)];

    /// <summary>A rate as people would write it: four digits, and no rounding of 0.1 × 3e-4 left in it.</summary>
    public static double Rounded(double rate) => double.Parse(rate.ToString("E3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static ScheduleSpec Of(long warmupSteps, long steps, long decaySteps, double peakRate, double finalRate) => new(
    [
        .. Warmup(warmupSteps, peakRate),
        .. Hold(steps - decaySteps, peakRate),
        .. decaySteps == 0 ? Enumerable.Empty<SchedulePhase>() : [new HyperbolicDecay(decaySteps, peakRate, finalRate)],
    ]);
}
