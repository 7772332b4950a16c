using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>Lays out a sweep: every combination of its knobs' values, from scratch, with the same seeds in every cell, so that cells are paired seed by seed.</summary>
public static class SweepPlan
{
    /// <summary>The most knobs.</summary>
    public const int MostKnobs = 3;

    /// <summary>The most values of a knob.</summary>
    public const int MostValues = 20;

    /// <summary>The most seeds of a cell.</summary>
    public const int MostSeeds = 20;

    /// <summary>The most runs of a sweep.</summary>
    public const int MostRuns = 400;

    private const int LongestName = 120;
    private const int LongestRole = 40;

    /// <summary>Says everything that is wrong; nothing when a plan can be laid out.</summary>
    /// <param name="design">What is wanted.</param>
    /// <returns>By field: <c>knobs</c>, <c>knobs[1].values</c>, <c>knobs[1].values[0]</c>, <c>seedCount</c>, <c>stop.rungs</c>, <c>stop.spreads</c>.</returns>
    public static IReadOnlyList<SpecProblem> Validate(SweepDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        List<SpecProblem> problems = [];
        if (design.SeedCount is < 1 or > MostSeeds)
        {
            problems.Add(new("seedCount", FormattableString.Invariant($"Between 1 and {MostSeeds} seeds a cell; it is {design.SeedCount}.")));
        }

        problems.AddRange((design.Stop?.Problems() ?? []).Select(problem => problem with { Path = $"stop.{problem.Path}" }));
        CheckKnobs(design.Knobs, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var runs = design.Knobs.Aggregate((long)design.SeedCount, (count, axis) => count * axis.Values.Length);
        if (runs > MostRuns)
        {
            return [new("knobs", FormattableString.Invariant($"A sweep has at most {MostRuns} runs; these values and seeds make {runs:N0}."))];
        }

        CheckCells(design, problems);
        return problems;
    }

    /// <summary>Lays it out: seed after seed, so that every cell has one before any has two.</summary>
    /// <param name="design">What is wanted.</param>
    /// <param name="seeds">As many different ones as the design says, each ≥ 0.</param>
    /// <param name="newId">Draws identities, of the experiment and its members.</param>
    /// <exception cref="ArgumentException"><see cref="Validate"/> has something to say, or the seeds are not what was wanted.</exception>
    public static ExperimentPlan Create(SweepDesign design, IReadOnlyList<long> seeds, Func<RunId> newId)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(newId);
        if (Validate(design) is [var problem, ..])
        {
            throw new ArgumentException(problem.Message, problem.Path);
        }

        if (seeds.Count != design.SeedCount || seeds.Distinct().Count() < seeds.Count || seeds.Any(seed => seed < 0))
        {
            throw new ArgumentException("There are as many different seeds of at least 0 as the design says.", nameof(seeds));
        }

        var id = newId().Value;
        List<(RunSpec Spec, SweepPlace Place)> cells = [.. Cells(design).Select(cell => (Build(design, cell).Spec!, PlaceOf(design, cell)))];
        return new(id, ExperimentKind.Sweep, [.. seeds.SelectMany(seed => cells.Select(cell => Member(cell.Spec, cell.Place, seed)))]);

        ExperimentMember Member(RunSpec spec, SweepPlace place, long seed) => new(newId(), spec with
        {
            Name = Name(design.Template.Name, place, seed),
            Seed = seed,
            Experiment = new()
            {
                Id = id,
                Kind = ExperimentKind.Sweep,
                Role = place.Cell[..Math.Min(place.Cell.Length, LongestRole)],
                Value = place.Settings.Select(setting => setting.Number).FirstOrDefault(number => number is not null),
                Sweep = place,
            },
        });
    }

