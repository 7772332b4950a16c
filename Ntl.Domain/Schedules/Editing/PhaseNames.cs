namespace Ntl.Domain.Schedules.Editing;

/// <summary>What a phase is called in a sentence about an edit.</summary>
public static class PhaseNames
{
    /// <summary>"hold", "warm-up", "cosine decay".</summary>
    /// <param name="phase">Of any kind.</param>
    public static string Of(SchedulePhase phase) => phase switch
    {
        ConstantRate => "hold",
        LinearRamp { StartRate: 0 } => "warm-up",
        LinearRamp => "ramp",
        RateDecay decay => $"{decay.ShapeName} decay",
        StepDecay => "staircase",
        PiecewisePoints => "points",
        ExpressionPhase => "formula",
        FirstSteps cut => $"cut {Of(cut.Of)}",
        _ => phase.Kind,
    };
}
