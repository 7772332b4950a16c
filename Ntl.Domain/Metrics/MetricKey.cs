using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ntl.Domain.Metrics;

/// <summary>Name of a metric: 1–128 characters in sections divided by slashes, e.g. <c>train/loss</c>.</summary>
/// <remarks>A section holds <c>a–z 0–9 _ - .</c> and is not empty; so a key is safe in paths, URLs and markup.</remarks>
[JsonConverter(typeof(JsonText))]
public readonly struct MetricKey : IEquatable<MetricKey>, IComparable<MetricKey>
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaximumLength = 128;

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-./");

    private readonly string? _value;

    /// <summary>Names a metric.</summary>
    /// <exception cref="ArgumentException">The text is not a key.</exception>
    public MetricKey(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException($"'{value}' is not a metric key: {Rule}", nameof(value));
        }

        _value = value;
    }

    /// <summary>What a key may be, for people.</summary>
    public static string Rule => "use 1 to 128 characters a–z, 0–9, '_', '-', '.', in sections divided by single slashes.";

    /// <summary>The whole key; empty only for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The part before the first slash, by which charts are grouped; empty without a slash.</summary>
    public string Section => Value.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? Value[..slash] : "";

    /// <summary>The part after the first slash; the whole key without one.</summary>
    public string Name => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads a key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MetricKey key)
    {
        key = text is not null && IsValid(text) ? new(text) : default;
        return key._value is not null;
    }

    /// <summary>Same key.</summary>
    public static bool operator ==(MetricKey left, MetricKey right) => left.Equals(right);

    /// <summary>Another key.</summary>
    public static bool operator !=(MetricKey left, MetricKey right) => !left.Equals(right);

    /// <summary>Earlier in ordinal order.</summary>
    public static bool operator <(MetricKey left, MetricKey right) => left.CompareTo(right) < 0;

    /// <summary>Not later in ordinal order.</summary>
    public static bool operator <=(MetricKey left, MetricKey right) => left.CompareTo(right) <= 0;

    /// <summary>Later in ordinal order.</summary>
    public static bool operator >(MetricKey left, MetricKey right) => left.CompareTo(right) > 0;

    /// <summary>Not earlier in ordinal order.</summary>
    public static bool operator >=(MetricKey left, MetricKey right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public bool Equals(MetricKey other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetricKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public int CompareTo(MetricKey other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid(string text) =>
        text.Length is >= 1 and <= MaximumLength
        && text.AsSpan().IndexOfAnyExcept(s_allowed) < 0
        && text[0] != '/' && text[^1] != '/' && !text.Contains("//", StringComparison.Ordinal);

    private sealed class JsonText : JsonConverter<MetricKey>
    {
        public override MetricKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var key)
                ? key
                : throw new JsonException($"This is not a metric key: {Rule}");

        public override void Write(Utf8JsonWriter writer, MetricKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
