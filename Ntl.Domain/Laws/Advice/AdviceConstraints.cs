using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Advice;

/// <summary>What a suggested schedule must keep to. Plain data, which <see cref="Validate"/> judges.</summary>
/// <param name="Steps">Steps of the whole schedule, warm-up included: the budget; from <see cref="MinimumSteps"/> more than the warm-up to <see cref="ScheduleSpec.MaximumSteps"/>.</param>
/// <param name="Peak">The highest rate, at which the warm-up ends; above 0.</param>
/// <param name="Floor">The lowest rate after the warm-up; at least 0, not above the peak.</param>
/// <param name="WarmupSteps">Steps of a linear warm-up from zero; at least 0.</param>
/// <param name="IsMonotone">Whether no rate after the warm-up may be above the one before.</param>
public sealed record AdviceConstraints(long Steps, double Peak, double Floor = 0, long WarmupSteps = 0, bool IsMonotone = true)
{
    /// <summary>The fewest steps after the warm-up that there is something to choose in.</summary>
    public const long MinimumSteps = 2;

    /// <summary>Steps after the warm-up.</summary>
    public long StepsAfterWarmup => Steps - WarmupSteps;

    /// <summary>Says what is wrong; nothing when a schedule can be sought.</summary>
    /// <param name="path">Path of the constraints in a larger document, e.g. <c>constraints</c>.</param>
    public IReadOnlyList<SpecProblem> Validate(string path = "")
    {
        var problems = new List<SpecProblem>();
        var prefix = path.Length == 0 ? "" : $"{path}.";
        if (PhaseRules.Steps(Steps, $"{prefix}steps", problems))
        {
            ValidateWarmup($"{prefix}warmupSteps", problems);
        }

        if (PhaseRules.Rate(Peak, $"{prefix}peak", problems) & PhaseRules.Rate(Floor, $"{prefix}floor", problems))
        {
            ValidateRates(prefix, problems);
        }

        return problems;
    }

    private void ValidateWarmup(string path, List<SpecProblem> problems)
    {
        if (WarmupSteps < 0 || WarmupSteps > Steps - MinimumSteps)
        {
            problems.Add(new(path, $"A warm-up must leave at least {MinimumSteps} of {Steps} steps and have at least 0, but has {WarmupSteps}."));
        }
    }

    private void ValidateRates(string prefix, List<SpecProblem> problems)
    {
        if (Peak == 0)
        {
            problems.Add(new($"{prefix}peak", "The peak must be above 0."));
        }
        else if (Floor > Peak)
        {
            problems.Add(new($"{prefix}floor", $"The floor {RateText.Format(Floor)} must not be above the peak {RateText.Format(Peak)}."));
        }
    }
}
