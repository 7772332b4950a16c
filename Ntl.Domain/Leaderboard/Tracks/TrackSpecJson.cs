using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ntl.Domain.Leaderboard.Tracks;

/// <summary>The stored form of a <see cref="TrackSpec"/>: JSON with camel-case names in declaration order.</summary>
public static class TrackSpecJson
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

    /// <summary>Writes the canonical form: no white space, so that equal tracks are equal bytes.</summary>
    /// <param name="track">The track.</param>
    /// <param name="indented">True for the same content laid out for people.</param>
    public static string Write(TrackSpec track, bool indented = false) => JsonSerializer.Serialize(track, indented ? s_indented : s_options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not of the form.</exception>
    public static TrackSpec Read(string json) => JsonSerializer.Deserialize<TrackSpec>(json, s_options) ?? throw new JsonException("The track is null.");

    /// <summary>The identity of what is fixed: the SHA-256 of the canonical form with the name left out.</summary>
    /// <returns>64 lower-case hex digits.</returns>
    public static string Hash(TrackSpec track)
    {
        ArgumentNullException.ThrowIfNull(track);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(track with { Name = "" }))));
    }
}
