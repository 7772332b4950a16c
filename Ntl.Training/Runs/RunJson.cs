using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ntl.Training.Runs;

/// <summary>How the small files of a run directory are written: camel case, enumerations by name, NaN and ∞ as strings.</summary>
internal static class RunJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
