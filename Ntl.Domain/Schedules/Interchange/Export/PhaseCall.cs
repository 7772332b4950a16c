namespace Ntl.Domain.Schedules.Interchange.Export;

/// <summary>A phase as a call of its kind's function in exported code: <c>cosine_decay(k, 900, 0.001, 0.0)</c>. Cut phases are called as the whole ones.</summary>
/// <param name="Kind">The phase's kind.</param>
/// <param name="Arguments">What follows the local step, in the order of the kind's fields.</param>
internal sealed record PhaseCall(string Kind, IReadOnlyList<string> Arguments)
{
    /// <summary>The call of a phase that is no points and no formula.</summary>
    public static PhaseCall Of(SchedulePhase phase) => Whole(phase) switch
    {
        ConstantRate constant => new(constant.Kind, [CodeNumber.Of(constant.Rate)]),
        LinearRamp ramp => new(ramp.Kind, [CodeNumber.Of(ramp.Steps), CodeNumber.Of(ramp.StartRate), CodeNumber.Of(ramp.EndRate)]),
        StepDecay step => new(step.Kind, [CodeNumber.Of(step.StartRate), CodeNumber.Of(step.FloorRate), CodeNumber.Of(step.Factor), CodeNumber.Of(step.EverySteps)]),
        PolynomialDecay polynomial => new(polynomial.Kind, [.. Ends(polynomial), CodeNumber.Of(polynomial.Power)]),
        RateDecay decay => new(decay.Kind, Ends(decay)),
        var other => throw new ArgumentOutOfRangeException(nameof(phase), other.Kind, "It is written in another way."),
    };

    /// <summary>The phase itself, or the one that it was cut from.</summary>
    public static SchedulePhase Whole(SchedulePhase phase) => phase is FirstSteps cut ? cut.Of : phase;

    private static string[] Ends(RateDecay decay) => [CodeNumber.Of(decay.Steps), CodeNumber.Of(decay.StartRate), CodeNumber.Of(decay.EndRate)];
}
