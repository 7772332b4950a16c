using System.Collections.Immutable;

namespace Ntl.Domain.Schedules;

/// <summary>The schedules that the field knows by name, each with an optional warm-up from zero.</summary>
/// <remarks>
/// Every one takes the whole length and the peak rate; the warm-up, when there is one, is part of the length. Each throws
/// <see cref="InvalidScheduleException"/> with every problem when its numbers make no schedule.
/// </remarks>
public static class StandardSchedules
{
    /// <summary>One rate throughout.</summary>
    public static ScheduleSpec Constant(long totalSteps, double peakRate, long warmupSteps = 0) =>
        AfterWarmup(totalSteps, peakRate, warmupSteps, steps => new ConstantRate(steps, peakRate));

    /// <summary>A straight fall.</summary>
    public static ScheduleSpec Linear(long totalSteps, double peakRate, double finalRate = 0, long warmupSteps = 0) =>
        AfterWarmup(totalSteps, peakRate, warmupSteps, steps => new LinearDecay(steps, peakRate, finalRate));

    /// <summary>Half a cosine to a floor.</summary>
    public static ScheduleSpec Cosine(long totalSteps, double peakRate, double finalRate = 0, long warmupSteps = 0) =>
        AfterWarmup(totalSteps, peakRate, warmupSteps, steps => new CosineDecay(steps, peakRate, finalRate));

    /// <summary>Warmup–stable–decay: hold the peak, then fall during the last <paramref name="decaySteps"/> steps.</summary>
    public static ScheduleSpec WarmupStableDecay(
        long totalSteps, double peakRate, DecayShape shape, long decaySteps, double finalRate = 0, long warmupSteps = 0) =>
        new([.. WarmupStableDecayPhases(totalSteps, peakRate, shape, decaySteps, finalRate, warmupSteps)]);

    /// <summary>The Transformer's decay: <c>peak/√(1 + k/τ)</c> after warm-up, τ being the timescale.</summary>
    /// <param name="totalSteps">Length in steps.</param>
    /// <param name="peakRate">Rate at the end of warm-up.</param>
    /// <param name="warmupSteps">Length of the warm-up in steps.</param>
    /// <param name="timescaleSteps">τ in steps, above 0; the warm-up's length, which must then not be 0, if null, as in the paper.</param>
    public static ScheduleSpec InverseSquareRoot(long totalSteps, double peakRate, long warmupSteps, double? timescaleSteps = null) =>
        AfterWarmup(totalSteps, peakRate, warmupSteps, steps => new InverseSquareRootDecay(
            steps, peakRate, peakRate / Math.Sqrt(1 + steps / (timescaleSteps ?? warmupSteps))));

    /// <summary>A 1/t decay to a final rate above zero.</summary>
    public static ScheduleSpec Hyperbolic(long totalSteps, double peakRate, double finalRate, long warmupSteps = 0) =>
        AfterWarmup(totalSteps, peakRate, warmupSteps, steps => new HyperbolicDecay(steps, peakRate, finalRate));

    /// <summary>A decay by a power of what is left.</summary>
    public static ScheduleSpec Polynomial(long totalSteps, double peakRate, double power, double finalRate = 0, long warmupSteps = 0) =>
        AfterWarmup(totalSteps, peakRate, warmupSteps, steps => new PolynomialDecay(steps, peakRate, finalRate, power));

    /// <summary>The same factor at every step, to a final rate above zero.</summary>
    public static ScheduleSpec Exponential(long totalSteps, double peakRate, double finalRate, long warmupSteps = 0) =>
        AfterWarmup(totalSteps, peakRate, warmupSteps, steps => new ExponentialDecay(steps, peakRate, finalRate));

    /// <summary>A staircase: times <paramref name="factor"/> every <paramref name="everySteps"/> steps after warm-up.</summary>
    public static ScheduleSpec Step(
        long totalSteps, double peakRate, double factor, long everySteps, double floorRate = 0, long warmupSteps = 0) =>
        AfterWarmup(totalSteps, peakRate, warmupSteps, steps => new StepDecay(steps, peakRate, floorRate, factor, everySteps));

    /// <summary>Straight lines through points; the first at step 0, the last at the total number of steps.</summary>
    public static ScheduleSpec Points(params IEnumerable<RatePoint> points) => new(new PiecewisePoints([.. points]));

    /// <summary>One decay of a shape.</summary>
    public static RateDecay Decay(DecayShape shape, long steps, double startRate, double endRate) => shape switch
    {
        DecayShape.Linear => new LinearDecay(steps, startRate, endRate),
        DecayShape.Cosine => new CosineDecay(steps, startRate, endRate),
        DecayShape.OneMinusSquareRoot => new OneMinusSquareRootDecay(steps, startRate, endRate),
        DecayShape.Exponential => new ExponentialDecay(steps, startRate, endRate),
        DecayShape.Hyperbolic => new HyperbolicDecay(steps, startRate, endRate),
        DecayShape.InverseSquareRoot => new InverseSquareRootDecay(steps, startRate, endRate),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "There is no such decay shape."),
    };

    private static ScheduleSpec AfterWarmup(long totalSteps, double peakRate, long warmupSteps, Func<long, SchedulePhase> rest) =>
        new([.. Warmup(warmupSteps, peakRate), rest(totalSteps - warmupSteps)]);

    private static IEnumerable<SchedulePhase> WarmupStableDecayPhases(
        long totalSteps, double peakRate, DecayShape shape, long decaySteps, double finalRate, long warmupSteps)
    {
        var stableSteps = totalSteps - warmupSteps - decaySteps;
        return
        [
            .. Warmup(warmupSteps, peakRate),
            .. stableSteps == 0 ? ImmutableArray<SchedulePhase>.Empty : [new ConstantRate(stableSteps, peakRate)],
            Decay(shape, decaySteps, peakRate, finalRate),
        ];
    }

    private static ImmutableArray<SchedulePhase> Warmup(long steps, double peakRate) =>
        steps == 0 ? [] : [new LinearRamp(steps, 0, peakRate)];
}
