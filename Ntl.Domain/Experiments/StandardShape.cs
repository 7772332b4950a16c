using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;

namespace Ntl.Domain.Experiments;

/// <summary>A schedule read as an optional warm-up, an optional hold and an optional decay from one peak.</summary>
/// <param name="Warmup">Null without one.</param>
/// <param name="HoldSteps">0 without a hold.</param>
/// <param name="Decay">Null without one.</param>
/// <param name="Peak">Where the warm-up ends, the hold stays and the decay begins.</param>
internal sealed record StandardShape(LinearRamp? Warmup, long HoldSteps, RateDecay? Decay, double Peak)
{
    /// <summary>Of all parts.</summary>
    public long TotalSteps => WarmupSteps + HoldSteps + DecaySteps;

    private long WarmupSteps => Warmup?.Steps ?? 0;

    private long DecaySteps => Decay?.Steps ?? 0;

    /// <summary>Reads a schedule; null when it is of another form.</summary>
    public static StandardShape? Of(ScheduleSpec schedule)
    {
        SchedulePhase[] phases = [.. schedule.Phases.Select(span => span.Phase)];
        var warmup = phases[0] as LinearRamp;
        return (warmup is null ? phases : phases[1..]) switch
        {
            [ConstantRate hold] => Joined(new(warmup, hold.Steps, null, hold.Rate)),
            [RateDecay decay] => Joined(new(warmup, 0, decay, decay.StartRate)),
            [ConstantRate hold, RateDecay decay] when hold.Rate == decay.StartRate => Joined(new(warmup, hold.Steps, decay, hold.Rate)),
            _ => null,
        };
    }

    /// <summary>Another warm-up: the hold gives or takes the steps, or the decay where there is no hold.</summary>
    /// <returns>Null when it leaves no room.</returns>
    public StandardShape? WithWarmup(long steps)
    {
        var rest = TotalSteps - steps;
        var hold = HoldSteps > 0 ? rest - DecaySteps : 0;
        var decay = HoldSteps > 0 ? DecaySteps : rest;
        return hold < 0 || decay < (Decay is null ? 0 : 1) || rest < 1
            ? null
            : this with { Warmup = steps == 0 ? null : new LinearRamp(steps, Warmup?.StartRate ?? 0, Peak), HoldSteps = hold, Decay = Resized(decay) };
    }

    /// <summary>A decay over another share of all steps; the hold gives or takes them.</summary>
    /// <returns>Null when it leaves no room.</returns>
    public StandardShape? WithDecayFraction(double fraction)
    {
        var steps = (long)Math.Round(fraction * TotalSteps);
        var hold = TotalSteps - WarmupSteps - steps;
        return hold < 0 || steps < 1 ? null : this with { HoldSteps = hold, Decay = Resized(steps) ?? new LinearDecay(steps, Peak, 0) };
    }

    /// <summary>The decay in another shape between the same rates; null without a decay.</summary>
    public StandardShape? WithDecay(DecayShape shape) => Decay is null ? null : this with { Decay = StandardSchedules.Decay(shape, Decay.Steps, Peak, Decay.EndRate) };

    /// <summary>The schedule.</summary>
    /// <exception cref="InvalidScheduleException">A shape's rule is broken, such as an end above 0.</exception>
    public ScheduleSpec ToSchedule()
    {
        List<SchedulePhase> phases = [];
        if (Warmup is not null)
        {
            phases.Add(Warmup);
        }

        if (HoldSteps > 0)
        {
            phases.Add(new ConstantRate(HoldSteps, Peak));
        }

        if (Decay is not null)
        {
            phases.Add(Decay);
        }

        return new(phases);
    }

    private static StandardShape? Joined(StandardShape shape) => shape.Warmup is null || shape.Warmup.EndRate == shape.Peak ? shape : null;

    private RateDecay? Resized(long steps) => Decay is null ? null : (RateDecay)BoundaryEdits.Resized(Decay, steps);
}
