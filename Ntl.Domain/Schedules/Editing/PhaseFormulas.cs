namespace Ntl.Domain.Schedules.Editing;

/// <summary>Shapes written out as formulas, with their rates as named numbers.</summary>
internal static class PhaseFormulas
{
    /// <summary>The same curve as a formula; null for stairs, points and cut phases, which have none, and for a phase that is too long for one.</summary>
    public static ExpressionPhase? Of(SchedulePhase phase) => phase switch
    {
        _ when phase.Steps > ExpressionPhase.MaximumSteps => null,
        ExpressionPhase formula => formula,
        ConstantRate hold => new(hold.Steps, "rate", new Dictionary<string, double>(StringComparer.Ordinal) { ["rate"] = hold.Rate }),
        LinearRamp => Between(phase, "low+(peak-low)*(k+1)/n", "low", "peak"),
        LinearDecay => Between(phase, "floor+(peak-floor)*(1-t)"),
        CosineDecay => Between(phase, "floor+(peak-floor)*(1+cos(pi*t))/2"),
        OneMinusSquareRootDecay => Between(phase, "floor+(peak-floor)*(1-sqrt(t))"),
        ExponentialDecay => Between(phase, "peak*(floor/peak)^t"),
        HyperbolicDecay => Between(phase, "peak/(1+(peak/floor-1)*t)"),
        InverseSquareRootDecay => Between(phase, "peak/sqrt(1+((peak/floor)^2-1)*t)"),
        PolynomialDecay decay => new(decay.Steps, "floor+(peak-floor)*(1-t)^power", new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["peak"] = decay.StartRate,
            ["floor"] = decay.EndRate,
            ["power"] = decay.Power,
        }),
        _ => null,
    };

    /// <summary>A formula with a phase's ends: its own curve where that has one, a gentle fall or a straight rise otherwise.</summary>
    public static ExpressionPhase WithEndsOf(SchedulePhase phase) => Of(phase)
        ?? (phase.EntryRate >= phase.ExitRate ? Between(phase, "floor+(peak-floor)*(1-t)^1.5") : Between(phase, "low+(peak-low)*t", "low", "peak"));

    private static ExpressionPhase Between(SchedulePhase phase, string formula, string entry = "peak", string exit = "floor") =>
        new(phase.Steps, formula, new Dictionary<string, double>(StringComparer.Ordinal) { [entry] = phase.EntryRate, [exit] = phase.ExitRate });
}
