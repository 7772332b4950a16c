using System.Collections.Immutable;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Advice;

/// <summary>The schedules that a suggestion must beat: constant, cosine, linear and warmup–stable–decay, each at its best setting under a law.</summary>
internal static class UsualSchedules
{
    // Final rates as shares of the peak, and decays as shares of the steps after the warm-up: the settings in common use.
    private static readonly double[] s_finalShares = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3];
    private static readonly double[] s_decayShares = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6];

    /// <summary>One of each kind, the one that ends lowest first.</summary>
    /// <param name="constraints">Valid: steps, peak, floor and warm-up are the suggestion's.</param>
    /// <param name="finalLoss">What the law predicts at a schedule's end; nats/token.</param>
    public static ImmutableArray<UsualSchedule> Of(AdviceConstraints constraints, Func<ScheduleSpec, double> finalLoss)
    {
        var (steps, peak, warmup, after) = (constraints.Steps, constraints.Peak, constraints.WarmupSteps, constraints.StepsAfterWarmup);
        var finals = s_finalShares.Select(share => Math.Max(constraints.Floor, StablePhases.Rounded(share * peak))).Where(rate => rate == 0 || rate >= ScheduleSpec.SmallestPositiveRate).Distinct().ToList();
        var lengths = s_decayShares.Select(share => Math.Clamp((long)Math.Round(share * after), 1, after)).Distinct().ToList();
        return
        [
            .. new[]
            {
                Best("constant", [StandardSchedules.Constant(steps, peak, warmup)]),
                Best("cosine", finals.Select(final => StandardSchedules.Cosine(steps, peak, final, warmup))),
                Best("linear", finals.Select(final => StandardSchedules.Linear(steps, peak, final, warmup))),
                Best("WSD", lengths.SelectMany(length => finals.Select(final => StandardSchedules.WarmupStableDecay(steps, peak, DecayShape.Linear, length, final, warmup)))),
            }.OrderBy(usual => usual.FinalLoss),
        ];

        UsualSchedule Best(string name, IEnumerable<ScheduleSpec> schedules) =>
            schedules.Select(schedule => new UsualSchedule(name, schedule, finalLoss(schedule))).MinBy(usual => usual.FinalLoss)!;
    }
}
