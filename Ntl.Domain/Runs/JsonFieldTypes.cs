using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Ntl.Domain.Runs;

/// <summary>Says in plain words what a field of a body must be, where the serializer could not read it.</summary>
public static partial class JsonFieldTypes
{
    /// <summary>What was wrong with a text that the serializer refused, in place of the serializer's own words.</summary>
    /// <param name="exception">The refusal.</param>
    /// <param name="type">The type of the whole.</param>
    /// <param name="options">How it was read.</param>
    public static SpecProblem ProblemOf(JsonException exception, Type type, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        var place = JsonCheck.Place(exception);
        return IsAboutText(exception)
            ? new("", $"This is not valid JSON: {place}.")
            : new(FieldOf(exception.Path), $"{Expected(type, exception.Path, options)} ({char.ToUpperInvariant(place[0])}{place[1..]}.)");
    }

    /// <summary>Whether an exception is about the text, which is no JSON, and not about a value in it.</summary>
    /// <remarks>The reader throws a type of its own, which the serializer wraps.</remarks>
    public static bool IsAboutText(JsonException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.GetType() != typeof(JsonException) || exception.InnerException is JsonException;
    }

    /// <summary>The field that a serializer's path names; "" for the whole.</summary>
    public static string FieldOf(string? jsonPath) => (jsonPath ?? "").TrimStart('$').TrimStart('.');

    /// <summary>What is wanted at a path of a text.</summary>
    /// <param name="body">The type of the whole.</param>
    /// <param name="jsonPath">The serializer's path, such as <c>$.options.holdSteps</c>.</param>
    /// <param name="options">How the body is read.</param>
    private static string Expected(Type body, string? jsonPath, JsonSerializerOptions options)
    {
        var type = body;
        foreach (Match part in Part().Matches(FieldOf(jsonPath)))
        {
            var next = part.Groups["name"].Success ? PropertyOf(type, part.Groups["name"].Value, options) : ElementOf(type);
            if (next is null)
            {
                return part.Groups["name"].Success ? "There is no such field." : "The value cannot be read.";
            }

            type = next;
        }

        return $"The value must be {Words(Nullable.GetUnderlyingType(type) ?? type, options)}.";
    }

    private static Type? PropertyOf(Type type, string name, JsonSerializerOptions options)
    {
        var info = options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        return info.Kind == JsonTypeInfoKind.Object
            ? info.Properties.FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))?.PropertyType
            : null;
    }

    private static Type? ElementOf(Type type)
    {
        var list = Nullable.GetUnderlyingType(type) ?? type;
        return list.GetElementType() ?? (list.IsGenericType ? list.GetGenericArguments()[0] : null);
    }

    private static string Words(Type type, JsonSerializerOptions options) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum =>
            "one of " + string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, options).Trim('"'))),
        TypeCode.Int32 => FormattableString.Invariant($"a whole number from {int.MinValue} to {int.MaxValue}"),
        TypeCode.Int64 => "a whole number of at most 64 bits",
        TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number",
        TypeCode.Boolean => "true or false",
        TypeCode.String => "a text in quotes",
        _ when ElementOf(type) is not null => "a list in brackets",
        _ => "an object in braces",
    };

    [GeneratedRegex(@"(?<name>[^.\[\]]+)|\[\d+\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Part();
}
