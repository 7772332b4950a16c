using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>A linear rise, as in warm-up: <c>η(k) = start + (end − start)·(k + 1)/n</c>.</summary>
/// <param name="Steps">Length n in steps.</param>
/// <param name="StartRate">The rate before the first step; ≥ 0, not above <paramref name="EndRate"/>.</param>
/// <param name="EndRate">The rate of the last step.</param>
/// <remarks>From zero this is llm.c's warm-up, <c>peak·(step + 1)/warmupSteps</c>: the first step already moves.</remarks>
public sealed record LinearRamp(long Steps, double StartRate, double EndRate) : SchedulePhase(Steps)
{
    internal const string KindName = "linearRamp";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override double EntryRate => StartRate;

    /// <inheritdoc/>
    public override double ExitRate => EndRate;

    /// <inheritdoc/>
    public override string Description => StartRate == 0
        ? $"warm up {Steps} to {RateText.Format(EndRate)}"
        : $"rise {Steps} from {RateText.Format(StartRate)} to {RateText.Format(EndRate)}";

    internal override bool IsStraight => true;

    /// <inheritdoc/>
    public override double RateAt(long step) =>
        step == Steps - 1 ? EndRate : Math.Clamp(StartRate + (EndRate - StartRate) * (step + 1) / Steps, StartRate, EndRate);

    /// <inheritdoc/>
    public override double SumOfFirst(long steps) =>
        StartRate * steps + (EndRate - StartRate) * (steps * (steps + 1) / 2) / Steps;

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        PhaseRules.Steps(Steps, $"{path}.steps", problems);
        if (PhaseRules.Rate(StartRate, $"{path}.startRate", problems) & PhaseRules.Rate(EndRate, $"{path}.endRate", problems) && StartRate > EndRate)
        {
            problems.Add(new($"{path}.endRate", $"A ramp rises: the end rate {RateText.Format(EndRate)} must not be below the start rate {RateText.Format(StartRate)}."));
        }
    }
}
