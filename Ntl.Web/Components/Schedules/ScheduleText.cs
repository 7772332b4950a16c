using System.Text.Json;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>A schedule as it is typed in JSON, with what is wrong with it.</summary>
internal sealed class ScheduleText
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private string _text = "";

    public string Text
    {
        get => _text;
        set
        {
            _text = value;
            Schedule = ScheduleSpec.TryParse(value, out var schedule, out var problems) ? schedule : null;
            Problem = Schedule is not null || value.Trim().Length == 0 ? null
                : string.Join('\n', problems.Select(problem => problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}"));
        }
    }

    /// <summary>Null while the text is not a schedule.</summary>
    public ScheduleSpec? Schedule { get; private set; }

    /// <summary>Every problem, a line each; null when there is none, or nothing was typed.</summary>
    public string? Problem { get; set; }

    public static ScheduleText Of(ScheduleSpec schedule)
    {
        using var document = JsonDocument.Parse(schedule.CanonicalJson);
        return new() { Text = JsonSerializer.Serialize(document.RootElement, s_indented) };
    }
}
