namespace Ntl.Domain.Schedules.Editing;

/// <summary>A phase with another rate at one of its ends. A straight line may turn; a decay of another shape only falls.</summary>
internal static class PhaseEnds
{
    // A decay that never reaches zero can be dragged so far below its start; what is typed may go further.
    private const double DeepestFall = 1e-6;

    /// <summary>The phase with another entry rate; null where its kind has none to set.</summary>
    public static SchedulePhase? WithEntry(SchedulePhase phase, double rate) => phase switch
    {
        ConstantRate => new ConstantRate(phase.Steps, rate),
        LinearRamp or LinearDecay => Line(phase.Steps, rate, phase.ExitRate, phase is LinearRamp),
        RateDecay decay => decay with { StartRate = rate },
        StepDecay stairs => stairs with { StartRate = rate },
        PiecewisePoints points => WithPoint(points, 0, rate),
        FirstSteps cut => WithEntry(cut.Of, rate) is { } whole ? new FirstSteps(cut.Steps, whole) : null,
        _ => null,
    };

    /// <summary>The phase with another exit rate; null where its kind has none to set.</summary>
    public static SchedulePhase? WithExit(SchedulePhase phase, double rate) => phase switch
    {
        ConstantRate => new ConstantRate(phase.Steps, rate),
        LinearRamp or LinearDecay => Line(phase.Steps, phase.EntryRate, rate, phase is LinearRamp),
        RateDecay decay => decay with { EndRate = rate },
        PiecewisePoints points => WithPoint(points, points.Points.Length - 1, rate),
        _ => null,
    };

    /// <summary>The entry rates that leave the phase valid; null where its kind has none to set.</summary>
    public static RateRange? EntryRange(SchedulePhase phase) => phase switch
    {
        ConstantRate or LinearRamp or LinearDecay or PiecewisePoints => RateRange.All,
        RateDecay decay => new(decay.EndRate, ScheduleSpec.MaximumRate),
        StepDecay stairs => new(stairs.FloorRate, ScheduleSpec.MaximumRate),
        FirstSteps cut => EntryRange(cut.Of),
        _ => null,
    };

    /// <summary>The exit rates that leave the phase valid; null where its kind has none to set.</summary>
    public static RateRange? ExitRange(SchedulePhase phase) => phase switch
    {
        ConstantRate or LinearRamp or LinearDecay or PiecewisePoints => RateRange.All,
        ExponentialDecay or HyperbolicDecay or InverseSquareRootDecay => new(Math.Min(phase.ExitRate, Math.Max(phase.EntryRate * DeepestFall, ScheduleSpec.SmallestPositiveRate)), phase.EntryRate),
        RateDecay decay => new(0, decay.StartRate),
        _ => null,
    };

    private static SchedulePhase Line(long steps, double from, double to, bool wasRamp) =>
        from < to || (from == to && wasRamp) ? new LinearRamp(steps, from, to) : new LinearDecay(steps, from, to);

    private static PiecewisePoints WithPoint(PiecewisePoints phase, int index, double rate) =>
        new(phase.Points.SetItem(index, phase.Points[index] with { Rate = rate }));
}
