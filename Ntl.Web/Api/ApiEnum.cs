using System.Text.Json;

namespace Ntl.Web.Api;

/// <summary>Names of enumerations in queries and bodies. A number is no name, and neither is a list of names.</summary>
internal static class ApiEnum
{
    /// <summary>Reads a name, in any case.</summary>
    public static bool TryRead<TEnum>(string? text, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return text is { Length: > 0 } && text.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(text[0])
            && Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);
    }

    /// <summary>The names, for a message.</summary>
    public static string Names<TEnum>()
        where TEnum : struct, Enum => string.Join(", ", Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName));
}
