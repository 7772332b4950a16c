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
        LinearRamp => Rise(phase, "low+(peak-low)*(k+1)/n"),
        LinearDecay => Fall(phase, "low+(peak-low)*(1-t)"),
        CosineDecay => Fall(phase, "low+(peak-low)*(1+cos(pi*t))/2"),
        OneMinusSquareRootDecay => Fall(phase, "low+(peak-low)*(1-sqrt(t))"),
        ExponentialDecay => Fall(phase, "peak*(low/peak)^t"),
        HyperbolicDecay => Fall(phase, "peak/(1+(peak/low-1)*t)"),
        InverseSquareRootDecay => Fall(phase, "peak/sqrt(1+((peak/low)^2-1)*t)"),
        PolynomialDecay decay => new(decay.Steps, "low+(peak-low)*(1-t)^power", new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["peak"] = decay.StartRate,
            ["low"] = decay.EndRate,
            ["power"] = decay.Power,
        }),
        _ => null,
    };

    /// <summary>A formula with a phase's ends: its own curve where that has one, a gentle fall or a straight rise otherwise.</summary>
    public static ExpressionPhase WithEndsOf(SchedulePhase phase) =>
        Of(phase) ?? (phase.EntryRate >= phase.ExitRate ? Fall(phase, "low+(peak-low)*(1-t)^1.5") : Rise(phase, "low+(peak-low)*t"));

    private static ExpressionPhase Fall(SchedulePhase phase, string formula) => new(phase.Steps, formula, Ends(phase.EntryRate, phase.ExitRate));

    private static ExpressionPhase Rise(SchedulePhase phase, string formula) => new(phase.Steps, formula, Ends(phase.ExitRate, phase.EntryRate));

    private static Dictionary<string, double> Ends(double peak, double low) => new(StringComparer.Ordinal) { ["peak"] = peak, ["low"] = low };
}
