using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Compose;

/// <summary>Schedules as a URL holds them: canonical JSON, compressed where that is shorter.</summary>
internal static class ScheduleLink
{
    /// <summary>The longest text that a link may hold; what is longer goes by file. Servers and proxies cut lines of some ten thousand letters.</summary>
    public const int LongestText = 24_000;

    private const char Compressed = 'z';
    private const int PlainLength = 160;
    private const int LargestInflated = 4 * 1024 * 1024;

    public static string Write(ScheduleSpec schedule) =>
        schedule.CanonicalJson is { Length: <= PlainLength } json ? json : Compressed + Deflate(schedule.CanonicalJson);

    /// <summary>Reads what <see cref="Write"/> wrote, or canonical JSON.</summary>
    public static ScheduleSpec? Read(string text, ICollection<SpecProblem> problems)
    {
        var json = text.StartsWith(Compressed) ? Inflate(text[1..]) : text;
        if (json is null)
        {
            problems.Add(new("", "The link is damaged: a part of it is missing."));
            return null;
        }

        if (ScheduleSpec.TryParse(json, out var schedule, out var found))
        {
            return schedule;
        }

        foreach (var problem in found)
        {
            problems.Add(problem);
        }

        return null;
    }

    public static string? WritePins(IReadOnlyCollection<PinnedSchedule> pins) => pins.Count == 0 ? null
        : Compressed + Deflate(JsonSerializer.Serialize(pins.Select(pin => new Pin(pin.Name, pin.Schedule.CanonicalJson))));

    /// <summary>Reads pinned schedules; what cannot be read is left out.</summary>
    public static IReadOnlyList<PinnedSchedule> ReadPins(string? text)
    {
        if (text is not [Compressed, .. var rest] || Inflate(rest) is not { } json)
        {
            return [];
        }

        try
        {
            return [.. (JsonSerializer.Deserialize<Pin[]>(json) ?? [])
                .Take(PinnedSchedule.Most)
                .Select(pin => ScheduleSpec.TryParse(pin.Json ?? "", out var schedule, out _) ? new PinnedSchedule(pin.Name ?? "", schedule) : null)
                .OfType<PinnedSchedule>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Deflate(string text)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(text));
        }

        return Base64Url.EncodeToString(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    private static string? Inflate(string text)
    {
        try
        {
            using var deflate = new DeflateStream(new MemoryStream(Base64Url.DecodeFromChars(text)), CompressionMode.Decompress);
            var buffer = new byte[LargestInflated + 1];
            var length = deflate.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > LargestInflated ? null : Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            return null;
        }
    }

    private sealed record Pin(string? Name, string? Json);
}
