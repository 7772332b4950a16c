using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ntl.Domain.Runs;

/// <summary>The stable identity of a run: ten characters of lower-case base 32 (50 random bits), never reused, safe in paths and URLs.</summary>
/// <param name="Value">The ten characters, from <c>0–9</c> and <c>a–z</c> without <c>i l o u</c>.</param>
[JsonConverter(typeof(JsonText))]
public readonly record struct RunId(string Value)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 10;

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(Alphabet);

    /// <summary>Draws a new identity from the operating system's random source.</summary>
    /// <returns>An identity that no other run has, but for a chance of 2⁻⁵⁰ a pair.</returns>
    public static RunId New() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Reads an identity.</summary>
    /// <param name="text">The text to read; null is not an identity.</param>
    /// <param name="id">The identity, when the result is true.</param>
    /// <returns>True when <paramref name="text"/> is exactly ten characters of the alphabet.</returns>
    public static bool TryParse(string? text, out RunId id)
    {
        var holds = text is { Length: Length } && text.AsSpan().IndexOfAnyExcept(s_alphabet) < 0;
        id = holds ? new RunId(text!) : default;
        return holds;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private sealed class JsonText : JsonConverter<RunId>
    {
        public override RunId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a run's identity.");

        public override void Write(Utf8JsonWriter writer, RunId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