    private static void CheckKnobs(ImmutableArray<SweepAxis> knobs, List<SpecProblem> problems)
    {
        if (knobs.IsDefault || knobs.Length is < 1 or > MostKnobs || knobs.Any(axis => !Enum.IsDefined(axis.Knob)) || knobs.DistinctBy(axis => axis.Knob).Count() < knobs.Length)
        {
            problems.Add(new("knobs", FormattableString.Invariant($"Choose 1 to {MostKnobs} different knobs.")));
            return;
        }

        foreach (var (i, axis) in knobs.Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"knobs[{i}].values");
            if (axis.Values.IsDefault || axis.Values.Length is < 1 or > MostValues)
            {
                problems.Add(new(path, FormattableString.Invariant($"Give 1 to {MostValues} values with commas between them.")));
            }
            else if (axis.Values.Select(value => Identity(axis.Knob, value)).Distinct(StringComparer.OrdinalIgnoreCase).Count() < axis.Values.Length)
            {
                problems.Add(new(path, "A value is given twice: give more seeds instead."));
            }
        }
    }

    private static string Identity(SweepKnob knob, string value) =>
        SweepKnobs.IsNumeric(knob) && SweepKnobs.Number(value) is { } number ? NumberFormat.Field(number) : value;

    // Each value is told once, in the first cell that it spoils.
    private static void CheckCells(SweepDesign design, List<SpecProblem> problems)
    {
        foreach (var cell in Cells(design))
        {
            var (spec, problem) = Build(design, cell);
            foreach (var found in spec is null ? [problem!] : Check(design, cell, spec))
            {
                if (!problems.Exists(known => string.Equals(known.Path, found.Path, StringComparison.Ordinal)))
                {
                    problems.Add(found);
                }
            }
        }
    }

    private static IEnumerable<SpecProblem> Check(SweepDesign design, int[] cell, RunSpec spec)
    {
        foreach (var problem in RunSpecValidator.Validate(spec))
        {
            var owner = design.Knobs.ToList().FindLastIndex(axis => SweepKnobs.Owns(axis.Knob, problem.Path));
            yield return owner < 0 ? problem with { Path = "knobs", Message = $"{problem.Path}: {problem.Message}" } : problem with { Path = ValuePath(owner, cell[owner]) };
        }

        if (design.Stop is { } stop && stop.Steps(spec).Count == 0)
        {
            yield return new("stop.rungs", FormattableString.Invariant($"No validation lies between a rung and the end of {PlaceOf(design, cell).Cell}: its {spec.TotalSteps:N0} steps are validated every {spec.ValidationIntervalSteps:N0}."));
        }
    }

    // Places of the values, the last knob fastest.
    private static IEnumerable<int[]> Cells(SweepDesign design)
    {
        IEnumerable<int[]> cells = [[]];
        foreach (var axis in design.Knobs)
        {
            cells = cells.SelectMany(_ => Enumerable.Range(0, axis.Values.Length), (cell, place) => (int[])[.. cell, place]);
        }

        return cells;
    }

    private static (RunSpec? Spec, SpecProblem? Problem) Build(SweepDesign design, int[] cell)
    {
        // A sweep trains from scratch, measures nothing extra, and is on no board.
        var spec = design.Template with { Branch = null, Entry = null, Experiment = null, Probes = null, KeptCheckpointIntervalSteps = null };
        foreach (var i in Enumerable.Range(0, cell.Length).OrderBy(i => design.Knobs[i].Knob))
        {
            var (changed, problem) = SweepKnobs.Set(spec, design.Knobs[i].Knob, design.Knobs[i].Values[cell[i]]);
            if (changed is null)
            {
                return (null, new(ValuePath(i, cell[i]), problem));
            }

            spec = changed;
        }

        return (spec, null);
    }

    private static SweepPlace PlaceOf(SweepDesign design, int[] cell) => new(
        [.. cell.Select((value, i) => new SweepSetting(design.Knobs[i].Knob, TextOf(design, i, value), SweepKnobs.IsNumeric(design.Knobs[i].Knob) ? SweepKnobs.Number(design.Knobs[i].Values[value]) : null))], design.Stop);

    private static string TextOf(SweepDesign design, int knob, int value)
    {
        var text = design.Knobs[knob].Values[value];
        return design.Knobs[knob].Knob == SweepKnob.Schedule ? ScheduleText(design, text, value)
            : design.Knobs[knob].Knob == SweepKnob.PeakRate ? NumberFormat.RateField(SweepKnobs.Number(text))
            : SweepKnobs.IsNumeric(design.Knobs[knob].Knob) ? NumberFormat.Field(SweepKnobs.Number(text))
            : text;
    }

    // Two schedules may have one name: their places distinguish them.
    private static string ScheduleText(SweepDesign design, string json, int value)
    {
        var name = SweepKnobs.Set(design.Template, SweepKnob.Schedule, json).Spec!.Schedule.Description.Split(':')[0];
        return string.Create(CultureInfo.InvariantCulture, $"{value + 1} {name}");
    }

    private static string ValuePath(int knob, int value) => string.Create(CultureInfo.InvariantCulture, $"knobs[{knob}].values[{value}]");

    private static string Name(string template, SweepPlace place, long seed)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $" · {place.Cell} · seed {seed}");
        end = end[..Math.Min(end.Length, LongestName - 1)];
        return $"{template[..Math.Min(template.Length, LongestName - end.Length)]}{end}";
    }
}
