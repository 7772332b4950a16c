using System.Text.Json;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>Reads an object's fields by name and reports what is missing, of the wrong type, repeated or not asked for.</summary>
internal sealed class StrictJsonObject
{
    private readonly string _path;
    private readonly Dictionary<string, JsonElement> _unread = new(StringComparer.Ordinal);
    private readonly bool _isObject;

    public StrictJsonObject(JsonElement element, string path, List<SpecProblem> problems)
    {
        _path = path;
        Problems = problems;
        _isObject = element.ValueKind == JsonValueKind.Object;
        if (!_isObject)
        {
            problems.Add(new(path, $"Expected an object, found {Name(element)}."));
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!_unread.TryAdd(property.Name, property.Value))
            {
                Report(property.Name, "This field is given twice.");
            }
        }
    }

    public List<SpecProblem> Problems { get; }

    public void Report(string field, string message) => Problems.Add(new(PathOf(field), message));

    public string? Text(string field) =>
        Take(field) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : Wrong<string>(field, "a text", value);

    /// <summary>Whether a field is there that nothing has asked for yet.</summary>
    public bool Has(string field) => _unread.ContainsKey(field);

    public long? Integer(string field) =>
        Take(field) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var integer) ? integer
        : Wrong<long?>(field, "a whole number", value);

    public double? Number(string field) =>
        Take(field) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : Wrong<double?>(field, "a finite number", value);

    public bool? Boolean(string field) =>
        Take(field) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : Wrong<bool?>(field, "true or false", value);

    public StrictJsonObject? Object(string field) => Take(field) is { } value ? new(value, PathOf(field), Problems) : null;

    /// <summary>Every field that is left, each a number.</summary>
    public Dictionary<string, double> Numbers() =>
        _unread.Keys.ToArray().Select(name => (name, value: Number(name))).Where(pair => pair.value is not null).ToDictionary(pair => pair.name, pair => pair.value!.Value, StringComparer.Ordinal);

    // A problem was reported where there is none to return, so the phase made of these values is never used.
    public long Steps(string field = "steps") => Integer(field) ?? 1;

    public double Rate(string field) => Number(field) ?? 0;

    public IEnumerable<(JsonElement Item, string Path)> Array(string field, int maximumLength)
    {
        if (Take(field) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Wrong<IEnumerable<(JsonElement, string)>>(field, "an array", value) ?? [];
        }

        if (value.GetArrayLength() > maximumLength)
        {
            Report(field, $"At most {maximumLength} are allowed; there are {value.GetArrayLength()}.");
            return [];
        }

        return value.EnumerateArray().Select((item, i) => (item, $"{PathOf(field)}[{i}]"));
    }

    /// <summary>Reports the fields that nothing asked for.</summary>
    public void End()
    {
        foreach (var field in _unread.Keys)
        {
            Report(field, "There is no such field.");
        }
    }

    private JsonElement? Take(string field)
    {
        if (_unread.Remove(field, out var value))
        {
            return value;
        }

        if (_isObject)
        {
            Report(field, "This field is missing.");
        }

        return null;
    }

    private T? Wrong<T>(string field, string expected, JsonElement value)
    {
        Report(field, $"Expected {expected}, found {Name(value)}.");
        return default;
    }

    private string PathOf(string field) => _path.Length == 0 ? field : $"{_path}.{field}";

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "the number " + (value.GetRawText() is { Length: <= 40 } text ? text : value.GetRawText()[..40] + "…"),
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };
}
