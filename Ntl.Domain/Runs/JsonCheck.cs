using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ntl.Domain.Runs;

/// <summary>Finds what makes a text unreadable as JSON, with the field and the place, before anything else reads it.</summary>
/// <remarks>
/// The serializer alone takes a field twice, and text that cannot be stored: half of a surrogate pair, bytes that are not UTF-8, NUL.
/// </remarks>
public static class JsonCheck
{
    private const int MostProblems = 20;

    /// <summary>What is wrong with a text, at most the first 20 problems; empty for nothing. A path of "" means the whole.</summary>
    /// <param name="json">The text in UTF-8, with or without a byte order mark.</param>
    public static IReadOnlyList<SpecProblem> ProblemsOf(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            json = json[3..];
        }

        if (!json.ContainsAnyExcept(" \t\r\n"u8))
        {
            return [new("", "The JSON is missing: the text is empty.")];
        }

        List<SpecProblem> problems = [];
        Stack<Level> levels = new();
        var reader = new Utf8JsonReader(json);
        try
        {
            while (problems.Count < MostProblems && reader.Read())
            {
                Take(ref reader, levels, problems);
            }
        }
        catch (JsonException exception)
        {
            var within = PathOf(levels) is { Length: > 0 } path ? $", in '{path}'" : "";
            problems.Add(new("", $"This is not valid JSON: {Place(exception)}{within}."));
        }

        return problems;
    }

    /// <summary>Where a reader stopped, for people: lines and columns from 1.</summary>
    public static string Place(JsonException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FormattableString.Invariant($"line {(exception.LineNumber ?? 0) + 1}, column {(exception.BytePositionInLine ?? 0) + 1}");
    }

    private static void Take(ref Utf8JsonReader reader, Stack<Level> levels, List<SpecProblem> problems)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Begin(levels);
                levels.Push(new(IsArray: false));
                break;
            case JsonTokenType.StartArray:
                Begin(levels);
                levels.Push(new(IsArray: true));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                levels.Pop();
                break;
            case JsonTokenType.PropertyName:
                var level = levels.Peek();
                if (TextOf(ref reader) is not { } name)
                {
                    problems.Add(new(PathOf(levels), "The name of a field is not valid text."));
                    break;
                }

                level.Name = name;
                if (!level.Names.Add(name))
                {
                    problems.Add(new(PathOf(levels), "The field is given twice."));
                }

                break;
            default:
                Begin(levels);
                if (reader.TokenType == JsonTokenType.String)
                {
                    TakeText(ref reader, levels, problems);
                }

                break;
        }
    }

    private static void TakeText(ref Utf8JsonReader reader, Stack<Level> levels, List<SpecProblem> problems)
    {
        if (TextOf(ref reader) is not { } text)
        {
            problems.Add(new(PathOf(levels), "The text holds half of a character (a lone surrogate, or bytes that are not UTF-8)."));
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(new(PathOf(levels), "The text holds a NUL character."));
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Begin(Stack<Level> levels)
    {
        if (levels.TryPeek(out var level) && level.IsArray)
        {
            level.Index++;
        }
    }

    private static string PathOf(Stack<Level> levels)
    {
        var path = new StringBuilder();
        foreach (var level in levels.Reverse())
        {
            if (level.IsArray)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{Math.Max(0, level.Index)}]");
            }
            else if (level.Name is { } name)
            {
                path.Append(path.Length == 0 ? "" : ".").Append(name);
            }
        }

        return path.ToString();
    }

    private sealed record Level(bool IsArray)
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public string? Name { get; set; }

        public int Index { get; set; } = -1;
    }
}
