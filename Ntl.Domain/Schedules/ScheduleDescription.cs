namespace Ntl.Domain.Schedules;

/// <summary>Says a schedule in words.</summary>
internal static class ScheduleDescription
{
    private const int MostPhasesNamed = 6;

    public static string Of(ScheduleSpec schedule)
    {
        var phases = schedule.Phases.Select(span => span.Phase.Description).ToList();
        if (phases.Count > MostPhasesNamed)
        {
            var more = phases.Count - MostPhasesNamed + 1;
            phases = [.. phases.Take(MostPhasesNamed - 1), $"{more} more phases"];
        }

        return $"{NameOf(schedule)}: {string.Join(", ", phases)}";
    }

    private static string NameOf(ScheduleSpec schedule)
    {
        var phases = schedule.Phases.Select(span => span.Phase).ToArray();
        var afterWarmup = phases is [LinearRamp, ..] ? phases[1..] : phases;
        return afterWarmup switch
        {
            [ConstantRate] => "Constant",
            [ConstantRate hold, RateDecay decay] when hold.Rate == decay.StartRate => "WSD",
            [RateDecay decay] => $"{char.ToUpperInvariant(decay.ShapeName[0])}{decay.ShapeName[1..]}",
            [StepDecay] => "Step",
            [PiecewisePoints] => "Points",
            [ExpressionPhase] => "Formula",
            [] => "Ramp",
            _ => "Phases",
        };
    }
}
