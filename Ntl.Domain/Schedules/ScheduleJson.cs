using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>The stored form of a schedule, version 1: one canonical text for each schedule, read strictly.</summary>
/// <remarks><c>{"version":1,"phases":[{"kind":"constantRate","steps":10,"rate":0.001}]}</c>. A stored format is a promise: a change is a new version.</remarks>
public static class ScheduleJson
{
    /// <summary>The version that is written.</summary>
    public const int Version = 1;

    // 10,000 points take about half a megabyte; nothing real comes near this.
    private const int MaximumCharacters = 64 * 1024 * 1024;

    /// <summary>Writes the canonical form as one value.</summary>
    public static void Write(Utf8JsonWriter writer, ScheduleSpec schedule)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, Version);
        writer.WriteStartArray("phases"u8);
        foreach (var span in schedule.Phases)
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, span.Phase.Kind);
            PhaseJson.Write(writer, span.Phase);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads a schedule inside a larger document.</summary>
    /// <param name="element">The schedule's value.</param>
    /// <param name="path">Its path in the document, put before the problems' paths.</param>
    /// <param name="problems">Receives every problem.</param>
    /// <returns>Null when a problem was added.</returns>
    public static ScheduleSpec? Read(JsonElement element, string path, ICollection<SpecProblem> problems)
    {
        var found = new List<SpecProblem>();
        var reader = new StrictJsonObject(element, path, found);
        var version = reader.Integer("version");
        if (version is not null and not Version)
        {
            reader.Report("version", $"This version of Ntl reads schedules of version {Version}, not {version}.");
        }

        var phases = new List<SchedulePhase>();
        foreach (var (item, itemPath) in reader.Array("phases", ScheduleSpec.MaximumPhases))
        {
            if (PhaseJson.Read(new StrictJsonObject(item, itemPath, found)) is { } phase)
            {
                phases.Add(phase);
            }
        }

        reader.End();
        if (found.Count == 0)
        {
            found.AddRange(ScheduleSpec.Validate(phases, path));
        }

        foreach (var problem in found)
        {
            problems.Add(problem);
        }

        return found.Count == 0 ? new ScheduleSpec(phases) : null;
    }

    internal static ScheduleSpec? Read(string json, ICollection<SpecProblem> problems)
    {
        if (json.Length > MaximumCharacters)
        {
            problems.Add(new("", $"A schedule's JSON has at most {MaximumCharacters} characters; this one has {json.Length}."));
            return null;
        }

        if (JsonCheck.ProblemsOf(Encoding.UTF8.GetBytes(json)) is { Count: > 0 } wrong)
        {
            foreach (var problem in wrong)
            {
                problems.Add(problem);
            }

            return null;
        }

        using var document = JsonDocument.Parse(json.TrimStart('\ufeff'));
        return Read(document.RootElement, "", problems);
    }

    internal static string Write(ScheduleSpec schedule)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, schedule);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
