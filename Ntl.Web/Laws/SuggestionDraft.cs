using System.Globalization;
using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Laws;

/// <summary>A question for a schedule as a person types it, and as the page's URL keeps it.</summary>
public sealed record SuggestionDraft
{
    /// <summary>Three pairs.</summary>
    public const string DefaultSeeds = "1, 2, 3";

    public string Fit { get; init; } = "";

    public string Steps { get; init; } = "";

    public string Peak { get; init; } = "";

    public string Floor { get; init; } = "";

    public string Warmup { get; init; } = "";

    public bool MayRise { get; init; }

    /// <summary>Empty for the best usual schedule; else the share of the peak at which a cosine ends that is the baseline.</summary>
    public string Baseline { get; init; } = "";

    public string Run { get; init; } = "";

    public string Seeds { get; init; } = DefaultSeeds;

    public static SuggestionDraft FromQuery(Func<string, string?> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new()
        {
            Fit = query("fit") ?? "",
            Steps = query("steps") ?? "",
            Peak = query("peak") ?? "",
            Floor = query("floor") ?? "",
            Warmup = query("warmup") ?? "",
            MayRise = string.Equals(query("rise"), "1", StringComparison.Ordinal),
            Baseline = query("baseline") ?? "",
            Run = query("run") ?? "",
            Seeds = query("seeds") ?? DefaultSeeds,
        };
    }

    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        (string Key, string Value, string Own)[] fields =
        [
            ("fit", Fit, ""), ("steps", Steps, ""), ("peak", Peak, ""), ("floor", Floor, ""), ("warmup", Warmup, ""), ("rise", MayRise ? "1" : "", ""),
            ("baseline", Baseline, ""), ("run", Run, ""), ("seeds", Seeds, DefaultSeeds),
        ];
        return fields.Where(field => !string.Equals(field.Value, field.Own, StringComparison.Ordinal)).Select(field => new KeyValuePair<string, string?>(field.Key, field.Value));
    }

    /// <summary>Reads the numbers.</summary>
    /// <param name="problems">Receives what is no number, by its field: <c>steps</c>, <c>peak</c>, <c>floor</c>, <c>warmupSteps</c>, <c>baseline</c>.</param>
    /// <returns>Null when there are problems.</returns>
    public SuggestionRequest? Read(ICollection<SpecProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var before = problems.Count;
        var (steps, warmup) = (Count("steps", Steps, null, problems), Count("warmupSteps", Warmup, 0, problems));
        var (peak, floor) = (Number("peak", Peak, null, problems), Number("floor", Floor, 0, problems));
        double? share = Baseline.Trim().Length == 0 ? null : Number("baseline", Baseline, null, problems);
        if (share is not (null or (>= 0 and <= 1)) && problems.Count == before)
        {
            problems.Add(new("baseline", "The baseline's cosine ends at a share of the peak, from 0 to 1. Leave it empty for the best usual schedule."));
        }

        if (problems.Count > before)
        {
            return null;
        }

        var constraints = new AdviceConstraints(steps, peak, floor, warmup, !MayRise);
        foreach (var problem in constraints.Validate())
        {
            problems.Add(problem);
        }

        return problems.Count > before
            ? null
            : new(Fit, constraints, share is { } end ? StandardSchedules.Cosine(steps, peak, Math.Max(floor, end * peak), warmup) : null);
    }

    /// <summary>Reads the seeds; null, with a problem, when they are none.</summary>
    public IReadOnlyList<long>? ReadSeeds(ICollection<SpecProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        List<long> seeds = [];
        foreach (var text in Seeds.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            {
                problems.Add(new("seeds", $"'{text}' is no seed: whole numbers of at least 0, with commas between them."));
                return null;
            }

            seeds.Add(seed);
        }

        return seeds;
    }

    private static long Count(string field, string text, long? own, ICollection<SpecProblem> problems)
    {
        var plain = string.Concat(text.Where(sign => !char.IsWhiteSpace(sign) && sign != ','));
        if (plain.Length == 0 && own is { } value)
        {
            return value;
        }

        if (!long.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            problems.Add(new(field, plain.Length == 0 ? "Give a number of steps." : $"'{text}' is no whole number of steps."));
        }

        return count;
    }

    private static double Number(string field, string text, double? own, ICollection<SpecProblem> problems)
    {
        var plain = text.Trim();
        if (plain.Length == 0 && own is { } value)
        {
            return value;
        }

        if (!double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            problems.Add(new(field, plain.Length == 0 ? "Give a number." : $"'{text}' is no number."));
        }

        return number;
    }
}
