using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>Lays out a suggested schedule against its baseline: the same model, data and batch, from scratch, and a pair of runs for each seed.</summary>
public static class SuggestionPlan
{
    /// <summary>The fewest pairs that an interval over seeds is worth reading of.</summary>
    public const int FewestSeeds = 3;

    /// <summary>The most pairs.</summary>
    public const int MostSeeds = 32;

    private const int LongestName = 120;

    /// <summary>Says what is wrong; nothing when a plan can be laid out.</summary>
    /// <param name="suggestion">One side.</param>
    /// <param name="baseline">The other.</param>
    /// <param name="seeds">One for each pair.</param>
    public static IReadOnlyList<SpecProblem> Validate(SuggestionArm suggestion, SuggestionArm baseline, IReadOnlyList<long> seeds)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(seeds);
        List<SpecProblem> problems = [];
        if (seeds.Count is < FewestSeeds or > MostSeeds || seeds.Distinct().Count() < seeds.Count || seeds.Any(seed => seed < 0))
        {
            problems.Add(new("seeds", FormattableString.Invariant($"Give {FewestSeeds} to {MostSeeds} different seeds of at least 0: the spread between them is the error of the measured gain.")));
        }

        if (suggestion.Schedule.TotalSteps != baseline.Schedule.TotalSteps)
        {
            problems.Add(new("baseline", FormattableString.Invariant($"Both schedules must spend the same budget, but the suggestion has {suggestion.Schedule.TotalSteps:N0} steps and the baseline {baseline.Schedule.TotalSteps:N0}.")));
        }

        if (suggestion.Schedule.Equals(baseline.Schedule))
        {
            problems.Add(new("baseline", "The suggestion is the baseline itself: there is nothing to measure."));
        }

        return problems;
    }

    /// <summary>Lays it out: pair after pair, so that whatever has ended can be compared.</summary>
    /// <param name="template">What to train; its name, schedule, seed, branch and probes are the plan's own.</param>
    /// <param name="suggestion">One side.</param>
    /// <param name="baseline">The other, of as many steps.</param>
    /// <param name="seeds">One for each pair.</param>
    /// <param name="newId">Draws identities, of the experiment and its members.</param>
    /// <exception cref="ArgumentException"><see cref="Validate"/> has something to say.</exception>
    public static ExperimentPlan Create(RunSpec template, SuggestionArm suggestion, SuggestionArm baseline, IReadOnlyList<long> seeds, Func<RunId> newId)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(newId);
        if (Validate(suggestion, baseline, seeds) is [var problem, ..])
        {
            throw new ArgumentException(problem.Message, problem.Path);
        }

        var id = newId().Value;
        var members = ImmutableArray.CreateBuilder<ExperimentMember>();
        foreach (var seed in seeds)
        {
            members.Add(Member(suggestion, ExperimentRole.Suggestion, seed));
            members.Add(Member(baseline, ExperimentRole.Baseline, seed));
        }

        return new(id, ExperimentKind.Suggestion, members.ToImmutable());

        ExperimentMember Member(SuggestionArm arm, string role, long seed) => new(newId(), template with
        {
            Name = Name(role, arm, seed),
            Schedule = arm.Schedule,
            Seed = seed,
            Branch = null,
            Entry = null,
            Probes = null,
            KeptCheckpointIntervalSteps = null,
            Experiment = new() { Id = id, Kind = ExperimentKind.Suggestion, Role = role, Value = seed, Forecast = arm.Forecast },
        });
    }

    private static string Name(string role, SuggestionArm arm, long seed)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $" · seed {seed}");
        var start = $"{char.ToUpperInvariant(role[0])}{role[1..]} · {arm.Schedule.Description}";
        return $"{start[..Math.Min(start.Length, LongestName - end.Length)]}{end}";
    }
}
