using System.Globalization;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules.Interchange.Import;

namespace Ntl.Domain.Schedules.Interchange;

/// <summary>Reads schedules of other libraries. The result has the source's rate at each step; each reader says how the source counts steps (docs/interchange.md).</summary>
public static class ScheduleImport
{
    private const int MaximumCharacters = 64 << 20;
    private const long MostCompared = 1_000_000;

    private static readonly string[] s_nameFields = ["scheduler", "scheduler_type", "schedule", "schedule_type", "class", "class_name", "_target_", "type", "name"];

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">A JSON object, or rows of step and rate.</param>
    /// <param name="format">What it is; null to recognise it.</param>
    public static ImportOutcome Read(string text, ImportFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumCharacters)
        {
            return Failed(format, [new("", $"A text to import has at most {MaximumCharacters} characters; this one has {text.Length}.")]);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return Failed(format, [new("", "There is nothing to import: the text is empty.")]);
        }

        if (format is ImportFormat.Csv || (format is null && text.AsSpan().TrimStart('\ufeff').TrimStart() is not ['{' or '[', ..]))
        {
            return Finish(ImportFormat.Csv, CsvReader.Read);
        }

        if (format is ImportFormat.Json)
        {
            return ReadOurs(text);
        }

        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\ufeff'));
            var root = document.RootElement;
            return (format ?? Recognise(root)) switch
            {
                ImportFormat.Json => ReadOurs(text),
                { } known => Finish(known, (_, draft) => ReadFields(known, root, draft)),
                null => Failed(null, [new("", "This is no known form of a schedule: an object needs lr_scheduler_type (Hugging Face), scheduler (PyTorch), type or schedules (optax), or phases (Ntl).")]),
            };
        }
        catch (JsonException exception)
        {
            return Failed(format, [new("", $"This is not JSON: {exception.Message}")]);
        }

        ImportOutcome Finish(ImportFormat known, Action<string, ImportDraft> read)
        {
            var draft = new ImportDraft();
            read(text, draft);
            return Outcome(known, draft);
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

        if (!ScheduleSpec.TryCreate(draft.Phases, out var schedule, out var problems))
        {
            return Failed(format, [.. problems.Select(problem => new SpecProblem("", $"What it says makes no schedule ({problem.Path}): {problem.Message}"))]);
        }

        var largest = Compare(schedule, draft.Rate);
        var compared = schedule.TotalSteps <= MostCompared ? $"all {schedule.TotalSteps} steps" : $"{MostCompared} of {schedule.TotalSteps} steps";
        var difference = largest == 0 ? "none, to the bit" : $"{largest.ToString("0.0e-0", CultureInfo.InvariantCulture)}, at a peak of {RateText.Format(schedule.Peak)}";
        return new(format, schedule, [.. draft.Notes, $"Largest difference from the source's formula, worked out in double precision over {compared}: {difference}."], []) { LargestDifference = largest };
    }

    private static double Compare(ScheduleSpec schedule, Func<long, double> source)
    {
        var count = Math.Min(schedule.TotalSteps, MostCompared);
        var largest = 0.0;
        for (var i = 0L; i < count; i++)
        {
            var step = count == 1 ? 0 : (schedule.TotalSteps - 1) * i / (count - 1);
            largest = Math.Max(largest, Math.Abs(schedule.LearningRate(step) - source(step)));
        }

        return largest;
    }

    private static ImportOutcome Failed(ImportFormat? format, IEnumerable<SpecProblem> problems) => new(format, null, [], [.. problems]);
}
