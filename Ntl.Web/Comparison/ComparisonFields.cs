using System.Globalization;
using Ntl.Domain.Comparison;

namespace Ntl.Web.Comparison;

/// <summary>What the runs of one comparison can be grouped by, and each run's value of it.</summary>
public sealed class ComparisonFields
{
    /// <summary>All else equal: runs that differ in their seed only.</summary>
    public const string Seeds = "seeds";

    private const int ShortHash = 6;
    private const int MostToldFields = 3;
    private const string None = "–";

    private static readonly (ComparisonField Field, Func<ComparedRun, string> ValueOf)[] s_known =
    [
        (new("peak", "Peak rate"), run => run.Fields["schedule.peak"]),
        (new("optimizer", "Optimizer"), run => run.Row.OptimizerName),
        (new("model", "Model"), run => run.Row.ModelName),
        (new("data", "Data"), run => run.Row.DatasetName),
        (new("batch", "Tokens per step"), run => run.Row.TokensPerStep.ToString(CultureInfo.InvariantCulture)),
        (new("steps", "Steps"), run => run.Row.TotalSteps.ToString(CultureInfo.InvariantCulture)),
        (new("seed", "Seed"), run => run.Row.Seed.ToString(CultureInfo.InvariantCulture)),
        (new("experiment", "Experiment"), run => run.Row.ExperimentId ?? None),
        (new("status", "Status"), run => run.Row.Status.ToString()),
        (new("name", "Name"), run => run.Row.Name),
    ];

    // What the words above say already.
    private static readonly string[] s_covered = ["schedule", "schedule.hash", "schedule.peak", "schedule.totalSteps", "seed", "batchSize", "dataset.name", "dataset.path", "optimizer.kind"];

    private readonly Dictionary<string, Func<ComparedRun, string>> _values = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, string>> _seedLabels;
    private readonly HashSet<string> _sharedNames;

    public ComparisonFields(ComparisonSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        _sharedNames = [.. set.Runs.Select(run => (run.Row.ScheduleName, run.Row.ScheduleHash)).Distinct().GroupBy(own => own.ScheduleName, StringComparer.Ordinal).Where(own => own.Skip(1).Any()).Select(own => own.Key)];
        _seedLabels = new(() => SeedLabels(set));
        List<ComparisonField> offered = [new(Seeds, "Seeds (all else equal)"), new("schedule", "Schedule")];
        _values[Seeds] = run => _seedLabels.Value[run.Seedless];
        _values["schedule"] = ScheduleOf;
        foreach (var (field, valueOf) in s_known)
        {
            offered.Add(field);
            _values[field.Id] = valueOf;
        }

        foreach (var row in SpecTable.OfFields([.. set.Runs.Select(run => SpecFacts.Of(run.Spec).Fields)]).Different.Where(row => !s_covered.Contains(row.Path, StringComparer.Ordinal)))
        {
            offered.Add(new(row.Path, row.Path));
            _values[row.Path] = run => run.Fields.GetValueOrDefault(row.Path, None);
        }

        Offered = offered;
    }

    /// <summary>The fields to choose from: those that every run has, and those that tell these runs apart.</summary>
    public IReadOnlyList<ComparisonField> Offered { get; }

    /// <summary>The schedule's words, with its hash where several schedules share them.</summary>
    public string ScheduleOf(ComparedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return _sharedNames.Contains(run.Row.ScheduleName) ? $"{run.Row.ScheduleName} {run.Row.ScheduleHash[..ShortHash]}" : run.Row.ScheduleName;
    }

    /// <summary>A run's group by some fields, in words; null without fields that are known.</summary>
    public string? GroupOf(ComparedRun run, IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var values = fields.Where(_values.ContainsKey).Select(field => Told(field, _values[field](run))).ToList();
        return values.Count == 0 ? null : string.Join(" · ", values);
    }

    // A bare number says nothing without its field.
    private string Told(string field, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"{Offered.First(own => string.Equals(own.Id, field, StringComparison.Ordinal)).Title.ToLowerInvariant()} {value}" : value;

    private Dictionary<string, string> SeedLabels(ComparisonSet set)
    {
        var groups = set.Runs.DistinctBy(run => run.Seedless, StringComparer.Ordinal).ToList();
        var differing = SpecTable.OfFields([.. groups.Select(run => SpecFacts.Of(run.Spec).Fields)]).Different
            .Where(row => row.Path is not "seed" && !row.Path.StartsWith("schedule", StringComparison.Ordinal))
            .Take(MostToldFields).ToList();
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, run) in groups.Index())
        {
            var parts = differing.Select(row => $"{row.Path.Split('.')[^1]} {row.Values[i] ?? None}").Prepend(ScheduleOf(run));
            var label = string.Join(" · ", parts);
            labels[run.Seedless] = labels.Values.Contains(label, StringComparer.Ordinal) ? $"{label} · {run.Seedless[..ShortHash]}" : label;
        }

        return labels;
    }
}
