using System.Text.Json;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>An object's fields under any of their known names. <c>null</c> counts as not given, as in Python.</summary>
internal sealed class ImportFields
{
    private readonly JsonElement _object;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public ImportFields(JsonElement element, string path, List<SpecProblem> problems)
    {
        (Path, Problems) = (path, problems);
        if (element.ValueKind == JsonValueKind.Object)
        {
            _object = element;
        }
        else
        {
            problems.Add(new(path, "Expected an object of parameters."));
        }
    }

    public string Path { get; }

    public List<SpecProblem> Problems { get; }

    public void Report(string field, string message) => Problems.Add(new(PathOf(field), message));

    /// <summary>Reports a field that is not given. One that is given and wrong has its problem already.</summary>
    public void Require(string field, string message)
    {
        if (Find(field) is null)
        {
            Report(field, message);
        }
    }

    public string PathOf(string field) => Path.Length == 0 ? field : field.Length == 0 ? Path : $"{Path}.{field}";

    public bool Has(string name) => Find(name) is not null;

    public string? Text(params string[] names) => Find(names) is not var (name, value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : Wrong<string>(name, "a text");

    public double? Number(params string[] names) => Find(names) is not var (name, value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : Wrong<double?>(name, "a finite number");

    public bool? Flag(params string[] names) => Find(names) is not var (name, value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : Wrong<bool?>(name, "true or false");

    /// <summary>A whole number, written with or without decimals.</summary>
    public long? Integer(params string[] names) => Find(names) is not var (name, value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) <= 1L << 53 && number == Math.Floor(number) ? (long)number
        : Wrong<long?>(name, "a whole number");

    /// <summary>A number of steps: whole, and in a range.</summary>
    public long? Steps(long least, params string[] names)
    {
        var steps = Integer(names);
        if (steps is { } given && (given < least || given > ScheduleSpec.MaximumSteps))
        {
            Report(Find(names)!.Value.Name, $"It must be a whole number from {least} to {ScheduleSpec.MaximumSteps}, but is {given}.");
            return null;
        }

        return steps;
    }

    public ImportFields? Object(params string[] names) => Find(names) is var (name, value) ? new(value, PathOf(name), Problems) : null;

    /// <summary>The objects of an array.</summary>
    public IReadOnlyList<ImportFields>? Objects(params string[] names) => Array(names) is not { } items ? null : [.. items.Select(item => new ImportFields(item.Value, item.Path, Problems))];

    /// <summary>The whole numbers of an array.</summary>
    public IReadOnlyList<long>? Integers(params string[] names)
    {
        if (Array(names) is not { } items)
        {
            return null;
        }

        var numbers = new List<long>();
        foreach (var (value, path) in items)
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
            {
                numbers.Add(number);
            }
            else
            {
                Problems.Add(new(path, "Expected a whole number."));
            }
        }

        return numbers;
    }

    /// <summary>An object whose names are steps and whose values are numbers, by rising steps.</summary>
    public IReadOnlyList<(long Step, double Value)>? ByStep(string name)
    {
        if (Object(name) is not { } map || map._object.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var steps = new SortedDictionary<long, double>();
        foreach (var field in map._object.EnumerateObject())
        {
            if (!long.TryParse(field.Name, System.Globalization.CultureInfo.InvariantCulture, out var step) || step is < 0 or > ScheduleSpec.MaximumSteps)
            {
                map.Report(field.Name, "It is a step: a whole number that is not negative.");
            }
            else if (map.Number(field.Name) is { } value)
            {
                steps[step] = value;
            }
        }

        return [.. steps.Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>The numbers of an array.</summary>
    public IReadOnlyList<double>? Numbers(params string[] names)
    {
        if (Array(names) is not { } items)
        {
            return null;
        }

        foreach (var (value, path) in items.Where(item => item.Value.ValueKind != JsonValueKind.Number))
        {
            Problems.Add(new(path, "Expected a number."));
        }

        return [.. items.Where(item => item.Value.ValueKind == JsonValueKind.Number).Select(item => item.Value.GetDouble())];
    }

    /// <summary>Reports every field that was not asked for, but for some.</summary>
    public void End(params string[] ignored)
    {
        if (_object.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in _object.EnumerateObject().Select(field => field.Name).Except(_asked, StringComparer.Ordinal).Except(ignored, StringComparer.Ordinal))
            {
                Report(field, "There is no such parameter.");
            }
        }
    }

    private (JsonElement Value, string Path)[]? Array(params string[] names)
    {
        if (Find(names) is not var (name, value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > ScheduleSpec.MaximumPhases)
        {
            Report(name, $"Expected an array of at most {ScheduleSpec.MaximumPhases}.");
            return null;
        }

        return [.. value.EnumerateArray().Select((item, i) => (item, $"{PathOf(name)}[{i}]"))];
    }

    /// <summary>A field under the first of its names that is given; null where none is.</summary>
    public (string Name, JsonElement Value)? Find(params string[] names)
    {
        foreach (var name in names)
        {
            _asked.Add(name);
        }

        if (_object.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in names)
        {
            if (_object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                return (name, value);
            }
        }

        return null;
    }

    private T? Wrong<T>(string field, string expected)
    {
        Report(field, $"Expected {expected}.");
        return default;
    }
}
