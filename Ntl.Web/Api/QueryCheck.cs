using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Primitives;
using Ntl.Domain.Runs;

namespace Ntl.Web.Api;

/// <summary>Checks a request's query against its endpoint's parameters: each value is what its parameter takes, and lies in its range.</summary>
internal static class QueryCheck
{
    // Ranges by name: a name means the same in every endpoint.
    private static readonly Dictionary<string, (long Least, string Words)> s_least = new(StringComparer.Ordinal)
    {
        ["skip"] = (0, "0 or more"),
        ["take"] = (1, "1 or more"),
        ["last"] = (1, "1 or more"),
        ["max"] = (1, "1 or more"),
        ["points"] = (1, "1 or more"),
        ["attempt"] = (1, "1 or more"),
        ["version"] = (1, "1 or more"),
        ["position"] = (1, "1 or more"),
        ["from"] = (0, "0 or more"),
        ["to"] = (0, "0 or more"),
        ["vocabularySize"] = (2, "2 or more"),
    };

    /// <summary>What is wrong with the query, by field; empty for nothing.</summary>
    public static IReadOnlyList<SpecProblem> ProblemsOf(MethodInfo handler, HttpRequest request)
    {
        List<SpecProblem> problems = [];
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.Name is { } name && IsQuery(parameter, request) && ProblemOf(parameter, request.Query[name]) is { } problem)
            {
                problems.Add(new(name, problem));
            }
        }

        foreach (var (name, values) in request.Query)
        {
            if (values.Any(value => value is not null && !IsSound(value)))
            {
                problems.Add(new(name, "The text holds half of a character (a lone surrogate) or a NUL character."));
            }
        }

        return problems;
    }

    /// <summary>Whether a text can be stored and given back.</summary>
    public static bool IsSound(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQuery(ParameterInfo parameter, HttpRequest request) =>
        !request.RouteValues.ContainsKey(parameter.Name!) && Kind(parameter) is { } type && (type.IsPrimitive || type == typeof(string));

    private static Type? Kind(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return type == typeof(string[]) ? typeof(string) : Nullable.GetUnderlyingType(type) ?? type;
    }

    private static string? ProblemOf(ParameterInfo parameter, StringValues values)
    {
        var isOptional = parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        if (parameter.ParameterType == typeof(string[]))
        {
            return null;
        }

        if (values.Count == 0)
        {
            return isOptional ? null : "The field is missing.";
        }

        if (values.Count > 1)
        {
            return FormattableString.Invariant($"The field is given {values.Count} times; it takes one value.");
        }

        var text = values[0] ?? "";
        var mayBeEmpty = parameter.ParameterType == typeof(string) || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
        return text.Length == 0 && mayBeEmpty ? null : ValueProblem(parameter.Name!, Kind(parameter)!, text);
    }

    private static string? ValueProblem(string name, Type type, string text)
    {
        switch (Type.GetTypeCode(type))
        {
            case TypeCode.Boolean:
                return bool.TryParse(text, out _) ? null : $"'{text}' is neither true nor false.";
            case TypeCode.Int32 or TypeCode.Int64:
                if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    || (type == typeof(int) && whole is < int.MinValue or > int.MaxValue))
                {
                    return $"'{text}' is not a whole number that this field takes.";
                }

                return s_least.TryGetValue(name, out var range) && whole < range.Least ? $"The value is {range.Words}; it is {text}." : null;
            case TypeCode.Double:
                return !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)
                    ? $"'{text}' is not a finite number."
                    : null;
            default:
                return null;
        }
    }
}
