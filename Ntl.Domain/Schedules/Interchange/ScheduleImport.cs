using System.Globalization;
using System.Text.Json;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules.Interchange.Import;
using Ntl.Domain.Schedules.Interchange.Python;

namespace Ntl.Domain.Schedules.Interchange;

/// <summary>Reads schedules of other libraries. The result has the source's rate at each step; each reader says how the source counts steps (docs/interchange.md).</summary>
public static class ScheduleImport
{
    private const int MaximumCharacters = 64 << 20;
    private const int MostPythonCharacters = 256 << 10;
    private const long MostCompared = 1_000_000;

    // Of the peak: a schedule that is further from its source than that is not the source's.
    private const double Tolerance = 1e-12;

    private static readonly string[] s_nameFields = ["scheduler", "scheduler_type", "schedule", "schedule_type", "class", "class_name", "_target_", "type", "name"];

    // Fields that only a state has: what it is the state of is asked for then.
    private static readonly string[] s_stateFields = ["_step_count", "last_epoch", "base_lrs"];

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">A JSON object, Python code that makes a scheduler, or rows of step and rate.</param>
    /// <param name="format">What it is; null to recognise it.</param>
    /// <param name="defaults">What is taken where the text does not say it.</param>
    public static ImportOutcome Read(string text, ImportFormat? format = null, ImportDefaults? defaults = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = defaults ?? ImportDefaults.None;
        if (text.Length > MaximumCharacters)
        {
            return Failed(format, [new("", $"A text to import has at most {MaximumCharacters} characters; this one has {text.Length}.")]);
        }

        if (string.IsNullOrWhiteSpace(text.Trim('\ufeff')))
        {
            return Failed(format, [new("", "There is nothing to import: the text is empty.")]);
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return Failed(format, [new("", "The text has zero characters in it, as UTF-16 has when it is read as UTF-8: save it as UTF-8.")]);
        }

        if (DefaultProblems(known) is { Count: > 0 } problems)
        {
            return Failed(format, problems);
        }

        return (format ?? ImportText.Recognise(text)) switch
        {
            ImportFormat.Csv => ReadRows(text, known),
            ImportFormat.Python => ReadPython(text, known),
            ImportFormat.Json => ReadOurs(text),
            _ => ReadJson(text, format, known),
        };
    }

    private static List<SpecProblem> DefaultProblems(ImportDefaults defaults)
    {
        var problems = new List<SpecProblem>();
        if (defaults.LearningRate is { } rate && rate is not (>= 0 and <= ScheduleSpec.MaximumRate))
        {
            problems.Add(new("lr", $"A learning rate is from 0 to {RateText.Format(ScheduleSpec.MaximumRate)}, but it is {RateText.Format(rate)}."));
        }

        if (defaults.Steps is { } steps && steps is not (>= 1 and <= ScheduleSpec.MaximumSteps))
        {
            problems.Add(new("steps", $"The number of updates is from 1 to {ScheduleSpec.MaximumSteps}, but it is {steps}."));
        }

        return problems;
    }

    private static ImportOutcome ReadRows(string text, ImportDefaults defaults)
    {
        var draft = new ImportDraft();
        CsvReader.Read(text, draft);
        if (defaults != ImportDefaults.None)
        {
            draft.Notes.Add("The rate and the number of updates beside the text are not used: the rows say both.");
        }

        return Outcome(ImportFormat.Csv, draft);
    }

    private static ImportOutcome ReadPython(string text, ImportDefaults defaults)
    {
        if (text.Length > MostPythonCharacters)
        {
            return Failed(
                ImportFormat.Python,
                [new("", $"Python of at most {MostPythonCharacters} characters is read; this has {text.Length}. Paste only the lines that make the scheduler.")]);
        }

        var python = PythonSchedule.Read(text, defaults);
        if (python.Json is null)
        {
            return Failed(ImportFormat.Python, python.Problems);
        }

        using var document = JsonDocument.Parse(python.Json.ToJsonString());
        var draft = new ImportDraft();
        ReadFields(python.Format, document.RootElement, draft);
        draft.Notes.InsertRange(0, python.Notes);
        var outcome = Outcome(ImportFormat.Python, draft);
        return outcome with { Problems = [.. outcome.Problems.Select(python.InText)] };
    }

    private static ImportOutcome ReadJson(string text, ImportFormat? format, ImportDefaults defaults)
    {
        try
        {
            var isPython = false;
            using var document = ImportText.Parse(text, out isPython);
            var root = document.RootElement;
            // Half of a character in a text, or a field given twice, would be found deep in an importer or not at all.
            if (JsonCheck.ProblemsOf(System.Text.Encoding.UTF8.GetBytes(root.GetRawText())) is { Count: > 0 } unreadable)
            {
                return Failed(format, unreadable);
            }

            if ((format ?? Recognise(root)) is not { } known)
            {
                return Failed(null, [new("", "This is no known form of a schedule: an object needs lr_scheduler_type (Hugging Face), scheduler (PyTorch), type or schedules (optax), or phases (Ntl).")]);
            }

            if (known is ImportFormat.Json)
            {
                return ReadOurs(text);
            }

            var draft = new ImportDraft();
            using var whole = ImportText.Complete(root, known, defaults, draft.Notes);
            ReadFields(known, whole?.RootElement ?? root, draft);
            if (isPython)
            {
                draft.Notes.Insert(0, "The text is read as a Python dict.");
            }

            return Outcome(known, draft);
        }
        catch (JsonException exception)
        {
            return Failed(format, [new("", $"This is not valid JSON: {JsonCheck.Place(exception)}.")]);
        }
    }

