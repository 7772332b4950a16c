using System.Text.Json;
using System.Text.Json.Serialization;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>Lets a larger document hold a schedule in its canonical form.</summary>
public sealed class ScheduleSpecJsonConverter : JsonConverter<ScheduleSpec>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The schedule is not valid; the inner <see cref="InvalidScheduleException"/> lists every problem.</exception>
    public override ScheduleSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var problems = new List<SpecProblem>();
        if (ScheduleJson.Read(document.RootElement, "", problems) is { } schedule)
        {
            return schedule;
        }

        var invalid = new InvalidScheduleException(problems);
        throw new JsonException(invalid.Message, invalid);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ScheduleSpec value, JsonSerializerOptions options) => ScheduleJson.Write(writer, value);
}
