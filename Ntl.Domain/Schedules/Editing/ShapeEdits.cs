namespace Ntl.Domain.Schedules.Editing;

/// <summary>Gives a phase another shape between the same ends.</summary>
public static class ShapeEdits
{
    // The floor of a shape that never reaches zero, as a share of its start, where the phase ended at zero.
    private const double FloorShare = 0.01;

    private const double GentlePower = 1.5;
    private const long Stairs = 5;
    private const int MostPoints = 24;

    /// <summary>The shape of a phase; null for one that has been cut.</summary>
    /// <param name="phase">Of any kind.</param>
    public static PhaseShape? ShapeOf(SchedulePhase phase) => phase switch
    {
        ConstantRate => PhaseShape.Hold,
        LinearRamp => PhaseShape.Ramp,
        LinearDecay => PhaseShape.Linear,
        CosineDecay => PhaseShape.Cosine,
        OneMinusSquareRootDecay => PhaseShape.OneMinusSquareRoot,
        ExponentialDecay => PhaseShape.Exponential,
        HyperbolicDecay => PhaseShape.Hyperbolic,
        InverseSquareRootDecay => PhaseShape.InverseSquareRoot,
        PolynomialDecay => PhaseShape.Polynomial,
        StepDecay => PhaseShape.Staircase,
        PiecewisePoints => PhaseShape.Points,
        ExpressionPhase => PhaseShape.Formula,
        _ => null,
    };

    /// <summary>Gives a phase another shape. Its length and its ends stay, but where the new shape cannot have them: a hold has one rate, a 1/t decay no zero.</summary>
    /// <param name="schedule">The schedule before.</param>
    /// <param name="index">The phase.</param>
    /// <param name="shape">The shape afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public static EditOutcome Change(ScheduleSpec schedule, int index, PhaseShape shape)
    {
        var phase = schedule.Phase(index);
        var (start, end) = (phase.EntryRate, phase.ExitRate);
        var falls = start >= end;
        var made = Make(phase, shape, start, end);
        var name = $"turn {PhaseNames.Of(phase)} into {(made is null ? "a decay" : PhaseNames.Of(made))}";
        if (made is null || (!falls && made is not (ConstantRate or LinearRamp or PiecewisePoints or ExpressionPhase)))
        {
            return EditOutcome.Refused(name, index, $"phases[{index}].shape", $"This phase rises from {RateText.Format(start)} to {RateText.Format(end)}; a decay falls. Lower its end first.");
        }

        if (made is LinearRamp && start > end)
        {
            return EditOutcome.Refused(name, index, $"phases[{index}].shape", $"This phase falls from {RateText.Format(start)} to {RateText.Format(end)}; a ramp rises. Raise its end first.");
        }

        // The ends that cannot stay leave a jump rather than move the neighbours.
        var phases = schedule.PhaseList();
        phases[index] = made;
        var outcome = EditOutcome.Of(name, phases, index);
        return made is ConstantRate or StepDecay or ExpressionPhase || made.ExitRate == end
            ? outcome
            : outcome with { Note = $"This shape never reaches {RateText.Format(end)}: its floor is {RateText.Format(made.ExitRate)} now." };
    }

    private static SchedulePhase? Make(SchedulePhase phase, PhaseShape shape, double start, double end)
    {
        var steps = phase.Steps;
        var floor = end > 0 ? end : Math.Max(start * FloorShare, ScheduleSpec.SmallestPositiveRate);
        return shape switch
        {
            PhaseShape.Hold => new ConstantRate(steps, start > 0 ? start : end),
            PhaseShape.Ramp => new LinearRamp(steps, start, end),
            PhaseShape.Linear => new LinearDecay(steps, start, end),
            PhaseShape.Cosine => new CosineDecay(steps, start, end),
            PhaseShape.OneMinusSquareRoot => new OneMinusSquareRootDecay(steps, start, end),
            PhaseShape.Exponential => new ExponentialDecay(steps, start, floor),
            PhaseShape.Hyperbolic => new HyperbolicDecay(steps, start, floor),
            PhaseShape.InverseSquareRoot => new InverseSquareRootDecay(steps, start, floor),
            PhaseShape.Polynomial => new PolynomialDecay(steps, start, end, GentlePower),
            PhaseShape.Staircase => Staircase(steps, start, end),
            PhaseShape.Points => phase is PiecewisePoints ? phase : CurvePoints.Of(phase, MostPoints),
            PhaseShape.Formula => PhaseFormulas.WithEndsOf(phase),
            _ => null,
        };
    }

    // The last stair is the end where that is above zero.
    private static StepDecay? Staircase(long steps, double start, double end)
    {
        var every = (steps + Stairs - 1) / Stairs;
        var stairs = (steps + every - 1) / every;
        var factor = end > 0 && stairs > 1 ? Math.Pow(end / start, 1.0 / (stairs - 1)) : 0.5;
        return start < end ? null : new(steps, start, end, factor, every);
    }
}
