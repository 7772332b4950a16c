using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ntl.Domain.Schedules.Interchange.Import;
using Ntl.Domain.Schedules.Interchange.Python;

namespace Ntl.Domain.Schedules.Interchange;

/// <summary>What a text to import is, before it is read.</summary>
internal static class ImportText
{
    private const int MostLines = 200;
    private const int LongestDict = 1 << 20;

    private const int LongestStart = 500;

    // An import, a definition, an assignment or a call at the beginning of a line.
    private static readonly Regex s_pythonLine = new(
        @"^(from\s+[\w.]+\s+import\b|import\s+\w|(async\s+)?def\s+\w|class\s+\w|@\w"
            + @"|(for|while|if|with|try|else|elif)\b.*:(\s|$)"
            + @"|[A-Za-z_][\w.]*(\s*\[[^\]]*\])?\s*(:\s*[\w.\[\]]+\s*)?=([^=]|$)|[A-Za-z_][\w.]*\s*\()",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    // What is needed of each library, under the names that it may have.
    private static readonly string[] s_rateFields = ["lr", "learning_rate", "initial_lr", "base_lr", "base_lrs"];
    private static readonly string[] s_stepFields = ["steps", "max_steps", "num_steps", "num_training_steps", "total_steps"];

    /// <summary>Python, rows, or null for JSON of whatever kind.</summary>
    public static ImportFormat? Recognise(string text)
    {
        var start = text.AsSpan().TrimStart('\ufeff').TrimStart();
        if (start is ['{' or '[', ..])
        {
            return null;
        }

        var left = MostLines;
        foreach (var range in start.SplitAny('\n', '\r'))
        {
            var line = start[range].Trim();
            if (left-- == 0)
            {
                break;
            }

            if (line.Length > 0 && line[0] != '#' && CsvLine.Declared(line.ToString()) is null && s_pythonLine.IsMatch(line[..Math.Min(line.Length, LongestStart)]))
            {
                return ImportFormat.Python;
            }
        }

        return ImportFormat.Csv;
    }

    /// <summary>A JSON document, of a Python dict literal too, as print(scheduler.state_dict()) writes it.</summary>
    /// <exception cref="JsonException">It is neither.</exception>
    public static JsonDocument Parse(string text, out bool isPython)
    {
        var json = text.Trim('\ufeff');
        try
        {
            isPython = false;
            return JsonDocument.Parse(json);
        }
        catch (JsonException) when (json.Length <= LongestDict && PythonDict.ToJson(json) is { } dict)
        {
            isPython = true;
            return JsonDocument.Parse(dict.ToJsonString());
        }
    }

    /// <summary>The object with what it does not say itself; null where nothing is added.</summary>
    public static JsonDocument? Complete(JsonElement root, ImportFormat format, ImportDefaults defaults, List<string> notes)
    {
        if (root.ValueKind != JsonValueKind.Object || defaults == ImportDefaults.None)
        {
            return null;
        }

        var json = JsonObject.Create(root)!;
        Add(s_rateFields, format switch { ImportFormat.PyTorch => "lr", ImportFormat.HuggingFace => "learning_rate", _ => null }, defaults.LearningRate is { } rate ? JsonValue.Create(rate) : null, "rate");
        Add(
            s_stepFields, format is ImportFormat.HuggingFace ? "max_steps" : "steps",
            defaults.Steps is { } steps ? JsonValue.Create(steps) : null, "number of updates");
        return JsonDocument.Parse(json.ToJsonString());

        void Add(string[] names, string? name, JsonValue? value, string what)
        {
            if (value is null)
            {
                return;
            }

            if (name is null || names.Any(each => root.TryGetProperty(each, out var given) && given.ValueKind != JsonValueKind.Null))
            {
                notes.Add($"The {what} beside the text is not used: {(name is null ? "the schedule has rates of its own" : "the text says it")}.");
                return;
            }

            json[name] = value;
        }
    }
}
