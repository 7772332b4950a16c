using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Experiments;

/// <summary>One branch that is part of no experiment.</summary>
internal static class SingleBranch
{
    private const int LongestName = 120;

    /// <summary>The rate that the trunk has come to at a checkpoint.</summary>
    public static double RateAt(RunSpec trunk, long step) => trunk.Schedule.LearningRate(step - 1);

    /// <summary>Falls from the checkpoint's rate to 0.</summary>
    public static RunSpec Anneal(RunId run, RunSpec trunk, long step, long steps) =>
        Of(run, trunk, step, FormattableString.Invariant($"anneal from {step:N0}"), new LinearDecay(steps, RateAt(trunk, step), 0));

    /// <summary>Goes on at one rate.</summary>
    public static RunSpec Hold(RunId run, RunSpec trunk, long step, long steps, double rate) =>
        Of(run, trunk, step, FormattableString.Invariant($"{NumberFormat.Rate(rate)} from {step:N0}"), new ConstantRate(steps, rate));

    private static RunSpec Of(RunId run, RunSpec trunk, long step, string what, SchedulePhase phase) => trunk with
    {
        Name = $"{trunk.Name[..Math.Min(trunk.Name.Length, LongestName - what.Length - 3)]} · {what}",
        Schedule = trunk.Schedule.First(step).Then(phase),
        Branch = new BranchSpec { Run = run, Step = step, SpecHash = RunSpecJson.Hash(trunk) },
        Experiment = null,
        Entry = null,
        KeptCheckpointIntervalSteps = null,
    };
}
