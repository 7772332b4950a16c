using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Ntl.Domain.Laws.Curves;

/// <summary>
/// A log as JSON, brought to a table: <c>trainer_state.json</c> with its <c>log_history</c>, an array of objects, an object of equally long
/// arrays, or an object per line.
/// </summary>
internal static class JsonLog
{
    private const int MostColumns = 4_096;
    private const long MostCells = 20_000_000;
    private const int Deepest = 64;
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = Deepest, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static bool IsOne(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    public static CsvTable Read(string text)
    {
        List<string> notes = [];
        text = WithQuotedNaN(text);
        List<(int Line, JsonElement Value)> rows;
        var isLines = false;
        try
        {
            using var document = JsonDocument.Parse(text, s_options);
            rows = RowsOf(document.RootElement.Clone());
        }
        catch (JsonException whole)
        {
            rows = Lines(text, whole, notes);
            isLines = true;
        }

        return Table(rows, isLines ? "Line" : "Entry", notes);
    }

    private static List<(int Line, JsonElement Value)> RowsOf(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (root.TryGetProperty("log_history", out var history) && history.ValueKind == JsonValueKind.Array)
            {
                root = history;
            }
            else if (Columns(root) is { } columns)
            {
                return columns;
            }
            else
            {
                return root.EnumerateObject().Any(property => SeriesNames.IsStep(property.Name))
                    ? [(1, root)]
                    : throw new CurveFileException("The JSON holds no log: it needs a 'log_history', an array of objects with a step and a loss each, or an object per line.");
            }
        }

        List<(int Line, JsonElement Value)> rows = [.. root.EnumerateArray().Select((value, i) => (i + 1, value)).Where(row => row.value.ValueKind == JsonValueKind.Object)];
        return rows.Count > 0 ? rows : throw new CurveFileException("The JSON's log holds no objects with a step and a loss.");
    }

    // {"step": [0, 10], "loss": [4.0, 3.5]}
    private static List<(int Line, JsonElement Value)>? Columns(JsonElement root)
    {
        var columns = root.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Array && property.Value.GetArrayLength() > 1).ToList();
        if (!columns.Exists(column => SeriesNames.LossRank(column.Name) != SeriesNames.NotOne))
        {
            return null;
        }

        var length = columns[0].Value.GetArrayLength();
        if (columns.Find(column => column.Value.GetArrayLength() != length) is { Value.ValueKind: JsonValueKind.Array } odd)
        {
            throw new CurveFileException(
                "The arrays of the JSON have different lengths: "
                + FormattableString.Invariant($"'{CsvTable.Shorten(columns[0].Name)}' has {length:N0} values, ")
                + FormattableString.Invariant($"'{CsvTable.Shorten(odd.Name)}' has {odd.Value.GetArrayLength():N0}. ")
                + "Which value belongs to which step is not known.");
        }

        List<(int Line, JsonElement Value)> rows = [];
        for (var i = 0; i < columns[0].Value.GetArrayLength(); i++)
        {
            var at = i;
            rows.Add((i + 1, JsonSerializer.SerializeToElement(columns.ToDictionary(column => column.Name, column => column.Value[at], StringComparer.Ordinal))));
        }