    private static void ReadFields(ImportFormat format, JsonElement root, ImportDraft draft)
    {
        var fields = new ImportFields(root, "", draft.Problems);
        switch (format)
        {
            case ImportFormat.HuggingFace:
                HuggingFaceReader.Read(fields, draft);
                break;
            case ImportFormat.PyTorch:
                PyTorchReader.Read(fields, draft);
                break;
            default:
                OptaxReader.Read(fields, draft);
                break;
        }
    }

    private static ImportFormat? Recognise(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("phases", out _))
        {
            return ImportFormat.Json;
        }

        var names = root.EnumerateObject().Where(field => s_nameFields.Contains(field.Name, StringComparer.Ordinal) && field.Value.ValueKind == JsonValueKind.String).Select(field => field.Value.GetString()!).ToList();
        return root.TryGetProperty("lr_scheduler_type", out _) || names.Exists(HuggingFaceReader.IsName) ? ImportFormat.HuggingFace
            : root.TryGetProperty("schedulers", out _) || names.Exists(PyTorchReader.IsName) ? ImportFormat.PyTorch
            : root.TryGetProperty("schedules", out _) || names.Exists(OptaxReader.IsName) ? ImportFormat.Optax
            : root.TryGetProperty("global_step", out _) || root.TryGetProperty("max_steps", out _) ? ImportFormat.HuggingFace
            : Array.Exists(s_stateFields, field => root.TryGetProperty(field, out _)) ? ImportFormat.PyTorch
            : null;
    }

    private static ImportOutcome ReadOurs(string text) =>
        ScheduleSpec.TryParse(text.TrimStart('\ufeff'), out var schedule, out var problems)
            ? new(ImportFormat.Json, schedule, ["Ntl's own form: read as it is."], []) { LargestDifference = 0 }
            : Failed(ImportFormat.Json, problems);

    private static ImportOutcome Outcome(ImportFormat format, ImportDraft draft)
    {
        if (draft.Problems.Count > 0)
        {
            return Failed(format, draft.Problems);
        }

        var steps = Math.Min(draft.Phases.Sum(phase => phase.Steps), ScheduleSpec.MaximumSteps);
        if (FirstWrong(draft.Rate, steps) is { } wrong)
        {
            return Failed(format, [new(draft.NameField, wrong)]);
        }

        if (!ScheduleSpec.TryCreate(draft.Phases, out var schedule, out var problems))
        {
            return Failed(format, [.. problems.Select(problem => new SpecProblem(draft.NameField, $"No schedule can be made of these parameters: {problem.Message}"))]);
        }

        var (largest, at) = Compare(schedule, draft.Rate);
        if (!(largest <= Tolerance * schedule.Peak))
        {
            return Failed(format, [new(
                draft.NameField,
                string.Create(CultureInfo.InvariantCulture, $"The imported schedule would differ from its source by {largest:0.0e-0} at update {at}, so it is not taken.")
                    + " This is a fault of the import: please report it with the text.")]);
        }

        var compared = schedule.TotalSteps <= MostCompared ? $"all {schedule.TotalSteps} steps" : $"{MostCompared} of {schedule.TotalSteps} steps";
        var difference = largest == 0 ? "none, to the bit" : $"{NumberFormat.Rate(NumberFormat.Round(largest, 2))}, at a peak of {RateText.Format(schedule.Peak)}";
        return new(format, schedule, [.. draft.Notes, $"Largest difference from the source's formula, worked out in double precision over {compared}: {difference}."], []) { LargestDifference = largest };
    }

    // Why the source's own rates are no schedule; null where they are. Said in the source's words before the phases say it in theirs.
    private static string? FirstWrong(Func<long, double> source, long steps)
    {
        var count = Math.Min(steps, MostCompared);
        for (var i = 0L; i < count; i++)
        {
            var step = Spread(i, count, steps);
            var rate = source(step);
            if (!double.IsFinite(rate))
            {
                return $"The imported schedule gives no number at update {step}.";
            }

            if (rate is < 0 or > ScheduleSpec.MaximumRate or (> 0 and < ScheduleSpec.SmallestPositiveRate))
            {
                return $"The imported schedule gives a rate of {RateText.Format(rate)} at update {step}. "
                    + $"A rate is 0, or from {RateText.Format(ScheduleSpec.SmallestPositiveRate)} to {RateText.Format(ScheduleSpec.MaximumRate)}.";
            }
        }

        return null;
    }

    // NaN counts as the largest of all.
    private static (double Difference, long Step) Compare(ScheduleSpec schedule, Func<long, double> source)
    {
        var count = Math.Min(schedule.TotalSteps, MostCompared);
        var (largest, at) = (0.0, 0L);
        for (var i = 0L; i < count; i++)
        {
            var step = Spread(i, count, schedule.TotalSteps);
            var difference = Math.Abs(schedule.LearningRate(step) - source(step));
            if (!(difference <= largest))
            {
                (largest, at) = (difference, step);
            }

            if (double.IsNaN(largest))
            {
                break;
            }
        }

        return (largest, at);
    }

    private static long Spread(long i, long count, long steps) => count == 1 ? 0 : (steps - 1) * i / (count - 1);

    private static ImportOutcome Failed(ImportFormat? format, IEnumerable<SpecProblem> problems) => new(format, null, [], [.. problems]);
}
