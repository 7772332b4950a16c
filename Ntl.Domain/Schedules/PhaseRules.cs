using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>The rules that every phase's numbers obey; each adds its problem and says whether the number was sound.</summary>
internal static class PhaseRules
{
    public static bool Steps(long steps, string path, ICollection<SpecProblem> problems)
    {
        var sound = steps is >= 1 and <= ScheduleSpec.MaximumSteps;
        if (!sound)
        {
            problems.Add(new(path, $"A number of steps must be from 1 to {ScheduleSpec.MaximumSteps}, but is {steps}."));
        }

        return sound;
    }

    public static bool Rate(double rate, string path, ICollection<SpecProblem> problems)
    {
        var sound = rate is 0 or (>= ScheduleSpec.SmallestPositiveRate and <= ScheduleSpec.MaximumRate);
        if (!sound)
        {
            problems.Add(new(path, rate switch
            {
                double.NaN => "A learning rate must be a number.",
                < 0 => $"A learning rate must not be negative, but is {RateText.Format(rate)}.",
                > ScheduleSpec.MaximumRate => $"A learning rate must be at most {RateText.Format(ScheduleSpec.MaximumRate)}, but is {RateText.Format(rate)}.",
                _ => $"A learning rate above 0 must be at least {RateText.Format(ScheduleSpec.SmallestPositiveRate)}, but is {RateText.Format(rate)}.",
            }));
        }

        return sound;
    }
}