        return rows;
    }

    private static List<(int Line, JsonElement Value)> Lines(string text, JsonException whole, List<string> notes)
    {
        List<(int Line, JsonElement Value)> rows = [];
        List<long> strange = [];
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line is not ['{', ..])
            {
                if (line.Length > 0)
                {
                    strange.Add(i + 1);
                }

                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(line, s_options);
                rows.Add((i + 1, document.RootElement.Clone()));
            }
            catch (JsonException) when (rows.Count > 0 && i == lines.Length - 1)
            {
                notes.Add(FormattableString.Invariant($"The last line, {i + 1}, is cut off and was left out."));
            }
            catch (JsonException broken)
            {
                throw new CurveFileException(rows.Count == 0
                    ? FormattableString.Invariant($"The JSON is broken at line {whole.LineNumber + 1}: {Plain(whole)}{(line.Contains('\'', StringComparison.Ordinal) ? " A Python dictionary is no JSON: write it with json.dumps." : "")}")
                    : FormattableString.Invariant($"Line {i + 1} is broken JSON: {Plain(broken)}"));
            }
        }

        if (rows.Count == 0 || strange.Count > rows.Count)
        {
            throw new CurveFileException(FormattableString.Invariant($"The JSON is broken at line {whole.LineNumber + 1}: {Plain(whole)}"));
        }

        if (strange.Count > 0)
        {
            notes.Add($"{StepRanges.Count(strange.Count, "line is", "lines are")} no JSON object, left out: {StepRanges.Say(strange).Split(' ', 2)[1]}.");
        }

        return rows;
    }

    private static CsvTable Table(List<(int Line, JsonElement Value)> rows, string rowWord, List<string> notes)
    {
        if (rows.Count > CurveFile.MaximumSamples)
        {
            throw new CurveFileException(FormattableString.Invariant($"The file has more than {CurveFile.MaximumSamples:N0} rows; keep every tenth, say."));
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        List<(int Line, Dictionary<int, string> Cells)> cells = [];
        foreach (var (line, value) in rows)
        {
            Dictionary<int, string> row = [];
            Flatten("", value, columns, row);
            cells.Add((line, row));
        }

        if ((long)rows.Count * columns.Count > MostCells)
        {
            throw new CurveFileException(FormattableString.Invariant($"The log has {rows.Count:N0} rows with {columns.Count:N0} fields in all; keep those of loss, rate and step."));
        }

        return new([.. columns.Keys], [.. cells.Select(row => (row.Line, Enumerable.Range(0, columns.Count).Select(column => row.Cells.GetValueOrDefault(column, "")).ToArray()))])
        {
            Notes = [.. notes],
            RowWord = rowWord,
        };
    }

    // {"train": {"loss": 4}} is train/loss.
    private static void Flatten(string prefix, JsonElement value, Dictionary<string, int> columns, Dictionary<int, string> row)
    {
        foreach (var property in value.EnumerateObject())
        {
            var name = prefix + property.Name;
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Flatten($"{name}/", property.Value, columns, row);
                    break;
                case JsonValueKind.Number or JsonValueKind.String:
                    if (!columns.TryGetValue(name, out var column))
                    {
                        columns.Add(name, column = columns.Count < MostColumns
                            ? columns.Count
                            : throw new CurveFileException(FormattableString.Invariant($"The log has more than {MostColumns:N0} fields.")));
                    }

                    row[column] = property.Value.ValueKind == JsonValueKind.Number ? property.Value.GetRawText() : property.Value.GetString()!;
                    break;
                default:
                    break; // arrays, true, false, null: no numbers of a curve
            }
        }
    }

    private static string Plain(JsonException exception) => exception.Message.Split(" Path:", 2)[0].Split(" LineNumber:", 2)[0];

    // Python writes NaN and Infinity, which JSON does not have.
    private static string WithQuotedNaN(string text)
    {
        if (!text.Contains("NaN", StringComparison.Ordinal) && !text.Contains("Infinity", StringComparison.Ordinal))
        {
            return text;
        }

        var (result, isText) = (new StringBuilder(text.Length + 64), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (isText && text[i] == '\\')
            {
                result.Append(text, i, Math.Min(2, text.Length - i));
                i++;
                continue;
            }

            isText ^= text[i] == '"';
            var word = isText ? null : Array.Find(["NaN", "-Infinity", "Infinity"], word => string.CompareOrdinal(text, i, word, 0, word.Length) == 0);
            if (word is null)
            {
                result.Append(text[i]);
            }
            else
            {
                result.Append('"').Append(word).Append('"');
                i += word.Length - 1;
            }
        }

        return result.ToString();
    }
}
