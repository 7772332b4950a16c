using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Runs;

/// <summary>The stored form of a <see cref="RunSpec"/>: JSON with camel-case names in declaration order.</summary>
public static class RunSpecJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly JsonSerializerOptions s_indented = new(s_options) { WriteIndented = true };

    /// <summary>Writes the canonical form: no white space, so that equal specs are equal bytes.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="indented">True for the same content laid out for people.</param>
    /// <returns>The JSON text.</returns>
    public static string Write(RunSpec spec, bool indented = false) =>
        JsonSerializer.Serialize(spec, indented ? s_indented : s_options);

    /// <summary>Reads a stored or posted spec and validates it.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The spec and no problems, or no spec and all problems; a text that is not of the form yields the first place that is wrong.</returns>
    public static (RunSpec? Spec, IReadOnlyList<SpecProblem> Problems) Read(string json)
    {
        try
        {
            var spec = JsonSerializer.Deserialize<RunSpec>(json, s_options) ?? throw new JsonException("The spec is null.");
            var problems = RunSpecValidator.Validate(spec);
            return problems.Count == 0 ? (spec, []) : (null, problems);
        }
        catch (JsonException error) when (error.InnerException is InvalidScheduleException invalid)
        {
            return (null, [.. invalid.Problems.Select(problem => problem with { Path = ("schedule." + problem.Path).TrimEnd('.') })]);
        }
        catch (JsonException error)
        {
            var missing = MissingFields(json, error);
            return (null, missing.Count > 0 ? missing : [JsonFieldTypes.ProblemOf(error, typeof(RunSpec), s_options)]);
        }
    }

    /// <summary>The identity of what is computed: the SHA-256 of the canonical form with the name, the experiment and the board's entry left out.</summary>
    /// <param name="spec">The spec.</param>
    /// <returns>64 lower-case hex digits; two runs with this hash train the same numbers on the same device kind.</returns>
    public static string Hash(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(spec with { Name = "", Experiment = null, Entry = null }))));
    }

    // Required fields that an object of the text lacks: the serializer tells them in words only.
    private static List<SpecProblem> MissingFields(string json, JsonException error)
    {
        if (JsonFieldTypes.IsAboutText(error))
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        List<SpecProblem> missing = [];
        Find(document.RootElement, typeof(RunSpec), "");
        return missing;

        void Find(JsonElement element, Type type, string path)
        {
            if (element.ValueKind != JsonValueKind.Object || s_options.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } info)
            {
                return;
            }

            foreach (var property in info.Properties)
            {
                var field = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                if (element.TryGetProperty(property.Name, out var value))
                {
                    Find(value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, field);
                }
                else if (property.IsRequired)
                {
                    missing.Add(new(field, "The field is missing."));
                }
            }
        }
    }
}
