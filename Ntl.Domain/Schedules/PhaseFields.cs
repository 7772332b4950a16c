using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ntl.Domain.Schedules;

/// <summary>A phase's fields as the canonical JSON has them, to be held against another's.</summary>
internal static class PhaseFields
{
    private const string Missing = "–";

    /// <summary>The phase's canonical fields, without its kind.</summary>
    public static string Json(SchedulePhase phase)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            PhaseJson.Write(writer, phase);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Names and raw values in canonical order; a field of a field as <c>of.steps</c>.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Flatten(document.RootElement, "")];
    }

    /// <summary>What differs, in the first one's order; fields that only the second one has come last.</summary>
    public static ImmutableArray<FieldDiff> Differences(ImmutableArray<KeyValuePair<string, string>> from, ImmutableArray<KeyValuePair<string, string>> to)
    {
        var names = from.Concat(to).Select(field => field.Key).Distinct(StringComparer.Ordinal);
        return [.. names
            .Select(name => (Name: name, From: Raw(from, name), To: Raw(to, name)))
            .Where(field => !string.Equals(field.From, field.To, StringComparison.Ordinal))
            .Select(field => Difference(field.Name, field.From, field.To))];
    }

    private static string? Raw(ImmutableArray<KeyValuePair<string, string>> fields, string name) =>
        fields.FirstOrDefault(field => string.Equals(field.Key, name, StringComparison.Ordinal)).Value;

    // Two numbers that look the same at six digits are shown with all of theirs.
    private static FieldDiff Difference(string name, string? from, string? to)
    {
        var (before, after) = (Shown(from), Shown(to));
        return string.Equals(before, after, StringComparison.Ordinal)
            ? from!.StartsWith('[') ? new FieldDiff(name, before, "others") : new FieldDiff(name, from, to!)
            : new FieldDiff(name, before, after);
    }

    private static string Shown(string? raw) =>
        raw is null ? Missing
        : raw.StartsWith('[') ? string.Create(CultureInfo.InvariantCulture, $"{Elements(raw):N0} points")
        : long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole.ToString("N0", CultureInfo.InvariantCulture)
        : double.TryParse(raw, CultureInfo.InvariantCulture, out var number) ? RateText.Format(number)
        : raw;

    private static int Elements(string raw)
    {
        using var document = JsonDocument.Parse(raw);
        return document.RootElement.GetArrayLength();
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(JsonElement element, string prefix) =>
        element.EnumerateObject().SelectMany(property => property.Value.ValueKind switch
        {
            JsonValueKind.Object => Flatten(property.Value, $"{prefix}{property.Name}."),
            JsonValueKind.String => [new(prefix + property.Name, property.Value.GetString()!)],
            _ => [new(prefix + property.Name, property.Value.GetRawText())],
        });
}
